/** Pure. The information folder that is handed over before anybody consents; its version stands in the consent. */
import { both, contactLines, type Write } from './document.ts';

/** Raised whenever what it says changes. */
export const folderVersion = '2026-1';

export const folder: Write = (facts, language) => {
  const say = both(language);
  return {
    title: say('Tillsyn på natten med kamera', 'Supervision at night by camera'),
    sections: [
      {
        heading: say('Vad det är', 'What it is'),
        text: say(
          'I stället för att någon kommer hem till dig på natten kan personalen titta till dig genom en kamera. Du slipper bli väckt. Det är frivilligt.',
          'Instead of somebody coming to your home at night, staff can look in on you through a camera. You are not woken. It is voluntary.',
        ),
      },
      {
        heading: say('Så går det till', 'How it works'),
        items: [
          say(
            'En kamera med mörkerseende sätts upp där du sover.',
            'A camera with night vision is put up where you sleep.',
          ),
          say(
            'Personalen tittar på de tider som står i din plan, eller när enheten larmar.',
            'Staff look at the times in your plan, or when the unit tells of something.',
          ),
          say(
            'Syns du inte görs ett nytt försök. Syns du inte då heller kommer någon hem till dig.',
            'If you are not seen there is a second try. If you are not seen then either, somebody comes to you.',
          ),
          say(
            'Slutar tekniken att fungera kommer någon hem till dig.',
            'If the equipment fails, somebody comes to you.',
          ),
        ],
      },
      {
        heading: say('Din bild', 'Your picture'),
        items: [
          say(
            'Ingenting spelas in eller sparas, och inget ljud tas upp.',
            'Nothing is recorded or stored, and there is no sound.',
          ),
          say(
            'Du visas som en figur om du inte har sagt ja till något annat.',
            'You are shown as a shape unless you have agreed to something else.',
          ),
          say(
            'Varje tillsyn antecknas: vem, när och hur länge. Du kan få veta det.',
            'Each look is written down: who, when and how long. You can be told.',
          ),
          say(
            'Enheten mäter inte puls, andning eller hälsa, och ersätter inte sjukvård.',
            'The unit does not measure pulse, breathing or health, and is no medical care.',
          ),
        ],
      },
      {
        heading: say('Du bestämmer', 'You decide'),
        items: [
          say(
            'Du kan när som helst säga nej. Säg det till vem som helst av personalen: inom några sekunder ser ingen något mer.',
            'You can say no at any time, to anybody of the staff: within seconds nobody sees anything any more.',
          ),
          say(
            'Då får du besök i stället, om du har beviljats tillsyn.',
            'Then you are visited instead, if you have been granted supervision.',
          ),
          say(
            'Du kan pausa en natt, till exempel när du har gäster.',
            'You can pause for a night, for example when you have guests.',
          ),
          say('Den som bor med dig måste också säga ja.', 'Whoever lives with you must say yes as well.'),
        ],
      },
      { heading: say('Frågor', 'Questions'), items: contactLines(facts, language) },
      { text: `${say('Folderns version', 'Version of this folder')}: ${folderVersion}` },
    ],
  };
};

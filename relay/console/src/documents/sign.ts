/** Pure. The sign in the home (kamerabevakningslagen 2018:1200, 15 §): who, what for, and that nothing is recorded. */
import { both, contactLines, type Write } from './document.ts';

export const sign: Write = (facts, language) => {
  const say = both(language);
  return {
    title: say('Här finns digital tillsyn med kamera', 'There is digital supervision by camera here'),
    isSign: true,
    sections: [
      {
        items: [
          say('Ingenting spelas in. Inget ljud.', 'Nothing is recorded. No sound.'),
          say(
            'Bilden visas bara på avtalade tider eller vid larm, för personal i hemtjänsten.',
            'The picture is shown at agreed times or at an alarm only, to staff of the home care.',
          ),
          say(
            'Personer syns som figurer om inget annat är avtalat.',
            'People are seen as shapes unless something else is agreed.',
          ),
          say('En lampa lyser när någon tittar.', 'A lamp is lit while somebody looks.'),
        ],
      },
      { items: contactLines(facts, language) },
    ],
  };
};

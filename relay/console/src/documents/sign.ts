/** Pure. The sign in the home (kamerabevakningslagen 2018:1200, 15 §): who, what for, and that nothing is recorded. */
import { both, contactLines, type Write } from './document.ts';

export const sign: Write = (facts, language) => signFor(undefined)(facts, language);

/** @param unit its name on the sign, so that whoever asks can say which one it is; undefined: of no unit in particular */
export const signFor =
  (unit: string | undefined): Write =>
  (facts, language) => {
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
        { items: [...contactLines(facts, language), ...(unit ? [`${say('Enhet', 'Unit')}: ${unit}`] : [])] },
        ...(facts.contact?.page ? [{ qr: facts.contact.page, words: say('Mer information', 'More information') }] : []),
      ],
    };
  };

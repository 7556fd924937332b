/** Pure. Which data go where, out of the very table of messages that both ends are built on: nothing else leaves a unit. */
import { type MessageName, messages } from '@nattfrid/shared/wire/messages';
import type { Language } from '../words/language.ts';
import { both } from './document.ts';

export const flows = (language: Language): readonly (readonly string[])[] => {
  const say = both(language);
  const fromUnit = (Object.keys(messages) as MessageName[]).filter((name) => messages[name].from === 'unit');
  const toUnit = (Object.keys(messages) as MessageName[]).filter((name) => messages[name].from === 'relay');
  return [
    [
      say('Kameran → enheten i hemmet', 'Camera → the unit in the home'),
      say('Bilder, i arbetsminnet till nästa bild', 'Pictures, in memory until the next one'),
      say('Lämnar aldrig enheten', 'Never leave the unit'),
    ],
    [
      say('Enheten → reläet (TLS)', 'Unit → relay (TLS)'),
      fromUnit.join(', '),
      say('Ord och siffror under ett alias; inga namn', 'Words and figures under an alias; no names'),
    ],
    [
      say('Enheten → personalens skärm', 'Unit → the screen of staff'),
      say('Anonymiserad bild, bara under en tillsyn', 'Anonymised picture, during a look only'),
      say(
        'Förseglad för den skärmen; reläet kan inte öppna den; sparas aldrig',
        'Sealed for that screen; the relay cannot open it; never stored',
      ),
    ],
    [
      say('Reläet → enheten', 'Relay → unit'),
      toUnit.join(', '),
      say('Planen är signerad av kommunen', 'The plan is signed by the municipality'),
    ],
    [
      say('Reläets databas', 'The relay’s database'),
      say(
        'Larm, tillsyner, besök, planer, åtkomstlogg; namn och adress krypterade',
        'Alarms, looks, visits, plans, access log; names and addresses encrypted',
      ),
      say('Gallras, se nedan', 'Erased, see below'),
    ],
  ];
};

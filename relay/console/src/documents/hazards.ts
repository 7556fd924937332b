/** Pure. The hazard log: what can go wrong, what stands against it, and the test that fails when it no longer does (after ISO 14971). */
import type { Language } from '../words/language.ts';
import { both, type Write } from './document.ts';

export interface Hazard {
  readonly id: string;
  readonly what: (language: Language) => string;
  readonly control: (language: Language) => string;
  /** In the project, from its root. */
  readonly test: string;
}

const hazard = (
  id: string,
  what: readonly [string, string],
  control: readonly [string, string],
  test: string,
): Hazard => ({
  id,
  what: (language) => both(language)(...what),
  control: (language) => both(language)(...control),
  test,
});

export const hazardList: readonly Hazard[] = [
  hazard(
    'H1',
    ['Ett fall upptäcks inte', 'A fall is not found'],
    [
      'Avtalade tillsyner finns kvar; träffsäkerheten är mätt och redovisad; en kamera som inte ser larmar',
      'Agreed looks remain; recall is measured and told; a camera that cannot see is an alarm',
    ],
    'test/pure/decide/blind.test.ts',
  ),
  hazard(
    'H2',
    ['Ett larm når ingen', 'An alarm reaches nobody'],
    [
      'På enhetens disk innan det skickas, i reläets innan det kvitteras; högre tills någon tar det, sedan besök',
      'On the unit’s disk before it is sent, on the relay’s before it is acknowledged; louder until taken, then a visit',
    ],
    'test/site/relay-killed.test.ts',
  ),
  hazard(
    'H3',
    ['En bild hamnar hos fel person', 'A picture reaches the wrong person'],
    [
      'Förseglad för en skärm; enheten känner skärmens nyckel; reläet kan inte öppna',
      'Sealed for one screen; the unit knows that screen’s key; the relay cannot open it',
    ],
    'test/privacy/blind-relay.test.ts',
  ),
  hazard(
    'H4',
    ['En bild sparas', 'A picture is stored'],
    [
      'Ingen plats för en bild i någon tabell, kö eller logg; prövat med spårning av skrivningar',
      'No table, queue or log has room for a picture; tried by tracing what is written',
    ],
    'test/privacy/no-picture-on-disk.test.ts',
  ),
  hazard(
    'H5',
    ['Tillsyn på fel tid', 'A look at the wrong time'],
    ['Enheten säger nej utanför den signerade planens tider', 'The unit says no outside the times of the signed plan'],
    'test/site/wrong-window.test.ts',
  ),
  hazard(
    'H6',
    ['Fel brukare visas', 'The wrong client is shown'],
    [
      'Alias och plats bränns in i bilden av enheten; planen är bunden till enhetens nyckel',
      'Alias and place are burnt into the picture by the unit; the plan is bound to its key',
    ],
    'test/privacy/keys-pinned.test.ts',
  ),
  hazard(
    'H7',
    ['Samtycket är återtaget men tillsynen går vidare', 'Consent is withdrawn and supervision goes on'],
    ['Enheten slutar titta och visa inom sekunder', 'The unit stops watching and showing within seconds'],
    'test/site/consents.test.ts',
  ),
  hazard(
    'H8',
    ['Enheten är avstängd utan att någon vet', 'The unit is off and nobody knows'],
    ['Tyst i 90 sekunder är ett larm', 'Silent for 90 seconds is an alarm'],
    'test/shell/relay/alarms.test.ts',
  ),
  hazard(
    'H9',
    ['Klockan går fel', 'A clock is wrong'],
    [
      'En osäker klocka öppnar ingenting; steg i tiden sägs och räknas inte',
      'An unsure clock opens nothing; steps of time are told and not counted',
    ],
    'test/shell/relay/clock-set.test.ts',
  ),
  hazard(
    'H10',
    ['Personal tittar utan skäl', 'Staff look without a reason'],
    [
      'Varje åtkomst skrivs först, i en kedja; loggkontroll med lott och avvikelser',
      'Each access is written first, in a chain; a log check by lot and by what stands out',
    ],
    'test/shell/relay/log-check.test.ts',
  ),
  hazard(
    'H11',
    ['Anonymiseringen missar någon', 'The anonymiser misses somebody'],
    [
      'Det som inte förstås visas inte; i tvivel visas ingen bild och orsaken sägs',
      'What is not understood is not shown; in doubt there is no picture, and the reason is told',
    ],
    'test/privacy/raw-ends.test.ts',
  ),
  hazard(
    'H12',
    ['Reläet kan inte spara', 'The relay cannot save'],
    ['Sägs i rött på varje skärm; enheterna behåller sina larm', 'Told in red on each screen; units keep their alarms'],
    'test/site/relay-full-disk.test.ts',
  ),
];

export const hazards: Write = (_facts, language) => {
  const say = both(language);
  return {
    title: say('Risklogg', 'Hazard log'),
    sections: [
      {
        text: say(
          'Avsedd användning: tillsyn inom socialtjänsten. Inga vitalvärden, ingen diagnos, ingen riskpoäng för en person.',
          'Intended purpose: supervision in social care. No vital signs, no diagnosis, no score of a person’s risk.',
        ),
      },
      {
        heads: [
          say('Nr', 'No.'),
          say('Risk', 'Hazard'),
          say('Vad som står emot', 'What stands against it'),
          say('Prov', 'Test'),
        ],
        rows: hazardList.map(({ id, what, control, test }) => [id, what(language), control(language), test]),
      },
      {
        heading: say('Kommunens egna bedömningar', 'The municipality’s own assessments'),
        items: [
          say('Sannolikhet och konsekvens per risk: ____', 'Probability and consequence of each hazard: ____'),
          say('Beslut om kvarvarande risk, datum och namn: ____', 'Decision on what risk remains, date and name: ____'),
        ],
      },
    ],
  };
};

/** Pure. The checklist of Sweden's municipalities for welfare technology, each point with what holds it. */
import { both, type Write } from './document.ts';

export interface Evidence {
  readonly test: string;
}

export const evidence: Readonly<Record<'failure' | 'plan' | 'security' | 'staff', Evidence>> = {
  failure: { test: 'test/shell/relay/looks.test.ts' },
  plan: { test: 'test/pure/plan/may.test.ts' },
  security: { test: 'test/privacy/blind-relay.test.ts' },
  staff: { test: 'test/shell/relay/log-check.test.ts' },
};

export const skrChecklist: Write = (_facts, language) => {
  const say = both(language);
  return {
    title: say('Checklista före start', 'Checklist before the start'),
    sections: [
      {
        heads: [say('Punkt', 'Point'), say('Så är det ordnat', 'How it is met'), say('Prov', 'Test')],
        rows: [
          [
            say('Om tekniken fallerar', 'If the equipment fails'),
            say(
              'Blir det ett besök, som står kvar tills någon har gjort det',
              'It becomes a visit, which stands there until somebody has made it',
            ),
            evidence.failure.test,
          ],
          [
            say('Genomförandeplanen: hur, när, dokumentation', 'The plan: how, when, documentation'),
            say(
              'Den signerade planen är utdraget; enheten lyder inget annat',
              'The signed plan is the extract; the unit obeys nothing else',
            ),
            evidence.plan.test,
          ],
          [
            say('Informationssäkerhetsanalys', 'Information security analysis'),
            say(
              'Se det dokumentet; reläet kan inte öppna en bild',
              'See that document; the relay cannot open a picture',
            ),
            evidence.security.test,
          ],
          [
            say('Introduktion och kompetens', 'Introduction and competence'),
            say('Övning i konsolen; loggkontroll', 'Training in the console; log check'),
            evidence.staff.test,
          ],
        ],
      },
    ],
  };
};

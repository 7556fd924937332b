/** Prints a replay as JSON, one object a line. */
import type { RecordingRun } from '../recording/recording-run.ts';
import { variedRoom } from '../recording/varied.ts';
import { describe } from './described-persons.ts';
import type { Printer } from './printer.ts';
import { rounded } from './rounded.ts';

export function printJson(run: RecordingRun, trace: boolean): Printer {
  const print = (line: object) => console.log(JSON.stringify(line));
  return {
    moment(moment) {
      const at = rounded(moment.at, 2);
      if (moment.type === 'found') {
        const { kind, phase, evidence } = moment.finding;
        print({ type: 'alarm', kind, phase, at, ...evidence });
      } else if (moment.type === 'gap') print({ type: 'gap', at, why: moment.gap.why });
      else if (trace)
        print({
          type: 'seen',
          at,
          persons: describe(moment.observation, variedRoom(run.room, run.variation)),
          beds: moment.beds.map(({ name, why }) => ({ name, why })),
          eyesight: moment.eyesight,
        });
    },
    end: (sums) => print({ type: 'end', ...sums }),
  };
}

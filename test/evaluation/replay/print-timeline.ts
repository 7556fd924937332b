/** Prints a replay as a timeline for people, with its progress on a terminal. */
import type { RecordingRun } from '../recording/recording-run.ts';
import { variedRoom } from '../recording/varied.ts';
import { describe } from './described-persons.ts';
import type { Printer } from './printer.ts';

export function printTimeline(run: RecordingRun, trace: boolean): Printer {
  const clock = (at: number) => `${at.toFixed(1).padStart(7)} s`;
  let progress = 0;
  const show = (line: string) => {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    console.log(line);
  };
  return {
    moment(moment) {
      if (moment.type === 'found') {
        const { kind, phase, evidence } = moment.finding;
        const figures = Object.entries(evidence.figures).map(([name, figure]) => `${name} ${figure}`);
        const said = [evidence.code, ...figures, ...(evidence.attended ? ['attended'] : [])].join(', ');
        show(`${clock(moment.at)}  ${kind} ${phase}: ${said}`);
      } else if (moment.type === 'gap') show(`${clock(moment.at)}  nothing seen: ${moment.gap.why}`);
      else if (trace) {
        const people = describe(moment.observation, variedRoom(run.room, run.variation)).map(
          ({ track, posture, why, certainty, unseenFor }) =>
            `${track} ${posture} (${why}, certainty ${certainty}${unseenFor > 0 ? `, unseen for ${unseenFor} s` : ''})`,
        );
        const beds = moment.beds.map(({ name, why }, at) => `bed ${at + 1} ${name} (${why})`);
        const blind = moment.eyesight.name === 'sees' ? [] : [Object.values(moment.eyesight).join(' ')];
        show(`${clock(moment.at)}    ${[people.join('; ') || 'nobody', ...beds, ...blind].join(' | ')}`);
      }
      if (process.stderr.isTTY && moment.at >= progress + 1) {
        progress = moment.at;
        process.stderr.write(`\r${clock(moment.at)} …`);
      }
    },
    end({ frames, seconds, fps }) {
      show(`${clock(seconds)}  end: ${frames} pictures looked at, ${fps} in a second of work`);
    },
  };
}

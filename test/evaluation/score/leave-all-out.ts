/** Leaves out each subject, each room, or both, of one run, with progress on the terminal. */
import { openProgress } from '@nattfrid/simulator/progress';
import type { Asked } from './arguments.ts';
import { type LeftOut, leaveOut, type Tried, tryAll } from './leave-out.ts';
import type { ScoreRun } from './score-run.ts';
import type { ScoredClip } from './scored-clip.ts';

/** Empty where nothing was asked to be left out. */
export function leaveAllOut({ records }: ScoreRun, { leaveOut: asked }: Asked): readonly LeftOut[] {
  if (asked.length === 0) return [];
  using progress = openProgress();
  const all = [...records].flatMap(([light, kept]) => kept.map((record) => ({ light, record })));
  const tried = all.map(({ light, record }, at): Tried => {
    progress.report(`limits tried on clip ${at + 1} of ${all.length}`, at / all.length);
    return tryAll(light, record);
  });
  return asked.map((parting) => leaveOut(parting, tried));
}

/** As conditions of their own, such as «night, subject left out», which the gate watches too. */
export const conditionsLeftOut = (left: readonly LeftOut[]): ReadonlyMap<string, readonly ScoredClip[]> =>
  new Map(
    left.flatMap(({ parting, judged }) =>
      [...judged].map(([light, clips]) => [`${light}, ${parting} left out`, clips] as const),
    ),
  );

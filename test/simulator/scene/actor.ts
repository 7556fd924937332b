/** Pure. One actor of a story: named moves laid out on the story's timeline, and the segments of the clip's index that follow from it. */
import type { Appearance } from './body-paint.ts';
import { type Move, motionOf } from './motion.ts';
import type { Place, Pose } from './pose.ts';

export interface Actor {
  readonly appearance: Appearance;
  readonly enters: number;
  readonly lasts: number;
  readonly marks: readonly number[];
  poseAt(at: number): Pose;
}
export interface Segment {
  readonly label: string;
  readonly start_s: number;
  readonly end_s: number;
}
/** A move with its label in the clip's index. */
interface Act {
  readonly label: string;
  readonly move: Move;
}
/** One label for one or more moves; neighbours with the same label become one segment. */
export const act = (label: string, ...moves: readonly Move[]): readonly Act[] => moves.map((move) => ({ label, move }));

/** @param from the spot of the first move @param enters second of the story at which the actor appears */
export function actorOf(appearance: Appearance, from: Place, enters: number, acts: readonly Act[]) {
  const whole = motionOf(
    from,
    acts.map((one) => one.move),
  );
  const actor: Actor = {
    appearance,
    enters,
    lasts: whole.lasts,
    marks: whole.marks,
    poseAt: (at) => whole.poseAt(at - enters),
  };
  const segments: Segment[] = [];
  acts.forEach((one, i) => {
    const start = tenth(enters + whole.marks[i]!);
    const end = tenth(enters + (whole.marks[i + 1] ?? whole.lasts));
    const last = segments.at(-1);
    if (last?.label === one.label) segments[segments.length - 1] = { ...last, end_s: end };
    else segments.push({ label: one.label, start_s: start, end_s: end });
  });
  const startOf = (label: string) => segments.find((segment) => segment.label === label)!.start_s;
  return { actor, segments, startOf };
}

const tenth = (seconds: number) => Math.round(seconds * 10) / 10;

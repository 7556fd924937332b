/** Pure. One actor's part, from words and moves to seconds. */
import type { Looks } from './body-paint.ts';
import { type Move, part } from './motion.ts';
import type { Place, Pose } from './pose.ts';

export interface Actor {
  readonly looks: Looks;
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
/** A move with the word for it, told in the index where it is a word of its own. */
interface Act {
  readonly word: string;
  readonly move: Move;
}
/** The same word for one or more moves. */
export const act = (word: string, ...moves: readonly Move[]): readonly Act[] => moves.map((move) => ({ word, move }));

/** An actor playing acts from a spot, entering at a second of the story; with the segments that an index tells. */
export function played(looks: Looks, from: Place, enters: number, acts: readonly Act[]) {
  const whole = part(
    from,
    acts.map((one) => one.move),
  );
  const actor: Actor = {
    looks,
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
    if (last?.label === one.word) segments[segments.length - 1] = { ...last, end_s: end };
    else segments.push({ label: one.word, start_s: start, end_s: end });
  });
  const startOf = (word: string) => segments.find((segment) => segment.label === word)!.start_s;
  return { actor, segments, startOf };
}

const tenth = (seconds: number) => Math.round(seconds * 10) / 10;

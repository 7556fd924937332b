/** Pure. Backoff with jitter: waiting times between attempts; the randomness is passed in. */
import { type Duration, milliseconds, seconds } from './duration.ts';

/** Waits from short to long, and how often each is used before the next; the last for ever. */
export type Ladder = readonly { readonly wait: Duration; readonly times: number }[];

/** For cameras and child processes: quick at first, then once a minute for ever. */
export const restartLadder: Ladder = [
  { wait: seconds(1), times: 5 },
  { wait: seconds(5), times: 5 },
  { wait: seconds(10), times: 10 },
  { wait: seconds(60), times: Number.POSITIVE_INFINITY },
];

/** For the link to the relay: a fleet that lost its relay must not come back as a thundering herd. */
export const linkLadder: Ladder = [
  { wait: seconds(1), times: 2 },
  { wait: seconds(2), times: 2 },
  { wait: seconds(5), times: 3 },
  { wait: seconds(15), times: 4 },
  { wait: seconds(30), times: Number.POSITIVE_INFINITY },
];

/**
 * The endless sequence of waits of a ladder, each varied by ±30 %.
 * @param random uniform in [0, 1)
 */
export function* backoff(ladder: Ladder, random: () => number): Generator<Duration, never> {
  const vary = (wait: Duration) => milliseconds(wait * (0.7 + 0.6 * random()));
  for (const step of ladder) for (let turn = 0; turn < step.times; turn++) yield vary(step.wait);
  const last = ladder.at(-1)?.wait ?? seconds(1);
  while (true) yield vary(last);
}

/**
 * Pure. What has come of a running session: is its camera worth waiting for? While packets come, a whole picture is waited for, however
 * rarely it comes: calling anew would cost another wait as long.
 */
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';

export interface Progress {
  /** By a clock that never steps, as all that follows. */
  readonly began: Duration;
  /** The first packet of the pictures, and the last. */
  readonly first?: Duration | undefined;
  readonly last?: Duration | undefined;
  /** The last whole picture. */
  readonly whole?: Duration | undefined;
  /** Since the last whole picture: pictures on the wire, and what was damaged. */
  readonly passed: number;
  readonly damaged: number;
  readonly timestamp?: number | undefined;
}

export const begin = (began: Duration): Progress => ({ began, passed: 0, damaged: 0 });

/** @param timestamp of an RTP packet of the pictures, whole or not */
export function heard(progress: Progress, timestamp: number, at: Duration): Progress {
  const passed = progress.passed + (timestamp === progress.timestamp ? 0 : 1);
  return { ...progress, first: progress.first ?? at, last: at, passed, timestamp };
}

export const damaged = (progress: Progress, many: number): Progress => ({
  ...progress,
  damaged: progress.damaged + many,
});

export const whole = (progress: Progress, at: Duration): Progress => ({
  ...progress,
  whole: at,
  passed: 0,
  damaged: 0,
});

export type Verdict = 'wait' | 'silent' | 'corrupt';

/**
 * @param patience without any packet of the pictures; twice as long for the first one, because some cameras start their encoder for it.
 * @returns `corrupt`: what comes is mostly damaged, and nothing whole has come for so long.
 */
export function judge({ began, last, whole, passed, damaged }: Progress, now: Duration, patience: Duration): Verdict {
  const wasDamaged = damaged > 0;
  if (last === undefined) {
    if (now - began < patience) return 'wait';
    return wasDamaged ? 'corrupt' : now - began < 2 * patience ? 'wait' : 'silent';
  }
  if (now - last >= patience) return wasDamaged ? 'corrupt' : 'silent';
  return wasDamaged && damaged * 2 >= passed && now - (whole ?? began) >= patience ? 'corrupt' : 'wait';
}

/** For how long whole pictures are waited for now: since the last one, or since the first packet of any. */
export const waitsFor = ({ first, whole }: Progress, now: Duration): Duration =>
  milliseconds(now - (whole ?? first ?? now));

/** Pure. The number keys of the verdicts: one press says «all well» or «help needed», but «not seen» takes two, so that no slip of a finger does. */
import type { Verdict } from '@nattfrid/shared/domain/look';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';

/** In the order of the screen: 1, 2, 3. */
export const verdictOrder = ['all-well', 'not-seen', 'help-needed'] as const satisfies readonly Verdict[];

/** How soon the second press has to follow. */
export const againWithin = seconds(2);

/** Once pressed, by the clock that never steps. */
export interface Armed {
  readonly verdict: 'not-seen';
  readonly at: Duration;
}

export interface Pressed {
  readonly give?: Verdict;
  /** Pressed once: the same key again gives it. */
  readonly armed?: Armed;
}

export const isArmed = (armed: Armed | undefined, now: Duration): boolean =>
  armed !== undefined && now - armed.at <= againWithin;

/** @param key as the browser names it @returns undefined for a key that is no verdict's */
export function pressVerdict(armed: Armed | undefined, key: string, now: Duration): Pressed | undefined {
  const verdict = /^[1-3]$/.test(key) ? verdictOrder[Number(key) - 1] : undefined;
  if (!verdict) return undefined;
  if (verdict !== 'not-seen' || isArmed(armed, now)) return { give: verdict };
  return { armed: { verdict, at: now } };
}

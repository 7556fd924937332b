/**
 * Pure. May somebody look now? The client's plan and this unit's own alarms decide; whoever asks can only be told no.
 * Fails closed: halted, without a plan, before and after it, and with a clock that is not sure, the answer is no. A unit that waits
 * until it is ready shows test looks alone.
 */

import { consented } from '@nattfrid/shared/domain/consent';
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import type { LookEnd, Refusal } from '@nattfrid/shared/domain/look';
import type { Mode, Plan } from '@nattfrid/shared/domain/plan';
import { windowAt } from '@nattfrid/shared/domain/window';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { LookCall } from '@nattfrid/shared/wire/look-call';
import { type Halts, haltedNow, nextPause, wordFor } from '../halt/halts.ts';
import { isWaiting, type Readiness, testLooksUntil } from '../ready/readiness.ts';

/** An alarm that this unit has raised itself; one that only somebody else speaks of opens nothing. */
export interface OwnAlarm {
  readonly alarm: AlarmId;
  readonly began: Instant;
}

export interface Circumstances {
  readonly at: Instant;
  /** Is the wall clock known to be right (set from the network or a battery-backed clock since the start). */
  readonly clockSure: boolean;
  readonly plan: Plan | undefined;
  readonly ownAlarms: readonly OwnAlarm[];
  readonly halts: Halts;
  readonly readiness: Readiness;
}

export type May =
  | { readonly type: 'allowed'; readonly mode: Mode; readonly until: Instant; readonly endsBy: LookEnd }
  | { readonly type: 'refused'; readonly why: Refusal };

/** @returns allowed until the first of: what was asked for, the longest look, the window's or the alarm's end, the plan's end. */
export function may(call: LookCall, { at, clockSure, plan, ownAlarms, halts, readiness }: Circumstances): May {
  const halted = haltedNow(halts, plan, at);
  if (halted) return refused(wordFor(halted));
  if (!clockSure) return refused('clock-unsure');
  if (!plan || !consented(plan, at)) return refused('no-plan');
  if (at >= moment(plan.validUntil)) return refused('plan-expired');
  if (isWaiting(readiness) && call.reason.type !== 'test') return refused('plan-not-begun');
  // Tried before it begins: the consents are there, and nobody is shown but as a silhouette.
  if (at < moment(plan.validFrom) && call.reason.type !== 'test') return refused('plan-not-begun');
  if (!(moment(call.until) > at) || !isKey(call.operatorKey)) return refused('call-invalid');
  const reason = because(call, plan, { at, ownAlarms, readiness });
  if ('why' in reason) return refused(reason.why);
  const ends = [
    { until: moment(call.until), endsBy: 'time-up' },
    { until: after(at, seconds(plan.longestLookSeconds)), endsBy: 'time-up' },
    { until: reason.until, endsBy: 'window-over' },
    { until: moment(plan.validUntil), endsBy: 'plan-changed' },
    ...pauseAfter(halts, at),
  ] as const;
  const first = ends.reduce((a, b) => (b.until < a.until ? b : a));
  return { type: 'allowed', mode: call.reason.type === 'test' ? 'silhouette' : plan.mode, ...first };
}

const pauseAfter = (halts: Halts, at: Instant) => {
  const until = nextPause(halts, at);
  return until === undefined ? [] : [{ until, endsBy: 'paused' as const }];
};

/**
 * May the person be shown like this, in a look that may be open? Whatever the plan has agreed to, and whatever shows less than
 * that; whoever asks for more can only be told no.
 */
export function mayShowAs(mode: Mode, call: LookCall, now: Circumstances): May {
  const verdict = may(call, now);
  if (verdict.type === 'refused') return verdict;
  if (call.reason.type === 'test' && mode !== 'silhouette') return refused('mode-not-agreed');
  return agreesTo(mode, now.plan) ? { ...verdict, mode } : refused('mode-not-agreed');
}

/** Of what each mode shows, these show a part. Blur and blocks each hide something that the other leaves. */
const less: { readonly [M in Mode]: readonly Mode[] } = {
  silhouette: [],
  blur: ['silhouette'],
  blocks: ['silhouette'],
  clear: ['silhouette', 'blur', 'blocks'],
};

const agreesTo = (mode: Mode, plan: Plan | undefined): boolean =>
  plan !== undefined &&
  [plan.mode, ...(plan.alsoAgreed ?? [])].some((agreed) => agreed === mode || less[agreed].includes(mode));

/** Until when the reason holds, or why it does not. */
function because(
  { reason }: LookCall,
  plan: Plan,
  { at, ownAlarms, readiness }: Pick<Circumstances, 'at' | 'ownAlarms' | 'readiness'>,
): { readonly until: Instant } | { readonly why: Refusal } {
  switch (reason.type) {
    case 'window': {
      const window = plan.windows.find(({ id }) => id === reason.window);
      if (!window) return { why: 'no-such-window' };
      const open = windowAt(window, at);
      return open ? { until: open.closes } : { why: 'outside-window' };
    }
    case 'alarm': {
      const own = ownAlarms.find(({ alarm }) => alarm === reason.alarm);
      if (!own) return { why: 'no-such-alarm' };
      if (!plan.alarmLook) return { why: 'alarm-look-not-agreed' };
      const until = after(own.began, minutes(plan.alarmLook.minutes));
      // An alarm from the future is one from a clock that has been set back: it proves nothing.
      return own.began <= at && at < until ? { until } : { why: 'alarm-too-old' };
    }
    case 'test': {
      const until = testLooksUntil(readiness, at);
      return until === undefined ? { why: 'outside-window' } : { until };
    }
  }
}

function isKey(text: string): boolean {
  try {
    return fromBase64Url(text).length === 32;
  } catch {
    return false;
  }
}

const moment = (iso: string): Instant => instant(Date.parse(iso));
const refused = (why: Refusal): May => ({ type: 'refused', why });

/** Pure. Which calls must wait for quiet: what stops the watching never happens while somebody looks, or while something is wrong in the home. */
import type { ServiceCallType, WhyNotServed } from '@nattfrid/shared/wire/service-call';

/** How it is in the home now. */
export interface QuietNow {
  readonly lookOpen: boolean;
  readonly openAlarms: number;
  /** Of those, what was seen of a person while a plan wants it watched. */
  readonly seenAlarms: number;
}

/** Which alarms each waits for: a camera that is lost is one, and what choosing another mends, and is no matter where all is erased. */
const needsQuiet: { readonly [Type in ServiceCallType]?: 'no-look' | 'no-seen-alarm' | 'no-alarm' } = {
  restart: 'no-alarm',
  update: 'no-alarm',
  'choose-camera': 'no-seen-alarm',
  wipe: 'no-seen-alarm',
  'try-dark': 'no-look',
};

/** @returns undefined: it may be done now */
export function whyNotQuiet(type: ServiceCallType, now: QuietNow): WhyNotServed | undefined {
  const needs = needsQuiet[type];
  if (needs === undefined) return undefined;
  if (now.lookOpen) return 'look-open';
  if (needs === 'no-alarm' && now.openAlarms > 0) return 'alarm-goes-on';
  return needs === 'no-seen-alarm' && now.seenAlarms > 0 ? 'alarm-goes-on' : undefined;
}

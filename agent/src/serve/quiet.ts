/** Pure. Which calls must wait for quiet: what stops the watching never happens while somebody looks, or while something is wrong in the home. */
import type { ServiceCallType, WhyNotServed } from '@nattfrid/shared/wire/service-call';

const needsQuiet: ReadonlySet<ServiceCallType> = new Set<ServiceCallType>([
  'choose-camera',
  'restart',
  'update',
  'try-dark',
]);

/** @returns undefined: it may be done now */
export const whyNotQuiet = (
  type: ServiceCallType,
  now: { readonly lookOpen: boolean; readonly openAlarms: number },
): WhyNotServed | undefined => {
  if (!needsQuiet.has(type)) return undefined;
  if (now.lookOpen) return 'look-open';
  // A camera that is lost is an alarm, and what choosing another one mends.
  return now.openAlarms > 0 && type !== 'choose-camera' && type !== 'try-dark' ? 'alarm-goes-on' : undefined;
};

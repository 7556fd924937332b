/** Pure. Why nothing is shown of a home although there is a plan: stopped, as a consent was taken back or the plan ended, or paused. */
import type { Halt } from '@nattfrid/shared/desk/client-view';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';

export type StopWhy = 'consent-withdrawn' | 'plan-ended' | 'client-ended';

export type HomeHalt =
  | { readonly type: 'stopped'; readonly why: StopWhy; readonly by: string; readonly at: Instant }
  | {
      readonly type: 'paused';
      readonly by: string;
      readonly at: Instant;
      readonly from: Instant;
      readonly until: Instant;
    };

export function isHalted(halt: HomeHalt | undefined, at: Instant): boolean {
  if (!halt) return false;
  return halt.type === 'stopped' ? at >= halt.at : halt.from <= at && at < halt.until;
}

/** @returns undefined for a pause that is over */
export function haltView(halt: HomeHalt | undefined, now: Instant): Halt | undefined {
  if (!halt || (halt.type === 'paused' && now >= halt.until)) return undefined;
  return halt.type === 'stopped'
    ? { type: 'stopped', at: printInstant(halt.at), by: halt.by }
    : { type: 'paused', from: printInstant(halt.from), until: printInstant(halt.until), by: halt.by };
}

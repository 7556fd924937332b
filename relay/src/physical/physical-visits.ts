/**
 * Pure. When somebody goes to a home instead of a look: at each agreed time at which there is no digital supervision. The same facts
 * always give the same visits under the same names, so that none is made twice and none is forgotten after a restart.
 */
import type { PlanForm } from '@nattfrid/shared/care/plan-form';
import type { ClientId } from '@nattfrid/shared/domain/ids';
import { windowsBetween } from '@nattfrid/shared/domain/window';
import { minutes } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { type HomeHalt, isHalted } from '../record/home-halt.ts';
import { derivedId } from '../store/derived-id.ts';

export interface PhysicalAsked {
  readonly client: ClientId;
  /** Of the newest edition that has been in force. */
  readonly form: Pick<PlanForm, 'physical' | 'windows'>;
  /** Since when it has been in force, and until when it is or was; before it nobody goes there for us. */
  readonly inForce: { readonly since: Instant; readonly until: Instant };
  readonly halt: HomeHalt | undefined;
  /** The intervention as a whole ends then: nobody goes there any more. */
  readonly decidedUntil: Instant | undefined;
  /** Each unit of the home is there, and its camera is not lost: as it is at `to`. */
  readonly isWell: boolean;
  /** Times after `from`, up to and including `to`. */
  readonly from: Instant;
  readonly to: Instant;
}

export interface PhysicalVisit {
  /** For ever the same for this client and time. */
  readonly id: string;
  readonly at: Instant;
}

/** How a unit is now says nothing of how it was longer ago than this. */
const justNow = minutes(5);

export function physicalVisits(asked: PhysicalAsked): readonly PhysicalVisit[] {
  const { client, form, from, to } = asked;
  if (!form.physical) return [];
  const agreed = form.physical.visits.flatMap((time) => opens({ from: time, to: time }, from, to));
  // Beside the agreed times, a look that is due and cannot be made.
  const looks = form.windows.flatMap((window) =>
    windowsBetween(window, from, instant(to + 1)).flatMap(({ opens: begins, closes }) =>
      Array.from({ length: window.looks }, (_, index) =>
        instant(Math.round(begins + (index * (closes - begins)) / window.looks)),
      ),
    ),
  );
  const needed = [
    ...agreed.filter((at) => isNeeded(asked, at)),
    ...looks.filter((at) => at > from && at <= to && cannotLook(asked, at)),
  ];
  return [...new Set(needed)].sort((a, b) => a - b).map((at) => ({ id: derivedId('physical-visit', client, at), at }));
}

const opens = (time: { readonly from: string; readonly to: string }, from: Instant, to: Instant): readonly Instant[] =>
  windowsBetween(time, from, instant(to + 1)).flatMap(({ opens: at }) => (at > from ? [at] : []));

function isNeeded(asked: PhysicalAsked, at: Instant): boolean {
  const { form, inForce, halt, decidedUntil } = asked;
  if (at < inForce.since || (decidedUntil !== undefined && at >= decidedUntil)) return false;
  if (halt && isHalted(halt, at)) return halt.type === 'stopped' || form.physical?.whilePaused === 'visits';
  return at >= inForce.until || cannotLook(asked, at);
}

function cannotLook({ inForce, halt, isWell, to }: PhysicalAsked, at: Instant): boolean {
  return !isWell && to - at <= justNow && at >= inForce.since && at < inForce.until && !isHalted(halt, at);
}

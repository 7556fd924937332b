/** Pure. From the form to the plan that a unit obeys: the same on the relay and on the console that signs it, so that neither needs to believe the other. */
import type { ClientAlias, PlanId, UnitId } from '../domain/ids.ts';
import { type AgreedAlarms, Plan, type ShadowKind } from '../domain/plan.ts';
import { dayAfter, startOfDay } from '../domain/window.ts';
import { Fault } from '../fault/fault.ts';
import { printInstant } from '../time/instant.ts';
import type { ConsentRecord } from './consent-record.ts';
import { consentsInPlan } from './consents-of.ts';
import type { PlanForm } from './plan-form.ts';

export interface ForUnit {
  readonly plan: PlanId;
  /** Above that of every plan that the unit has been sent. */
  readonly version: number;
  readonly unit: UnitId;
  /** Ed25519, base64url. */
  readonly unitKey: string;
  readonly client: ClientAlias;
}

/** How long nothing may be understood before it is told: a home that is watched, and cannot be. */
const blindAfterSeconds = 60;

/** @returns a Fault `request-invalid` where a consent is missing, or the form gives no valid plan */
export function planOfForm(
  form: PlanForm,
  records: readonly ConsentRecord[],
  { plan, version, unit, unitKey, client }: ForUnit,
): Plan | Fault {
  const consents = consentsInPlan(records);
  if (!consents) return new Fault('request-invalid', `A consent is missing for ${client}: there can be no plan.`);
  // Nobody is called for what is only counted, and nobody for not being able to count it.
  const shadow = form.shadow ? shadowOf(form) : [];
  const watches = form.product === 'looks-and-events' || shadow.length > 0;
  const given: Plan = {
    plan,
    version,
    unit,
    client,
    validFrom: printInstant(startOfDay(form.from)),
    validUntil: printInstant(startOfDay(dayAfter(form.until))),
    mode: form.mode,
    ...(form.alsoAgreed.length > 0 && { alsoAgreed: form.alsoAgreed }),
    watch: watches ? 'always' : 'looks-only',
    windows: form.windows,
    alarms: watches ? alarmsOf(form) : {},
    ...(shadow.length > 0 && { shadow }),
    ...(watches && form.alarmLookMinutes !== undefined && { alarmLook: { minutes: form.alarmLookMinutes } }),
    ...(form.stopWhenSeen && { stopWhenSeen: true }),
    longestLookSeconds: form.longestLookSeconds,
    retryAfterMinutes: form.retryMinutes,
    consents,
    unitKey,
    consoles: form.consoles,
  };
  const checked = Plan.safeParse(given);
  if (checked.success) return checked.data;
  const [first] = checked.error.issues;
  return new Fault(
    'request-invalid',
    `This is no valid plan, at «${first?.path.join('.') ?? ''}»: ${first?.message ?? ''}.`,
  );
}

const shadowOf = ({ events: { fall, leftRoom, notInBed } }: PlanForm): readonly ShadowKind[] => [
  ...(fall ? (['fall'] as const) : []),
  ...(leftRoom ? (['left-room'] as const) : []),
  ...(notInBed ? (['not-in-bed'] as const) : []),
];

function alarmsOf({ shadow, events: { fall, leftRoom, notInBed } }: PlanForm): AgreedAlarms {
  return {
    ...(fall && {
      fall: {
        persistenceSeconds: fall.persistenceSeconds,
        ...(fall.places.length > 0 && { places: fall.places }),
      },
    }),
    ...(leftRoom && {
      leftRoom: {
        afterMinutes: leftRoom.minutes,
        ...(leftRoom.bathroomMinutes !== undefined && { bathroomMinutes: leftRoom.bathroomMinutes }),
        ...(leftRoom.hours && { hours: leftRoom.hours }),
      },
    }),
    ...(notInBed && { notInBed }),
    ...(!shadow && { blind: { afterSeconds: blindAfterSeconds } }),
  };
}

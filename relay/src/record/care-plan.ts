/**
 * Pure. One edition of a client's plan: drafted > complete > signed > in force > ended. In force when each unit has taken it, its
 * first day has come and all three consents stand; ended by time, by a consent taken back, by staff, or by a newer edition in force.
 */
import type { Lacking } from '@nattfrid/shared/care/lacking-in-plan';
import type { CarePlanId, ClientId, PlanId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { PlanAnswer } from '@nattfrid/shared/wire/plan-letter';

export interface CarePlanFacts {
  readonly carePlan: CarePlanId;
  readonly client: ClientId;
  readonly edition: number;
  /** The first moment of its first day, and of the day after its last. */
  readonly from: Instant;
  readonly until: Instant;
}

/** The plan of one unit of the home, as it was signed. */
export interface SignedUnit {
  readonly unit: UnitId;
  readonly plan: PlanId;
  readonly version: number;
  readonly has: 'sent' | 'taken' | 'refused';
  readonly why?: string;
}

export interface Signed {
  readonly by: string;
  readonly at: Instant;
  /** When the last of its first day and the days of the consents has come. */
  readonly begins: Instant;
  readonly units: readonly SignedUnit[];
}

export type CarePlanEnd =
  | 'time-up'
  | 'decision-over'
  | 'consent-withdrawn'
  | 'plan-ended'
  | 'client-ended'
  | 'newer-in-force'
  | 'newer-signed';

export type CarePlan =
  | { readonly name: 'none' }
  | { readonly name: 'drafted' | 'complete'; readonly facts: CarePlanFacts }
  | { readonly name: 'signed'; readonly facts: CarePlanFacts; readonly signed: Signed }
  | {
      readonly name: 'in-force';
      readonly facts: CarePlanFacts;
      readonly signed: Signed;
      readonly since: Instant;
      /** The decision that it stands on ends before it does. */
      readonly decidedUntil?: Instant;
    }
  | {
      readonly name: 'ended';
      readonly facts: CarePlanFacts;
      readonly at: Instant;
      readonly why: CarePlanEnd;
      readonly signed?: Signed;
      readonly since?: Instant;
    };
export type KnownCarePlan = Exclude<CarePlan, { name: 'none' }>;

export type CarePlanEvent =
  | { readonly type: 'drafted'; readonly facts: CarePlanFacts; readonly lacking: readonly Lacking[] }
  /** A consent, the decision or the units of the home are others now. */
  | {
      readonly type: 'checked';
      readonly lacking: readonly Lacking[];
      readonly decidedUntil: Instant | undefined;
      readonly at: Instant;
    }
  | { readonly type: 'signed'; readonly signed: Signed; readonly lacking: readonly Lacking[] }
  | { readonly type: 'answered'; readonly unit: UnitId; readonly answer: PlanAnswer; readonly at: Instant }
  /** It is no longer a unit of the home. */
  | { readonly type: 'unit-gone'; readonly unit: UnitId; readonly at: Instant }
  | { readonly type: 'tick'; readonly at: Instant }
  | { readonly type: 'ended'; readonly why: CarePlanEnd; readonly at: Instant };

export type CarePlanEffect =
  | { readonly type: 'refuse'; readonly fault: Fault }
  | { readonly type: 'in-force'; readonly edition: number }
  | { readonly type: 'over'; readonly edition: number; readonly why: CarePlanEnd };

type Stepped = readonly [CarePlan, readonly CarePlanEffect[]];

export const carePlanMachine: Machine<CarePlan, CarePlanEvent, CarePlanEffect> = {
  initial: { name: 'none' },
  step(plan, event): Stepped {
    if (event.type === 'drafted') return drafted(plan, event);
    if (plan.name === 'none') return [plan, [refusal('There is no plan yet: draft one first.')]];
    switch (event.type) {
      case 'checked':
        return checked(plan, event);
      case 'signed':
        return signed(plan, event);
      case 'answered':
        return answered(plan, event);
      case 'unit-gone':
        return without(plan, event);
      case 'tick':
        return ticked(plan, event.at);
      case 'ended':
        return isOn(plan) ? over(plan, event.why, event.at) : [plan, []];
    }
  },
};

type On = Extract<CarePlan, { name: 'signed' | 'in-force' }>;
/** It is on its way to the units, or obeyed by them. */
export const isOn = (plan: CarePlan): plan is On => plan.name === 'signed' || plan.name === 'in-force';
/** A consent lacks: without each of the three nobody is watched (lag 2001:454, 9 §). */
export const lacksConsent = (lacking: readonly Lacking[]): boolean => lacking.some(({ why }) => why === 'no-consent');

const stateOf = (lacking: readonly Lacking[]) => (lacking.length === 0 ? 'complete' : 'drafted');

function drafted(plan: CarePlan, { facts, lacking }: Extract<CarePlanEvent, { type: 'drafted' }>): Stepped {
  if (plan.name === 'none' || plan.name === 'drafted' || plan.name === 'complete')
    return [{ name: stateOf(lacking), facts }, []];
  return [plan, [refusal('This edition has been signed: a change of it is a new edition.')]];
}

function checked(plan: KnownCarePlan, event: Extract<CarePlanEvent, { type: 'checked' }>): Stepped {
  const { lacking, decidedUntil, at } = event;
  switch (plan.name) {
    case 'drafted':
    case 'complete':
      return plan.name === stateOf(lacking) ? [plan, []] : [{ name: stateOf(lacking), facts: plan.facts }, []];
    case 'signed':
      return lacksConsent(lacking) ? over(plan, 'consent-withdrawn', at) : [plan, []];
    case 'in-force': {
      if (lacksConsent(lacking)) return over(plan, 'consent-withdrawn', at);
      const { decidedUntil: before, ...rest } = plan;
      if (before === decidedUntil) return [plan, []];
      return ticked(decidedUntil === undefined ? rest : { ...rest, decidedUntil }, at);
    }
    case 'ended':
      return [plan, []];
  }
}

function signed(plan: KnownCarePlan, event: Extract<CarePlanEvent, { type: 'signed' }>): Stepped {
  if (plan.name !== 'drafted' && plan.name !== 'complete')
    return [plan, [refusal('This edition has been signed already. Draft it anew to change it.')]];
  if (event.lacking.length > 0) {
    const fields = event.lacking.map(({ field, why }) => `${field} (${why})`).join(', ');
    return [plan, [refusal(`This plan is not complete, and cannot be signed: ${fields}.`)]];
  }
  return ticked({ name: 'signed', facts: plan.facts, signed: event.signed }, event.signed.at);
}

function answered(plan: KnownCarePlan, { unit, answer, at }: Extract<CarePlanEvent, { type: 'answered' }>): Stepped {
  if (!isOn(plan)) return [plan, []];
  const units = plan.signed.units.map((one) => {
    if (one.unit !== unit) return one;
    const { why: _before, ...rest } = one;
    // A refusal names no plan: it is about the newest that the unit was sent.
    if (answer.type === 'refused')
      return one.has === 'taken' ? one : ({ ...rest, has: 'refused', why: answer.why } as const);
    return answer.plan === one.plan && answer.version === one.version ? ({ ...rest, has: 'taken' } as const) : one;
  });
  return ticked({ ...plan, signed: { ...plan.signed, units } }, at);
}

function without(plan: KnownCarePlan, { unit, at }: Extract<CarePlanEvent, { type: 'unit-gone' }>): Stepped {
  if (!isOn(plan) || !plan.signed.units.some((one) => one.unit === unit)) return [plan, []];
  const units = plan.signed.units.filter((one) => one.unit !== unit);
  const left = { ...plan, signed: { ...plan.signed, units } };
  return units.length === 0 ? over(left, 'plan-ended', at) : ticked(left, at);
}

function ticked(plan: KnownCarePlan, at: Instant): Stepped {
  if (!isOn(plan)) return [plan, []];
  if (at >= plan.facts.until) return over(plan, 'time-up', at);
  if (plan.name === 'in-force') {
    const { decidedUntil } = plan;
    return decidedUntil !== undefined && at >= decidedUntil ? over(plan, 'decision-over', at) : [plan, []];
  }
  const taken = plan.signed.units.length > 0 && plan.signed.units.every(({ has }) => has === 'taken');
  if (!taken || at < plan.signed.begins) return [plan, []];
  const { facts } = plan;
  return [{ name: 'in-force', facts, signed: plan.signed, since: at }, [{ type: 'in-force', edition: facts.edition }]];
}

function over(plan: On, why: CarePlanEnd, at: Instant): Stepped {
  const { facts } = plan;
  const since = plan.name === 'in-force' ? { since: plan.since } : {};
  return [
    { name: 'ended', facts, signed: plan.signed, ...since, at, why },
    [{ type: 'over', edition: facts.edition, why }],
  ];
}

const refusal = (words: string): CarePlanEffect => ({ type: 'refuse', fault: new Fault('not-now', words) });

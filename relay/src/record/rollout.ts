/**
 * Pure. Software that is given out group by group: to few at a time, to the next group only when the one before has been well for long
 * enough, and to nobody any more once too many did not work. Going on after that is a person's decision.
 */
import { UpdateGroup as Groups, type UpdateGroup } from '@nattfrid/shared/desk/rollout-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { isNewer } from '@nattfrid/shared/domain/version';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';

/** `waits`: it refused for now, because somebody looked or an alarm went on. */
export type UnitState = 'under-way' | 'waits' | 'well' | 'failed';

export interface Given {
  readonly call: string;
  readonly state: UnitState;
  readonly at: Instant;
}

export interface Rollout {
  readonly version: string;
  readonly state: 'going' | 'stopped' | 'halted' | 'done';
  readonly by: string;
  readonly group: UpdateGroup;
  /** When everybody in the group was well. */
  readonly wellSince?: Instant;
  readonly given: Readonly<Record<string, Given>>;
  /** So many had failed when a person said to go on: they stop it no more. */
  readonly forgiven: number;
}

export interface Fleet {
  readonly unit: UnitId;
  readonly group: UpdateGroup;
  readonly agent: string | undefined;
  readonly isHere: boolean;
  /** Somebody looks, or an alarm of it is open: it would refuse. */
  readonly isBusy: boolean;
}

export const limits = {
  atOnce: 2,
  /** Between two that are asked. */
  apart: minutes(1),
  /** Fetched over a mobile link, installed, started, and not heard of: it is lost. */
  longest: minutes(60),
  /** One that refused for now is asked again. */
  again: minutes(15),
  /** Share of those that have come to an end; of ten the first that fails stops it. */
  mostFailed: 0.1,
} as const;

export const begin = (version: string, by: string): Rollout => ({
  ...{ version, by, state: 'going', group: 'bench', given: {}, forgiven: 0 },
});

export const stop = (rollout: Rollout, by: string): Rollout =>
  rollout.state === 'going' ? { ...rollout, state: 'stopped', by } : rollout;

/** A person has looked into it: those that failed are not tried again, and are not counted. */
export function goOn(rollout: Rollout, by: string): Rollout {
  if (rollout.state !== 'stopped' && rollout.state !== 'halted') return rollout;
  return { ...rollout, state: 'going', by, forgiven: failedOf(rollout) };
}

const failedOf = ({ given }: Rollout): number => Object.values(given).filter(({ state }) => state === 'failed').length;

export function heard(rollout: Rollout, unit: UnitId, call: string, state: UnitState, at: Instant): Rollout {
  const known = rollout.given[unit];
  if (known?.call !== call || known.state === 'failed') return rollout;
  return { ...rollout, given: { ...rollout.given, [unit]: { ...known, state, at } } };
}

export const sent = (rollout: Rollout, unit: UnitId, call: string, at: Instant): Rollout => ({
  ...rollout,
  given: { ...rollout.given, [unit]: { call, state: 'under-way', at } },
});

/** @param soak so long a group must have been well @returns as it is now, and who is to be given it now; at most one */
export function next(
  before: Rollout,
  fleet: readonly Fleet[],
  soak: Duration,
  now: Instant,
): readonly [Rollout, UnitId | undefined] {
  if (before.state !== 'going') return [before, undefined];
  const rollout = lost(before, fleet, now);
  const ended = Object.values(rollout.given).filter(({ state }) => state === 'well' || state === 'failed');
  const failed = failedOf(rollout) - rollout.forgiven;
  if (failed > 0 && failed / ended.length > limits.mostFailed) return [{ ...rollout, state: 'halted' }, undefined];
  const mine = fleet.filter(({ group }) => Groups.options.indexOf(group) <= Groups.options.indexOf(rollout.group));
  const lacking = mine.filter((one) => !has(one, rollout));
  // One that is away gets it when it comes, and holds nobody up.
  if (lacking.some(({ isHere }) => isHere)) return [withoutWell(rollout), due(rollout, lacking, now)];
  if (rollout.wellSince === undefined) return [{ ...rollout, wellSince: now }, undefined];
  // A group in which nobody is proves nothing, and is not waited for.
  const isEmpty = !fleet.some(({ group }) => group === rollout.group);
  if (!isEmpty && now < after(rollout.wellSince, soak)) return [rollout, undefined];
  const group = Groups.options[Groups.options.indexOf(rollout.group) + 1];
  if (group) return [{ ...withoutWell(rollout), group }, undefined];
  return [lacking.length > 0 ? rollout : { ...rollout, state: 'done' }, undefined];
}

const withoutWell = ({ wellSince: _before, ...rest }: Rollout): Rollout => rest;

/** It runs it, or something newer; or it has failed, and is a technician's. */
const has = ({ unit, agent }: Fleet, { version, given }: Rollout): boolean =>
  given[unit]?.state === 'failed' || (agent !== undefined && !isNewer(version, agent));

function lost(rollout: Rollout, fleet: readonly Fleet[], now: Instant): Rollout {
  const agents = new Map(fleet.map(({ unit, agent }) => [unit as string, agent]));
  const given = Object.entries(rollout.given).map(([unit, one]): [string, Given] => {
    if (one.state !== 'under-way') return [unit, one];
    const agent = agents.get(unit);
    if (agent !== undefined && !isNewer(rollout.version, agent)) return [unit, { ...one, state: 'well', at: now }];
    return now >= after(one.at, limits.longest) ? [unit, { ...one, state: 'failed', at: now }] : [unit, one];
  });
  return given.some(([unit, one]) => one !== rollout.given[unit])
    ? { ...rollout, given: Object.fromEntries(given) }
    : rollout;
}

function due({ given }: Rollout, lacking: readonly Fleet[], now: Instant): UnitId | undefined {
  const underWay = Object.values(given).filter(({ state }) => state === 'under-way');
  if (underWay.length >= limits.atOnce) return undefined;
  if (underWay.some(({ at }) => now < after(at, limits.apart))) return undefined;
  return lacking.find(({ unit, isHere, isBusy }) => {
    const before = given[unit];
    if (!isHere || isBusy || before?.state === 'under-way') return false;
    return before?.state !== 'waits' || now >= after(before.at, limits.again);
  })?.unit;
}

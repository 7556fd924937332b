/** Visits that must be made: load, step, save in the caller's transaction; told once that is on the disk. */
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import type { AlarmId, ClientAlias, LookId, TeamId, UnitId, VisitId } from '@nattfrid/shared/domain/ids';
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { openWaits } from '@nattfrid/shared/time/waits';
import {
  type Visit,
  type VisitEvent,
  type VisitMove,
  visitMachine,
  visitView,
  type WhyVisit,
} from '../record/visit.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { findUnit } from '../store/units-table.ts';
import {
  findVisit,
  openVisitTo,
  saveVisit,
  openVisits as unfinishedVisits,
  visitsOnDesk,
} from '../store/visits-table.ts';
import type { Hub } from '../tell/hub.ts';
import { type Crews, whichCar } from './which-car.ts';

export interface VisitNeed {
  readonly unit: UnitId;
  readonly client: ClientAlias;
  readonly why: WhyVisit;
  readonly look?: LookId | undefined;
  readonly alarm?: AlarmId | undefined;
  /** An earlier visit for the same need: as long as it is not done, no second one is made. */
  readonly before?: VisitId | undefined;
}

/** Who moves a visit, and when it was pressed. */
export interface MovedBy {
  readonly name: string;
  /** In which they are: a visit that is nobody's becomes theirs. */
  readonly team?: TeamId | undefined;
  readonly deed?: string | undefined;
  readonly pressedAt?: Instant | undefined;
}

export interface Visits {
  /** One home, one visit: while somebody is to go there, what happens besides is another reason for the same visit. */
  need(tx: Tx, need: VisitNeed): Promise<VisitId>;
  /** A deed that was done before is not done again, and answered as if it were. */
  move(tx: Tx, visit: VisitId, move: VisitMove, by: MovedBy): Promise<VisitView | Fault>;
  /** @returns the visit, where this has been done to it already */
  done(db: Db, visit: VisitId, deed: string): Promise<VisitView | undefined>;
  assign(tx: Tx, visit: VisitId, team: TeamId): Promise<VisitView | Fault>;
  /** A car has an alarm: what else it was to visit, and has not set out for, goes to another one, if there is one. */
  carTaken(tx: Tx, team: TeamId): Promise<void>;
  /** Somebody has come, or gone: visits of teams in which nobody is, and of nobody, are given to a car on shift. */
  crewsChanged(tx: Tx): Promise<void>;
  /** Makes louder what nobody has set out for. */
  tick(): Promise<void>;
  onDesk(db: Db, since: Instant): Promise<readonly VisitView[]>;
}

export function openVisits(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly newId: () => string;
  readonly crews: () => Crews;
  /** Teams that the action card names, in its order. */
  readonly preferred: (db: Db, need: VisitNeed) => Promise<readonly string[]>;
  readonly goWithin: Duration;
  readonly canSave: () => boolean;
  /** What else is told of it, in the transaction that saves it. */
  readonly changed?: (tx: Tx, before: Visit, after: Exclude<Visit, { name: 'none' }>) => Promise<void>;
}): Visits {
  const { store, clock, hub, newId, crews, preferred } = parts;
  const waits = openWaits(clock);

  async function step(tx: Tx, before: Visit, event: VisitEvent): Promise<VisitView | Fault> {
    const [next, effects] = visitMachine.step(before, event);
    const refused = effects[0];
    if (refused) return refused.fault;
    if (next.name === 'none') throw new TypeError('a visit cannot be unmade');
    await saveVisit(tx.db, next);
    await parts.changed?.(tx, before, next);
    const visit = visitView(next);
    await hub.record(tx, { type: 'visit', visit });
    return visit;
  }

  /** @param but not this team */
  async function carFor(db: Db, need: VisitNeed, but?: TeamId): Promise<TeamId | undefined> {
    const unit = await findUnit(db, need.unit);
    if (!unit) return undefined;
    const load = new Map<TeamId, number>();
    for (const { facts } of await unfinishedVisits(db))
      if (facts.team) load.set(facts.team, (load.get(facts.team) ?? 0) + 1);
    const { organisation } = unit;
    return whichCar(crews(), { organisation, load, preferred: await preferred(db, need), but, now: clock.now() });
  }

  return {
    async need(tx, need) {
      const { unit, client, why, look, alarm, before } = need;
      const named = before && (await findVisit(tx.db, before));
      const known = named && named.name !== 'done' ? named : await openVisitTo(tx.db, client);
      const reason = { why, ...(look && { look }), ...(alarm && { alarm }) };
      if (known) {
        await step(tx, known, { type: 'needed-also', also: { ...reason, at: clock.now() } });
        return known.facts.visit;
      }
      const visit = newId() as VisitId;
      const team = await carFor(tx.db, need);
      const facts = { visit, unit, client, neededAt: clock.now(), ...reason, ...(team && { team }) };
      await step(tx, visitMachine.initial, { type: 'needed', facts });
      return visit;
    },
    async move(tx, visit, move, { name, team, ...deed }) {
      let before: Visit = (await findVisit(tx.db, visit)) ?? visitMachine.initial;
      if (team && before.name === 'needed' && !before.facts.team)
        [before] = visitMachine.step(before, { type: 'assigned', team });
      return step(tx, before, { type: 'moved', move, by: name, at: clock.now(), ...deed });
    },
    async done(db, visit, deed) {
      const found = await findVisit(db, visit);
      return found?.facts.deeds?.includes(deed) ? visitView(found) : undefined;
    },
    async assign(tx, visit, team) {
      return step(tx, (await findVisit(tx.db, visit)) ?? visitMachine.initial, { type: 'assigned', team });
    },
    async carTaken(tx, team) {
      for (const one of await unfinishedVisits(tx.db)) {
        if (one.name !== 'needed' || one.facts.team !== team || isForAlarm(one.facts)) continue;
        const other = await carFor(tx.db, one.facts, team);
        if (other) await step(tx, one, { type: 'assigned', team: other });
      }
    },
    async crewsChanged(tx) {
      const { staffed } = crews();
      for (const one of await unfinishedVisits(tx.db)) {
        const { team } = one.facts;
        if (one.name !== 'needed' || (team && staffed.has(team))) continue;
        const other = await carFor(tx.db, one.facts);
        if (other !== team) await step(tx, one, { type: 'assigned', team: other });
      }
    },
    async tick() {
      if (!parts.canSave()) return;
      for (const one of await unfinishedVisits(store.db)) {
        const { visit, neededAt, overdue } = one.facts;
        if (one.name !== 'needed' || overdue || waits.waited(visit, neededAt) < parts.goWithin) continue;
        await store.write(async (tx) => {
          // Read anew: an alarm may have become another reason for it meanwhile, or somebody may have gone.
          const still = await findVisit(tx.db, visit);
          if (still?.name === 'needed' && !still.facts.overdue) await step(tx, still, { type: 'waited-too-long' });
        });
      }
    },
    onDesk: async (db, since) => (await visitsOnDesk(db, since)).map(visitView),
  };
}

const isForAlarm = ({ alarm, also = [] }: { alarm?: AlarmId; also?: readonly { alarm?: AlarmId }[] }): boolean =>
  alarm !== undefined || also.some((one) => one.alarm !== undefined);

/** Alarms: load, step, save and what follows in one transaction; told once that is on the disk. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { AlarmId, ClientAlias, LookId, UnitId, VisitId } from '@nattfrid/shared/domain/ids';
import type { Verdict } from '@nattfrid/shared/domain/look';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import { openWaits } from '@nattfrid/shared/time/waits';
import type { FallBack } from '../fallback/fallback.ts';
import { type Alarm, type AlarmEffect, type AlarmEvent, alarmMachine, type Patience } from '../record/alarm.ts';
import type { Doing, Line } from '../record/chain.ts';
import {
  alarmsOnDesk,
  findAlarm,
  openAlarmsOf,
  saveAlarm,
  openAlarms as unclosedAlarms,
} from '../store/alarms-table.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { fromMemory } from '../store/from-memory.ts';
import { findHeldAlarm, saveHeldAlarm, saveUnreadAlarm } from '../store/held-alarms-table.ts';
import { isBeingSetUp } from '../store/installations-table.ts';
import { findUnit } from '../store/units-table.ts';
import type { Hub } from '../tell/hub.ts';
import type { Visits } from '../visits/visits.ts';
import { type Flood, type FloodEffect, type FloodEvent, floodMachine, mostCards } from './held.ts';
import { ownAlarm, type Report } from './own-alarm.ts';
import { alarmView } from './view.ts';

type KnownAlarm = Exclude<Alarm, { name: 'none' }>;
interface Owed {
  readonly unit: UnitId;
  readonly client: ClientAlias;
  readonly report: Report;
}

/** Who takes or closes one. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Alarms {
  report(tx: Tx, unit: UnitId, client: ClientAlias, report: Report): Promise<AlarmView | Fault>;
  /** Whoever has taken it may not answer it any more: told again, from the first in line. @returns false where they do not have it */
  letGo(tx: Tx, alarm: AlarmId, operator: string): Promise<boolean>;
  /** @param over also from a colleague who has it */
  take(tx: Tx, alarm: AlarmId, by: Person, over?: true): Promise<AlarmView | Fault>;
  close(tx: Tx, alarm: AlarmId, by: Person, verdict: Verdict): Promise<AlarmView | Fault>;
  looked(tx: Tx, alarm: AlarmId, look: LookId): Promise<AlarmView | Fault>;
  visitMade(tx: Tx, alarm: AlarmId, visit: VisitId): Promise<AlarmView | Fault>;
  /** A unit can be left: what is still wrong with it calls somebody from now on. */
  aloud(tx: Tx, unit: UnitId, client: ClientAlias): Promise<void>;
  /** Somebody goes to the home for it, or is there. */
  going(tx: Tx, alarm: AlarmId, doing: Exclude<Doing, 'taken'>, by: Person): Promise<void>;
  /** Whoever was on the way there is no longer; they have it in hand, if they are here. */
  notGoing(tx: Tx, alarm: AlarmId): Promise<void>;
  /** The visit for it is done, and a person has yet to close it. */
  visited(tx: Tx, alarm: AlarmId): Promise<void>;
  /** Whoever has gone had these in hand, and goes to none of them: each is told again. @param said writes it down, with it @returns which */
  left(operator: string, said?: (tx: Tx, alarm: AlarmId) => Promise<void>): Promise<readonly AlarmId[]>;
  /** The unit is newer than this relay, and has told an alarm that cannot be read. @param letter its id @param text as it came */
  saysNew(tx: Tx, unit: UnitId, client: ClientAlias, letter: string, text: string): Promise<void>;
  /** Told at once, kept in memory, and saved as soon as anything can be. */
  tellUnsaved(unit: UnitId, client: ClientAlias, report: Report): void;
  /** Makes louder what nobody has taken; where nothing can be saved, from memory. */
  tick(): Promise<void>;
  onDesk(db: Db, since: Instant): Promise<readonly AlarmView[]>;
}

export function openAlarms(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly visits: Visits;
  readonly patience: Patience;
  readonly canSave: () => boolean;
  /** By the action card of this event; undefined: the usual one. */
  readonly lineFor: (db: Db, unit: UnitId, client: ClientAlias, kind: Report['kind']) => Promise<Line | undefined>;
  /** The teams in which somebody is. */
  readonly staffed: () => ReadonlySet<string>;
  readonly fallBack: FallBack;
  /** What else is told of it, in the transaction that saves it. */
  readonly changed?: (tx: Tx, before: Alarm, after: KnownAlarm) => Promise<void>;
}): Alarms {
  const { store, clock, hub, visits, canSave, lineFor, fallBack } = parts;
  const machine = alarmMachine(parts.patience);
  const waits = openWaits(clock);
  const unclosed = fromMemory(() => unclosedAlarms(store.db));
  /** What was told and could not be saved, in its order; and how each alarm stands by that. */
  const owed: Owed[] = [];
  const inMemory = new Map<AlarmId, KnownAlarm>();
  const floods = new Map<UnitId, { readonly flood: Flood; readonly since: Instant }>();
  const tickFor = ({ facts }: KnownAlarm) =>
    ({ type: 'tick', at: waits.nowFor(facts.alarm, facts.receivedAt), staffed: parts.staffed() }) as const;

  async function step(tx: Tx, id: AlarmId, event: AlarmEvent): Promise<AlarmView | Fault> {
    const before = (await findAlarm(tx.db, id)) ?? machine.initial;
    let [next, effects] = machine.step(before, event);
    for (const effect of effects) {
      switch (effect.type) {
        case 'refuse':
          return effect.fault;
        case 'need-visit': {
          if (next.name === 'none') continue;
          const { unit, client, look, visit: earlier } = next.facts;
          const visit = await visits.need(tx, { unit, client, why: effect.why, alarm: id, look, before: earlier });
          [next] = machine.step(next, { type: 'visit-made', visit });
          break;
        }
        case 'fall-back':
          if (next.name !== 'none') await fallBack.call(tx, alarmView(next));
          break;
        case 'tell':
        // To whom it is told stands in the alarm, and reaches them with it.
      }
    }
    if (next.name === 'none') throw new TypeError('an alarm cannot be unmade');
    const alarm = alarmView(next);
    if (next !== before) {
      await saveAlarm(tx.db, next);
      await parts.changed?.(tx, before, next);
      const { receivedAt } = next.facts;
      if (before.name === 'none') tx.after(() => waits.begins(id, receivedAt));
      if (event.type !== 'more' || isWorthTelling(alarm.more ?? 0)) await hub.record(tx, { type: 'alarm', alarm });
    }
    return alarm;
  }

  function tellFromMemory(alarm: KnownAlarm): void {
    inMemory.set(alarm.facts.alarm, alarm);
    hub.tell({ type: 'alarm', alarm: alarmView(alarm) });
  }

  async function louderFromMemory(): Promise<void> {
    const saved = (await unclosed()).filter(({ facts }) => !inMemory.has(facts.alarm));
    for (const alarm of [...saved, ...inMemory.values()]) {
      const [next, effects] = machine.step(alarm, tickFor(alarm));
      if (next === alarm || next.name === 'none') continue;
      tellFromMemory(next);
      if (effects.some(isFallBack)) fallBack.callUnsaved(alarmView(next));
    }
  }

  async function saveOwed(): Promise<void> {
    for (let first = owed[0]; first; first = owed[0]) {
      const { unit, client, report } = first;
      await store.write((tx) => carded(tx, unit, client, report));
      owed.shift();
    }
    inMemory.clear();
  }

  /** A unit that has held its peace for long enough is no faulty one any more; its alarm stays until a person closes it. */
  async function calmDown(): Promise<void> {
    for (const [unit, { flood }] of floods) {
      if (!flood.faulty) continue;
      const event = { type: 'quiet', at: clock.steady() } as const;
      if (floodMachine.step(flood, event)[1].length === 0) continue;
      const client = (await findUnit(store.db, unit))?.client;
      if (client) await store.write((tx) => flooding(tx, unit, client, event));
    }
  }

  async function reported(tx: Tx, unit: UnitId, client: ClientAlias, report: Report) {
    const line = await lineFor(tx.db, unit, client, report.kind);
    const now = { at: clock.now(), staffed: parts.staffed() };
    const quiet = await quietFor(tx, unit, report);
    return step(tx, report.alarm, {
      type: 'reported',
      ...{ unit, client, report, ...now },
      ...(line && { line }),
      ...(quiet && { quiet }),
    });
  }

  /** Of a unit that is being set up only what can be wrong with it itself: whatever it has seen of a person is an alarm as any other. */
  async function quietFor(tx: Tx, unit: UnitId, { kind }: Report): Promise<'set-up' | undefined> {
    return itsOwnFaults.has(kind) && (await isBeingSetUp(tx.db, unit, clock.now())) ? 'set-up' : undefined;
  }

  /** Reported, on a card of its own or behind another; by its id each is the same alarm, however often it is reported. */
  async function carded(tx: Tx, unit: UnitId, client: ClientAlias, report: Report) {
    const into = await standsBehind(tx, unit, report);
    if (!into) return reported(tx, unit, client, report);
    if (!isOwn(report) && report.phase === 'began')
      await flooding(tx, unit, client, { type: 'held', at: clock.steady() });
    const card = await findAlarm(tx.db, into);
    return card ? alarmView(card) : new Fault('not-found', 'The alarm that this one stands behind is gone.');
  }

  /** @returns the alarm whose card tells of this one; undefined: it has a card of its own */
  async function standsBehind(tx: Tx, unit: UnitId, report: Report): Promise<AlarmId | undefined> {
    if (await findAlarm(tx.db, report.alarm)) return undefined;
    const known = await findHeldAlarm(tx.db, report.alarm);
    if (known) {
      // Found anew, by a unit that was restarted: where its card is closed, a person is needed again.
      if (report.phase === 'began' && (await findAlarm(tx.db, known.into))?.name === 'closed') return undefined;
      await saveHeldAlarm(tx.db, { ...known, report });
      await overBehind(tx, known.into, report);
      return known.into;
    }
    const open = (await openAlarmsOf(tx.db, unit, report.kind)).filter(({ facts }) => isAlike(facts, report));
    const newest = open[0];
    if (!newest || open.length < mostCards) return undefined;
    const into = newest.facts.alarm;
    await saveHeldAlarm(tx.db, { unit, into, receivedAt: clock.now(), report });
    await step(tx, into, { type: 'more' });
    await overBehind(tx, into, report);
    return into;
  }

  /** A fact about a unit is there or not: where the last of its kind is over, so is what the card says. Of falls there may be two. */
  async function overBehind(tx: Tx, into: AlarmId, report: Report): Promise<void> {
    if (isOwn(report) && report.phase === 'ended') await step(tx, into, { type: 'more-over', at: report.at });
  }

  async function flooding(tx: Tx, unit: UnitId, client: ClientAlias, event: FloodEvent): Promise<void> {
    const before = floods.get(unit) ?? { flood: floodMachine.initial, since: clock.now() };
    const [flood, effects] = floodMachine.step(before.flood, event);
    const since = flood.faulty && !before.flood.faulty ? clock.now() : before.since;
    floods.set(unit, { flood, since });
    for (const effect of effects) await carded(tx, unit, client, faultyUnit(unit, since, effect, clock.now()));
  }

  const taking = ({ id, name }: Person) => ({ by: name, id, at: clock.now() });

  return {
    report: carded,
    async saysNew(tx, unit, client, letter, text) {
      const known = (await openAlarmsOf(tx.db, unit, 'unit-silent')).find(
        ({ facts }) => facts.evidence.code === 'unit-says-new',
      );
      const own = { name: 'unit-says-new', unit, fact: letter, code: 'unit-says-new', phase: 'began' } as const;
      const report = ownAlarm({ ...own, at: clock.now() });
      const into = known?.facts.alarm ?? report.alarm;
      await saveUnreadAlarm(tx.db, letter, { unit, into, receivedAt: clock.now(), text });
      if (known) return void (await step(tx, into, { type: 'more' }));
      await reported(tx, unit, client, report);
    },
    take: (tx, alarm, by, over) => step(tx, alarm, { type: 'taken', ...(over && { over }), ...taking(by) }),
    async letGo(tx, id, operator) {
      const alarm = await findAlarm(tx.db, id);
      if (alarm?.name !== 'taken' || alarm.taken.id !== operator) return false;
      await step(tx, id, { type: 'left', at: tickFor(alarm).at });
      return true;
    },
    close: (tx, alarm, by, verdict) => step(tx, alarm, { type: 'closed', verdict, ...taking(by) }),
    looked: (tx, alarm, look) => step(tx, alarm, { type: 'looked', look }),
    visitMade: (tx, alarm, visit) => step(tx, alarm, { type: 'visit-made', visit }),
    async aloud(tx, unit, client) {
      for (const kind of itsOwnFaults)
        for (const { facts } of await openAlarmsOf(tx.db, unit, kind)) {
          if (facts.quiet !== 'set-up' || facts.endedAt !== undefined) continue;
          const line = await lineFor(tx.db, unit, client, kind);
          const now = { at: clock.now(), staffed: parts.staffed() };
          await step(tx, facts.alarm, { type: 'aloud', ...now, ...(line && { line }) });
        }
    },
    async going(tx, alarm, doing, by) {
      const known = await findAlarm(tx.db, alarm);
      if (known && known.name !== 'closed') await step(tx, alarm, { type: 'going', doing, ...taking(by) });
    },
    async notGoing(tx, alarm) {
      const known = await findAlarm(tx.db, alarm);
      if (known?.name === 'taken' && !isAtDesk(known)) await step(tx, alarm, { type: 'visited' });
    },
    async visited(tx, alarm) {
      if (await findAlarm(tx.db, alarm)) await step(tx, alarm, { type: 'visited' });
    },
    async left(operator, said) {
      const theirs = (await unclosedAlarms(store.db)).filter(
        (alarm) => alarm.name === 'taken' && alarm.taken.id === operator && isAtDesk(alarm),
      );
      for (const alarm of theirs) {
        const { at } = tickFor(alarm);
        await store.write(async (tx) => {
          await said?.(tx, alarm.facts.alarm);
          await step(tx, alarm.facts.alarm, { type: 'left', at });
        });
      }
      return theirs.map(({ facts }) => facts.alarm);
    },
    tellUnsaved(unit, client, report) {
      owed.push({ unit, client, report });
      const before = inMemory.get(report.alarm) ?? machine.initial;
      const alike = [...inMemory.values()].filter(({ facts }) => facts.unit === unit && isAlike(facts, report));
      // As on the disk: kept, and told by the cards that there are.
      if (before.name === 'none' && alike.length >= mostCards) return;
      const [next] = machine.step(before, { type: 'reported', unit, client, report, at: clock.now() });
      if (next.name === 'none') return;
      if (before.name === 'none') waits.begins(report.alarm, next.facts.receivedAt);
      tellFromMemory(next);
    },
    async tick() {
      if (!canSave()) return louderFromMemory();
      await saveOwed();
      await calmDown();
      for (const alarm of await unclosed()) {
        // A look at what would change first: a transaction each second for nothing wears out a disk.
        const tick = tickFor(alarm);
        const [next] = machine.step(alarm, tick);
        if (next === alarm) continue;
        await store.write((tx) => step(tx, alarm.facts.alarm, tick));
      }
    },
    async onDesk(db, since) {
      const saved = await alarmsOnDesk(db, since);
      const known = new Set(saved.map(({ facts }) => facts.alarm));
      const unsaved = [...inMemory.values()].filter(({ facts }) => !known.has(facts.alarm));
      return [...saved.map((alarm) => inMemory.get(alarm.facts.alarm) ?? alarm), ...unsaved].map(alarmView);
    },
  };
}

const isFallBack = ({ type }: AlarmEffect): boolean => type === 'fall-back';

/** Whoever is on the way, or there, has it in hand wherever they are signed in. */
const isAtDesk = ({ facts }: KnownAlarm): boolean => facts.chain?.name !== 'in-hand' || facts.chain.doing === 'taken';

const itsOwnFaults: ReadonlySet<Report['kind']> = new Set<Report['kind']>(['unit-silent', 'camera-lost', 'blind']);

/** The relay's own are of one kind, and tell different things. */
const isOwn = ({ kind }: Pick<Report, 'kind'>): boolean => kind === 'unit-silent';
const isAlike = (one: Pick<Report, 'kind' | 'evidence'>, other: Pick<Report, 'kind' | 'evidence'>): boolean =>
  one.kind === other.kind && (!isOwn(one) || one.evidence.code === other.evidence.code);

/** The first ones, and then every fiftieth: a flood must not become one on every screen. */
const isWorthTelling = (more: number): boolean => more <= 10 || more % 50 === 0;

function faultyUnit(unit: UnitId, since: Instant, { type }: FloodEffect, at: Instant): Report {
  const phase = type === 'faulty' ? 'began' : 'ended';
  return ownAlarm({ name: 'unit-flooding', unit, fact: since, code: 'unit-flooding', phase, at });
}

/** Units: who they are, whether they are there, how they are; a silent one raises an alarm. */
import { isTraining } from '@nattfrid/shared/desk/organisation';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import { openWaits } from '@nattfrid/shared/time/waits';
import type { Announce } from '@nattfrid/shared/wire/announce';
import type { PlanAnswer } from '@nattfrid/shared/wire/plan-letter';
import type { CannotKeep, PowerState, Vitals } from '@nattfrid/shared/wire/vitals';
import type { Alarms } from '../alarms/alarms.ts';
import { ownAlarm, type Report } from '../alarms/own-alarm.ts';
import { haltView, standingOf } from '../halts/halt-view.ts';
import {
  type Listening,
  type Presence,
  type PresenceEffect,
  type PresenceEvent,
  presenceMachine,
} from '../record/presence.ts';
import { type Trouble, type TroubleEffect, type TroubleNow, troubleNow } from '../record/trouble.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { isCannotSave } from '../store/engine/cannot-save.ts';
import { fromMemory } from '../store/from-memory.ts';
import { newestPlan } from '../store/plans-table.ts';
import {
  allUnits,
  findToken,
  findUnit,
  type Listened,
  listenedUnits,
  type UnitRow,
  updateUnit,
} from '../store/units-table.ts';
import type { Hub } from '../tell/hub.ts';
import { type ClockOff, clockOff } from './clock-off.ts';
import { type Doubled, type DoubledEvent, doubled } from './doubled.ts';
import { openRests, type RestOfView, readRest } from './rest-of-view.ts';
import { tokenIsRight } from './token.ts';

/** What a unit has said, beside that it is there. */
export interface Said {
  readonly vitals?: Vitals;
  readonly announced?: Announce;
  /** By the unit's clock, of a letter that was written when it was sent. */
  readonly sentAt?: Instant;
}

export interface Units {
  /** Is this the unit that it says it is? */
  knows(unit: UnitId, token: string): Promise<boolean>;
  /** As `knows`. @returns what is stored of its credential, another one when that is made anew; undefined: it is not this unit */
  credential(unit: UnitId, token: string): Promise<string | undefined>;
  /** It has come in by its certificate, which has been judged. */
  speaks(unit: UnitId, credential: string): void;
  /** With what each that speaks to the broker has come in: what `credential` gave. */
  readonly speaking: ReadonlyMap<UnitId, string>;
  /** It has been taken out, exchanged, or must come in anew: what was remembered of it is not so any more. */
  forget(unit: UnitId): void;
  /** The alias of its client; undefined: no such unit. */
  client(db: Db, unit: UnitId): Promise<ClientAlias | undefined>;
  /** Anything it says shows that it is there. @param as what stands of it in the database, where that has just been read */
  heard(tx: Tx, unit: UnitId, said?: Said, as?: UnitRow): Promise<void>;
  /**
   * @param connection that has ended, where the unit numbers them
   * @returns false: another connection has said «here» since, so that this means nothing
   */
  gone(tx: Tx, unit: UnitId, connection: string | undefined): Promise<boolean>;
  /** A connection in its name was let in, from this address. */
  cameFrom(unit: UnitId, address: string): void;
  /** What it has made of the newest plan. */
  planAnswered(tx: Tx, unit: UnitId, answer: PlanAnswer): Promise<void>;
  /** Tells the desk about a unit of which something else has changed. */
  changed(tx: Tx, unit: UnitId): void;
  /** It is there, whether or not what it says can be saved: known at once, before anything is written. */
  isHere(unit: UnitId): void;
  /** Nobody could be heard until now: silence is counted from now on. */
  listenAnew(): void;
  /** Most of those that speak now, and one at least, have the same time as this relay, within five minutes. */
  agreeOnTime(): boolean;
  /** Finds those that have fallen silent; where nothing can be saved they are told from memory. */
  tick(): Promise<void>;
  onDesk(db: Db): Promise<readonly UnitView[]>;
  /** One of them as it is on the desk; undefined: no such unit. */
  view(db: Db, unit: UnitId): Promise<UnitView | undefined>;
}

export function openUnits(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly alarms: Alarms;
  readonly allowed: Listening;
  /** So long without mains is an alarm. */
  readonly batteryAfter: Duration;
  readonly canSave: () => boolean;
}): Units {
  const { store, clock, hub, alarms, canSave } = parts;
  const machine = presenceMachine(parts.allowed);
  const waits = openWaits(clock);
  let listeningSince = clock.steady();
  /** When each was heard of last, until that is saved. */
  const heardOf = new Map<UnitId, { readonly at: Instant }>();
  /** What each was told to be while it could not be saved. */
  const unsaved = new Map<UnitId, Presence>();
  const lastViews = new Map<UnitId, UnitView>();
  const addresses = new Map<UnitId, string>();
  const runs = new Map<UnitId, Doubled>();
  const clocks = new Map<UnitId, ClockOff>();
  /** What each said last of the time, and when that was by the steady clock. */
  const saysTime = new Map<UnitId, { readonly at: Instant; readonly heard: Duration }>();
  const speaking = new Map<UnitId, string>();
  const rows = fromMemory(() => listenedUnits(store.db));
  const rests = openRests(clock);
  const presenceOf = ({ unit, presence }: Pick<UnitRow, 'unit' | 'presence'>): Presence => {
    // By the order of things, and not by their times: the wall clock may have been set back in between.
    const heard = heardOf.get(unit);
    return unsaved.get(unit) ?? (heard ? { name: 'here', heardAt: heard.at } : presence);
  };
  /** What is not saved yet is counted under a name of its own: the wait that is saved may still be told of. */
  const waited = (unit: UnitId, since: Instant): Duration =>
    waits.waited(heardOf.get(unit)?.at === since ? unsavedName(unit) : unit, since);
  const quietFor = (unit: UnitId, heardAt: Instant): Duration =>
    milliseconds(Math.min(waited(unit, heardAt), clock.steady() - listeningSince));

  async function step(tx: Tx, row: UnitRow, event: PresenceEvent): Promise<UnitRow['presence']> {
    const [presence, effects] = machine.step(row.presence, event);
    for (const effect of effects) {
      await alarms.report(tx, row.unit, row.client, silence(row, effect));
    }
    return presence;
  }

  /** Its last word may have been that its mains were gone: then it is no radio link that somebody has to look for. */
  function silence({ unit, vitals }: LastHeard, { type, since }: PresenceEffect): Report {
    const code = vitals?.power === 'battery' ? 'power-gone' : 'unit-silent';
    const figures = { silentForSeconds: Math.round(waited(unit, since) / 1000) };
    const phase = type === 'raise' ? 'began' : 'ended';
    return ownAlarm({ name: 'unit-silent', unit, fact: since, code, phase, at: clock.now(), figures });
  }

  /** Whether two go by this name; after a restart of the relay, as it was. */
  function isDoubled(row: Listened, event: DoubledEvent | undefined): boolean {
    const was = { isDoubled: row.trouble.doubled !== undefined, changes: [{ who: '', at: clock.steady() }] };
    const before = runs.get(row.unit) ?? (was.isDoubled ? was : doubled.initial);
    const [next] = event ? doubled.step(before, event) : [before];
    runs.set(row.unit, next);
    return next.isDoubled;
  }

  async function troubled(tx: Tx, row: Listened, now: TroubleNow): Promise<Trouble> {
    const [trouble, effects] = troubleNow(row.trouble, now, clock.now(), parts.batteryAfter);
    for (const effect of effects) await alarms.report(tx, row.unit, row.client, troubleAlarm(row.unit, effect));
    return trouble;
  }

  function troubleAlarm(unit: UnitId, { type, what, code, since }: TroubleEffect): Report {
    const phase = ({ raise: 'began', change: 'changed', end: 'ended' } as const)[type];
    return ownAlarm({ name: `unit-${what}`, unit, fact: since, code, phase, at: clock.now() });
  }

  /** The two of one name are told no more once one of them has been quiet for long enough. */
  async function settle(row: Listened): Promise<void> {
    if (!row.trouble.doubled || !canSave()) return;
    const { cannotKeep } = row.trouble;
    if (isDoubled(row, { type: 'tick', at: clock.steady() })) return;
    await store.write(async (tx) => {
      const trouble = await troubled(tx, row, {
        doubled: false,
        cannotKeep: cannotKeep?.why,
        onBattery: row.trouble.battery !== undefined,
      });
      await updateUnit(tx.db, row.unit, { trouble });
      changed(tx, row.unit);
    });
  }

  /** What follows from time going by, without the disk. */
  function goOn(row: Listened, before: Presence, event: PresenceEvent): void {
    const [next, effects] = machine.step(before, event);
    if (next === before) return;
    unsaved.set(row.unit, next);
    for (const effect of effects) alarms.tellUnsaved(row.unit, row.client, silence(asLastHeard(row), effect));
    void tell(row.unit).catch(() => {});
  }

  async function saveTick(unit: UnitId, event: PresenceEvent): Promise<void> {
    await store.write(async (tx) => {
      const row = await findUnit(tx.db, unit);
      if (!row) return;
      await updateUnit(tx.db, unit, { presence: await step(tx, row, event) });
      changed(tx, unit);
    });
    unsaved.delete(unit);
    heardOf.delete(unit);
  }

  /** With what it said of itself last, as far as that is remembered. */
  const asLastHeard = ({ unit }: Listened): LastHeard => ({ unit, vitals: lastViews.get(unit)?.vitals });
  const tell = async (unit: UnitId) => {
    const row = await findUnit(store.db, unit).catch(() => 'unread' as const);
    if (row === undefined) return;
    // What can no longer be read is told as it was.
    const view = row === 'unread' ? await asItWas(unit) : await viewOf(row, () => rests.of(store.db, unit));
    if (view) hub.tell({ type: 'unit', unit: view });
  };
  /** As it has just been saved: nothing of it is read again. */
  const tellSaved = async (row: UnitRow) =>
    hub.tell({ type: 'unit', unit: await viewOf(row, () => rests.of(store.db, row.unit)) });
  const asItWas = async (unit: UnitId): Promise<UnitView | undefined> => {
    const [last, row] = [lastViews.get(unit), (await rows()).find((one) => one.unit === unit)];
    return last && row && { ...last, presence: presenceOf(row).name };
  };
  const viewOf = async (row: UnitRow, restOf: () => Promise<RestOfView>): Promise<UnitView> => {
    const presence = presenceOf(row);
    try {
      const off = clocks.get(row.unit)?.told;
      const known = view({ ...row, presence }, await restOf(), clock.now());
      const seen = off === undefined ? known : { ...known, clockOffBySeconds: Math.round(off / 1000) };
      lastViews.set(row.unit, seen);
      return seen;
    } catch (error) {
      const last = lastViews.get(row.unit);
      if (!last) throw error;
      return { ...last, presence: presence.name };
    }
  };
  // The desk hears of it a moment after the commit: reading must wait for the one connection.
  const changed = (tx: Tx, unit: UnitId) =>
    tx.after(() => {
      rests.changed(unit);
      void tell(unit).catch(() => {});
    });

  async function credential(unit: UnitId, token: string): Promise<string | undefined> {
    const stored = await findToken(store.db, unit);
    return tokenIsRight(stored, token) ? stored?.hash : undefined;
  }

  return {
    async knows(unit, token) {
      const found = await credential(unit, token);
      if (found) speaking.set(unit, found);
      return found !== undefined;
    },
    credential,
    speaks: (unit, by) => void speaking.set(unit, by),
    speaking,
    forget(unit) {
      for (const remembered of [speaking, heardOf, unsaved, lastViews, addresses, runs, clocks, saysTime])
        remembered.delete(unit);
      rests.changed(unit);
    },
    client: async (db, unit) => (await findUnit(db, unit))?.client,
    async heard(tx, unit, said = {}, as) {
      const row = as ?? (await findUnit(tx.db, unit));
      if (!row) return;
      const spoken = heardOf.get(unit);
      tx.after(() => void (heardOf.get(unit) === spoken && heardOf.delete(unit)));
      const at = clock.now();
      tx.after(() => waits.begins(unit, at));
      const presence = await step(tx, row, { type: 'heard', at });
      const { vitals, announced, sentAt } = said;
      if (sentAt !== undefined) {
        clocks.set(unit, clockOff(clocks.get(unit), milliseconds(sentAt - clock.now())));
        saysTime.set(unit, { at: sentAt, heard: clock.steady() });
      }
      const who = announced && (announced.run ?? addresses.get(unit) ?? '');
      const came = who === undefined ? undefined : ({ type: 'came', who, at: clock.steady() } as const);
      const cannotKeep = vitals ? whyNotKept(vitals) : row.trouble.cannotKeep?.why;
      const onBattery = vitals ? vitals.power === 'battery' : row.trouble.battery !== undefined;
      const trouble = await troubled(tx, row, { doubled: isDoubled(row, came), cannotKeep, onBattery });
      await updateUnit(tx.db, unit, {
        presence,
        ...(vitals && { vitals }),
        ...(announced && { announced }),
        ...(trouble !== row.trouble && { trouble }),
      });
      if (presence.name !== row.presence.name || announced) changed(tx, unit);
      else if (vitals) tx.after(() => void tellSaved({ ...row, presence, vitals, trouble }).catch(() => {}));
    },
    async gone(tx, unit, connection) {
      const row = await findUnit(tx.db, unit);
      if (!row) return false;
      const newest = row.announced?.connection;
      // The broker says the will of an old connection when it ends, which may be after a new one has said «here».
      if (connection !== undefined && newest !== undefined && connection !== newest) return false;
      const presence = await step(tx, row, { type: 'gone' });
      if (presence === row.presence) return true;
      await updateUnit(tx.db, unit, { presence });
      changed(tx, unit);
      return true;
    },
    cameFrom: (unit, address) => void addresses.set(unit, address),
    async planAnswered(tx, unit, answer) {
      const row = await findUnit(tx.db, unit);
      const plan = await newestPlan(tx.db, unit);
      if (!row || !plan) return;
      const { planRefused: _before, ...rest } = row.trouble;
      const refused = answer.type === 'refused' ? { planRefused: { version: plan.version, why: answer.why } } : {};
      await updateUnit(tx.db, unit, { trouble: { ...rest, ...refused } });
    },
    changed,
    isHere(unit) {
      const before = unsaved.get(unit);
      const at = clock.now();
      heardOf.set(unit, { at });
      waits.begins(unsavedName(unit), at);
      if (!before) return;
      unsaved.delete(unit);
      void rows()
        .then((all) => {
          const row = all.find((one) => one.unit === unit);
          const [, ended] = machine.step(before, { type: 'heard', at: clock.now() });
          if (row) for (const effect of ended) alarms.tellUnsaved(unit, row.client, silence(asLastHeard(row), effect));
          return tell(unit);
        })
        .catch(() => {});
    },
    agreeOnTime() {
      const [wall, steady] = [clock.now(), clock.steady()];
      const speak = [...saysTime.values()].filter(({ heard }) => steady - heard < speaksNow);
      const agree = speak.filter(({ at, heard }) => Math.abs(at + (steady - heard) - wall) < sameTime);
      return agree.length > speak.length / 2;
    },
    listenAnew() {
      listeningSince = clock.steady();
    },
    async tick() {
      for (const row of await rows()) {
        await settle(row);
        const presence = presenceOf(row);
        if (presence.name === 'expected') continue;
        const event = { type: 'tick', quiet: quietFor(row.unit, presence.heardAt) } as const;
        if (canSave()) {
          if (machine.step(row.presence, event)[0] === row.presence) continue;
          const saved = await saveTick(row.unit, event).catch((error: unknown) => error);
          if (saved === undefined) continue;
          if (!isCannotSave(saved)) throw saved;
        }
        goOn(row, presence, event);
      }
    },
    onDesk: async (db) =>
      Promise.all((await allUnits(db)).map((row) => viewOf(row, () => readRest(db, row.unit, clock)))),
    async view(db, unit) {
      const row = await findUnit(db, unit);
      return row && viewOf(row, () => readRest(db, unit, clock));
    },
  };
}

/** An older unit says only that its disk is full. */
const whyNotKept = ({ cannotKeep, diskFull }: Vitals): CannotKeep | undefined =>
  cannotKeep ?? (diskFull ? 'disk-full' : undefined);

function view(row: UnitRow, { plan, room, waiting, proposed, halts }: RestOfView, at: Instant): UnitView {
  const isOlder = row.announced !== undefined && row.announced.halts === undefined;
  const standing = standingOf(halts, plan?.version);
  const halt = haltView(standing, { state: row.vitals?.halt, isOlder }, at);
  const refused = row.trouble.planRefused;
  const heardAt: Instant | undefined = row.presence.name === 'expected' ? undefined : row.presence.heardAt;
  return {
    unit: row.unit,
    client: row.client,
    ...(row.place !== undefined && { place: row.place }),
    ...(isTraining(row.organisation) && { training: true }),
    presence: row.presence.name,
    publicKey: row.publicKey,
    ...(heardAt !== undefined && { lastHeardAt: printInstant(heardAt) }),
    ...(row.vitals && { vitals: row.vitals }),
    ...(plan && { plan: { version: plan.version, taken: plan.taken } }),
    ...(row.vitals?.plan && {
      inForce: { ...row.vitals.plan, ...(refused?.version === plan?.version && refused && { refused: refused.why }) },
    }),
    ...(halt && { halt }),
    ...(row.trouble.doubled && { doubledSince: printInstant(row.trouble.doubled.since) }),
    ...((room || waiting || proposed) && {
      room: {
        inUse: room?.inUseSince !== undefined,
        ...(room && { version: room.letter.version }),
        ...(waiting && { waiting: waiting.letter.version }),
        ...(room?.refused && { refused: room.refused }),
        ...(proposed && { proposedAt: printInstant(proposed.receivedAt) }),
      },
    }),
  };
}

/** Whose silence it is, and whether it had said that its mains were gone. */
interface LastHeard {
  readonly unit: UnitId;
  readonly vitals?: { readonly power?: PowerState | undefined } | undefined;
}

const speaksNow = minutes(2);
const sameTime = minutes(5);

const unsavedName = (unit: UnitId): string => `${unit}, unsaved`;

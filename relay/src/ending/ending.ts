/**
 * What ends with a session or a unit's credential: its sockets at once, and the looks that nobody who opened them is there for. Checked
 * after each ending here, when another process has written, and once a second, for a session that runs out.
 */
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import { may } from '@nattfrid/shared/desk/permissions';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Alarms } from '../alarms/alarms.ts';
import type { Audit } from '../audit/audit.ts';
import type { BreakGlasses } from '../break-glass/break-glass.ts';
import type { Looks } from '../looks/looks.ts';
import type { Operators } from '../operators/operators.ts';
import type { ReachNow } from '../organisations/reach-now.ts';
import { alarmThing, lookThing } from '../organisations/things.ts';
import { isLive, type KnownLook, type Operator } from '../record/look.ts';
import type { Guest, Guests } from '../socket/guests.ts';
import { takenAlarms } from '../store/alarms-table.ts';
import type { Store } from '../store/database.ts';
import { fromMemory } from '../store/from-memory.ts';
import { looksInState } from '../store/looks-table.ts';
import { unitCredentials } from '../store/units-table.ts';
import type { Units } from '../units/units.ts';

export interface Ending {
  /** Puts out whoever is no longer signed in, and units whose credential is no longer theirs, before all that waits for a disk. */
  check(): Promise<void>;
}

export function openEnding(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly guests: Guests;
  readonly operators: Pick<Operators, 'sessions' | 'saw'>;
  readonly looks: Looks;
  readonly alarms: Pick<Alarms, 'letGo'>;
  readonly units: Pick<Units, 'speaking' | 'forget'>;
  readonly reach: ReachNow;
  readonly breakGlasses: Pick<BreakGlasses, 'answers'>;
  /** Nothing but the bell is told to it until somebody signs in there. */
  readonly isLocked: (session: string) => boolean;
  /** Ends a unit's connection to the broker. */
  readonly cut: (unit: UnitId) => void;
  /** Shows every console the desk anew: which units there are, and their keys, are no single change of it. */
  readonly tellDesk: () => Promise<void>;
}): Ending {
  const { store, clock, audit, guests, operators, looks, alarms, units, reach } = parts;
  const credentials = fromMemory(() => unitCredentials(store.db, clock.now()));
  let knownUnits: Credentials | undefined;
  const signedIn = fromMemory(operators.sessions);
  const taken = fromMemory(() => takenAlarms(store.db));
  const openLooks = fromMemory(async () => (await looksInState(store.db, ['asked', 'open'])).filter(isLive));
  /** Looks whose operator has lost the session that saw them, until that is saved: look > operators. */
  const unseen = new Map<LookId, Set<string>>();

  function putOut(sessions: ReadonlyMap<string, string>): void {
    const over = (session: string) => !sessions.has(session);
    const out = guests.putOut(
      (guest) => guest.type === 'session' && (over(guest.session) || (!guest.bell && parts.isLocked(guest.session))),
      closeCodes.sessionOver,
      'the session is over',
    );
    for (const guest of out)
      if (guest.type === 'session' && guest.look)
        unseen.set(guest.look, (unseen.get(guest.look) ?? new Set()).add(guest.operator));
  }

  /** Another session of the same person may go on seeing it. */
  function isThere(look: KnownLook, operator: string, present: ReadonlySet<string>): boolean {
    if (!present.has(operator)) return false;
    if (!unseen.get(look.facts.look)?.has(operator)) return true;
    return guests.all.some(
      (guest) => guest.type === 'session' && guest.look === look.facts.look && guest.operator === operator,
    );
  }

  /** The agreement by which somebody of another organisation looks may have been taken back. */
  function mayGoOn({ facts }: KnownLook, operator: string): boolean {
    const who = reach.person(operator);
    const whose = reach.unit(facts.unit);
    if (!who || whose === undefined) return true;
    return reach.may(who, 'look', { ...lookThing(whose, facts), heldBy: [operator] });
  }

  let holding: string | undefined;
  /**
   * Nobody is left waiting for somebody who may not answer: an agreement may be over, or what two people had opened, and whoever has been
   * there for an alarm may see none. Who goes there now is asked only where an agreement has ended.
   */
  async function checkHolders(): Promise<void> {
    const isSame = reach.holding === holding;
    const isFirst = holding === undefined;
    for (const alarm of await taken()) {
      const { unit, client, chain } = alarm.facts;
      const who = alarm.taken.id === undefined ? undefined : reach.person(alarm.taken.id);
      const organisation = reach.unit(unit);
      if (!who || organisation === undefined) continue;
      const isOther = organisation !== who.organisation;
      const isGoing = chain?.name === 'in-hand' && chain.doing !== 'taken';
      if (isGoing && (isSame || !isOther)) continue;
      const isAllowed = may(who.role, 'answer-alarms');
      if (isAllowed && reach.may(who, 'answer-alarms', alarmThing(organisation, { takenById: who.id }))) continue;
      if (parts.breakGlasses.answers(who.id, { client, organisation })) continue;
      await store.write(async (tx) => {
        if (!(await alarms.letGo(tx, alarm.facts.alarm, who.id))) return;
        await audit.append(tx, 'relay', 'alarm-let-go', alarm.facts.alarm, {
          why: isOther ? 'agreement-over' : 'break-glass-over',
          of: alarm.taken.by,
        });
      });
    }
    if (isSame) return;
    holding = reach.holding;
    if (!isFirst) await parts.tellDesk();
  }

  async function end(look: LookId, by: Operator, how: 'close' | 'leave', isOut: boolean): Promise<void> {
    const what = how === 'close' ? 'look-closed' : 'look-left';
    await store.write(async (tx) => {
      await audit.append(tx, 'relay', what, look, { why: isOut ? 'session-over' : 'agreement-over', of: by.name });
      await looks[how](tx, look, by);
    });
  }

  type Credentials = Awaited<ReturnType<typeof credentials>>;
  const isOver =
    (now: Credentials) =>
    (unit: UnitId, credential: string): boolean =>
      now.get(unit)?.credentials.has(credential) !== true;

  /** Nothing but two readings comes before it: no picture waits for the looks of others to be ended. */
  async function cut(): Promise<void> {
    putOut(await signedIn());
    const over = isOver(await credentials());
    const gone = (guest: Guest) => guest.type === 'unit' && over(guest.unit, guest.credential);
    guests.putOut(gone, closeCodes.sessionOver, 'this credential is over');
  }

  async function checkUnits(): Promise<void> {
    const now = await credentials();
    const over = isOver(now);
    const out = [...units.speaking].filter(([unit, credential]) => over(unit, credential)).map(([unit]) => unit);
    for (const unit of out) {
      parts.cut(unit);
      units.forget(unit);
    }
    const before = knownUnits;
    // One that has come and gone since the last check is known by its connection alone.
    const known = new Set([...(before?.keys() ?? (await plannedUnits())), ...out]);
    const removed = [...known].filter((unit) => !now.has(unit));
    for (const unit of removed) await store.write((tx) => looks.unitRemoved(tx, unit));
    const changed = [...now].filter(([unit, { publicKey }]) => before?.get(unit)?.publicKey !== publicKey);
    for (const unit of [...removed, ...changed.map(([unit]) => unit)]) if (before?.has(unit)) units.forget(unit);
    knownUnits = now;
    if (before && (removed.length > 0 || changed.length > 0)) await parts.tellDesk();
  }

  /** Those that something is due for, or open with: at the start one may have been taken out while nobody ran. */
  const plannedUnits = async () =>
    new Set((await looksInState(store.db, ['due', 'asked', 'open'])).map(({ facts }) => facts.unit));

  async function check(): Promise<void> {
    const sessions = await signedIn();
    // One may have ended since `cut` has looked: whoever saw by it is told that, and not that the look is over.
    putOut(sessions);
    const seenNoMore = new Map([...unseen].map(([look, operators]) => [look, new Set(operators)]));
    for (const guest of guests.all) if (guest.type === 'session') operators.saw(guest.session);
    await reach.refresh();
    await checkUnits();
    await checkHolders();
    const present = new Set(sessions.values());
    const open = await openLooks();
    for (const look of open) {
      const { operator, joined = [] } = look.opened;
      for (const one of joined) {
        const isOut = !isThere(look, one.id, present);
        if (isOut || !mayGoOn(look, one.id)) await end(look.facts.look, one, 'leave', isOut);
      }
      const isOut = !isThere(look, operator.id, present);
      if (isOut || !mayGoOn(look, operator.id)) await end(look.facts.look, operator, 'close', isOut);
    }
    for (const [look, operators] of seenNoMore) {
      const left = unseen.get(look)?.difference(operators) ?? new Set();
      if (left.size > 0) unseen.set(look, left);
      else unseen.delete(look);
    }
  }

  let last: Promise<void> = Promise.resolve();
  return {
    // One after the other: what has just been ended is seen by the check that its ending asks for.
    async check() {
      const before = last.catch(() => {});
      const first = cut();
      // Heard of below, in its turn.
      first.catch(() => {});
      last = before.then(() => first).then(check);
      return last;
    },
  };
}

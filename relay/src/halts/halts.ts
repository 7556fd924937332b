/**
 * Stops and pauses: kept, handed to the unit until it has them, and again when it comes back without them. A relay can only take away by
 * them; what ends a stop is a newer plan that the municipality has signed.
 */
import type { HaltView } from '@nattfrid/shared/desk/halt-view';
import type { HaltId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { days, seconds } from '@nattfrid/shared/time/duration';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Announce } from '@nattfrid/shared/wire/announce';
import { type HaltAnswer, type HaltLetter, longestPauseDays, type WhyStopped } from '@nattfrid/shared/wire/halt-letter';
import type { Vitals } from '@nattfrid/shared/wire/vitals';
import type { Audit } from '../audit/audit.ts';
import type { Orders } from '../order/order.ts';
import type { Db, Tx } from '../store/database.ts';
import { findHalt, type HaltRow, haltsOf, insertHalt, updateHalt } from '../store/halts-table.ts';
import { newestPlan } from '../store/plans-table.ts';
import { findUnit } from '../store/units-table.ts';
import { haltView, standingOf } from './halt-view.ts';

export interface Halts {
  /**
   * Stops it, and every plan that it has or has been sent, from now on until one of a higher version than `planVersion` comes. Written
   * in the audit log by whoever calls it. @returns the halt; the one that stands where it is the same
   */
  stop(
    tx: Tx,
    unit: UnitId,
    order: { readonly why: WhyStopped; readonly planVersion: number },
  ): Promise<{ readonly halt: HaltId; readonly planVersion: number }>;
  /** @returns a Fault `request-invalid` where it ends before it begins, is past, or is longer than 14 days */
  pause(
    tx: Tx,
    unit: UnitId,
    rest: { readonly from: Instant; readonly until: Instant },
  ): Promise<{ readonly halt: HaltId } | Fault>;
  /** Ends what pauses there are, those to come too. @returns how many */
  endPause(tx: Tx, unit: UnitId): Promise<number>;
  /** Undefined: nothing halts it, as far as is known. */
  of(db: Db, unit: UnitId): Promise<HaltView | undefined>;
  /** The unit has said which it has. Before it is handed a plan. */
  announced(tx: Tx, unit: UnitId, announced: Announce): Promise<void>;
  answered(tx: Tx, unit: UnitId, answer: HaltAnswer): Promise<void>;
  /** It has been heard of: what it has not answered for a while is said again, and what it says of itself is written down. @param known its vitals before these */
  heard(tx: Tx, unit: UnitId, vitals: Vitals, known: Vitals | undefined): Promise<void>;
}

/** An answer is there within a second; one that is not, because the unit's disk takes nothing, is asked for again. */
const again = seconds(20);

export function openHalts(parts: {
  readonly clock: Clock;
  readonly log: Logger;
  readonly orders: Orders;
  readonly audit: Pick<Audit, 'append'>;
  readonly newId: () => string;
  /** Tells the desk of the unit. */
  readonly changed: (tx: Tx, unit: UnitId) => void;
}): Halts {
  const { clock, orders, audit, changed } = parts;
  const log = parts.log.child('halts');
  const newHalt = () => parts.newId() as HaltId;

  /** In the order in which it was called, once all of this is on the disk. */
  async function hand(tx: Tx, row: Pick<HaltRow, 'unit' | 'halt'>, letter: HaltLetter): Promise<void> {
    await updateHalt(tx.db, row.halt, { handedAt: clock.now() });
    tx.after(() => void orders.give(row.unit, 'halt-letter', letter));
  }

  const standing = async (db: Db, unit: UnitId): Promise<readonly HaltRow[]> =>
    standingOf(await haltsOf(db, unit, clock.now()), (await newestPlan(db, unit))?.version);

  async function keep(tx: Tx, unit: UnitId, letter: HaltRow['letter']): Promise<void> {
    await insertHalt(tx.db, unit, letter, clock.now());
    tx.after(() => void orders.give(unit, 'halt-letter', letter));
    changed(tx, unit);
  }

  const isPause = ({ letter }: HaltRow) => letter.type === 'pause';
  const over = ({ halt, overAt }: HaltRow): HaltLetter => ({
    type: 'pause-over',
    halt,
    at: printInstant(overAt ?? clock.now()),
  });

  /** Pauses that are over sooner, and of which the unit may not know it. */
  const overSooner = async (db: Db, unit: UnitId) =>
    (await haltsOf(db, unit, clock.now())).filter(({ overAt }) => overAt !== undefined);

  const halts: Halts = {
    async stop(tx, unit, { why, planVersion: given }) {
      // A relay that has lost its memory still goes on from what the unit says that it has.
      const told = (await findUnit(tx.db, unit))?.announced?.plan?.version ?? 0;
      const planVersion = Math.max(given, told, (await newestPlan(tx.db, unit))?.version ?? 0);
      for (const { halt, letter } of await standing(tx.db, unit))
        if (letter.type === 'stop' && letter.planVersion === planVersion && letter.why === why)
          return { halt, planVersion };
      const halt = newHalt();
      await keep(tx, unit, { type: 'stop', halt, at: printInstant(clock.now()), planVersion, why });
      return { halt, planVersion };
    },
    async pause(tx, unit, { from, until }) {
      if (!(until > from) || until <= clock.now())
        return new Fault('request-invalid', 'A pause ends after it begins, and after now.');
      if (until - from > days(longestPauseDays))
        return new Fault('request-invalid', `A pause is at most ${longestPauseDays} days. End the plan for longer.`);
      const halt = newHalt();
      const times = { from: printInstant(from), until: printInstant(until) };
      await keep(tx, unit, { type: 'pause', halt, at: printInstant(clock.now()), ...times });
      return { halt };
    },
    async endPause(tx, unit) {
      const pauses = (await standing(tx.db, unit)).filter(isPause);
      for (const row of pauses) {
        await updateHalt(tx.db, row.halt, { overAt: clock.now() });
        await hand(tx, row, over({ ...row, overAt: clock.now() }));
      }
      changed(tx, unit);
      return pauses.length;
    },
    async of(db, unit) {
      const row = await findUnit(db, unit);
      const isOlder = row?.announced !== undefined && row.announced.halts === undefined;
      return haltView(await standing(db, unit), { state: row?.vitals?.halt, isOlder }, clock.now());
    },
    async announced(tx, unit, { halts: held }) {
      // It would not know the message.
      if (held === undefined) return;
      for (const row of await standing(tx.db, unit)) {
        if (!held.includes(row.halt)) await hand(tx, row, row.letter);
        else if (row.takenAt === undefined) await updateHalt(tx.db, row.halt, { takenAt: clock.now() });
      }
      for (const row of await overSooner(tx.db, unit)) {
        if (held.includes(row.halt)) await hand(tx, row, over(row));
        else await updateHalt(tx.db, row.halt, { overTakenAt: clock.now() });
      }
    },
    async answered(tx, unit, answer) {
      const row = await findHalt(tx.db, answer.halt);
      if (!row || row.unit !== unit) return;
      const what = answer.type === 'taken' ? 'halt-taken' : 'halt-refused';
      const details = answer.type === 'taken' ? { letter: answer.letter } : { why: answer.why };
      await audit.append(tx, `unit ${unit}`, what, unit, { halt: answer.halt, ...details });
      if (answer.type === 'taken') {
        const at = clock.now();
        await updateHalt(tx.db, row.halt, answer.letter === 'pause-over' ? { overTakenAt: at } : { takenAt: at });
      } else {
        log.warn('A unit refuses a halt', { unit, why: answer.why });
        await updateHalt(tx.db, row.halt, { refused: answer.why });
        // It has a plan that this relay has forgotten, and that was taken back as well.
        const newest = (await newestPlan(tx.db, unit))?.version ?? 0;
        const { letter } = row;
        if (letter.type === 'stop' && answer.why === 'newer-plan' && (answer.version ?? 0) > newest)
          await halts.stop(tx, unit, { why: letter.why, planVersion: answer.version ?? 0 });
      }
      changed(tx, unit);
    },
    async heard(tx, unit, { halt: now }, known) {
      const before = known?.halt;
      if (before?.why !== now?.why) {
        const { why = '', until } = now ?? before ?? {};
        const details = { why, ...(until && { until }) };
        await audit.append(tx, `unit ${unit}`, now ? 'unit-dark' : 'unit-dark-over', unit, details);
      }
      const said = await haltsOf(tx.db, unit, clock.now());
      // Of most units nothing was ever said.
      if (said.length === 0) return;
      const waits = clock.now() - again;
      const late = ({ handedAt }: HaltRow) => (handedAt ?? 0) < waits;
      for (const row of standingOf(said, (await newestPlan(tx.db, unit))?.version))
        if (row.takenAt === undefined && late(row)) await hand(tx, row, row.letter);
      for (const row of said)
        if (row.overAt !== undefined && row.overTakenAt === undefined && late(row)) await hand(tx, row, over(row));
    },
  };
  return halts;
}

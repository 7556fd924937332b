/** A home is stopped, paused, or goes on: its units are told, its looks end, in the transaction that saves it. */
import type { Halt } from '@nattfrid/shared/desk/client-view';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import type { Halts } from '../halts/halts.ts';
import type { Looks } from '../looks/looks.ts';
import { type HomeHalt, haltView, isHalted, type StopWhy } from '../record/home-halt.ts';
import type { Db, Tx } from '../store/database.ts';
import { deleteHomeHalt, homeHalt, homeHalts, saveHomeHalt } from '../store/home-halts-table.ts';
import { looksOfUnit } from '../store/looks-table.ts';
import { newestPlan } from '../store/plans-table.ts';
import { unitsOfClient } from '../store/units-table.ts';

/** Who does it, in the audit log and on the screens. */
export interface By {
  readonly name: string;
  readonly id?: string;
}

export interface Halted {
  readonly halt: Halt;
  readonly units: readonly UnitId[];
}

export interface HaltHome {
  /** Alarms of the home stay until a person closes them. */
  stop(tx: Tx, alias: ClientAlias, why: StopWhy, by: By): Promise<Halted>;
  pause(
    tx: Tx,
    alias: ClientAlias,
    times: { readonly from: Instant; readonly until: Instant },
    by: By,
  ): Promise<Halted | Fault>;
  endPause(tx: Tx, alias: ClientAlias, by: By): Promise<Fault | undefined>;
  /** A new plan has been signed: what was stopped may go on under it. */
  signedAnew(tx: Tx, alias: ClientAlias): Promise<void>;
  /** A pause that has begun ends what is open in its home. */
  tick(): Promise<void>;
}

export function openHaltHome(parts: {
  readonly clock: Clock;
  readonly audit: Audit;
  readonly looks: Pick<Looks, 'halted'>;
  readonly halts: Pick<Halts, 'stop' | 'pause' | 'endPause'>;
  readonly read: Db;
  readonly write: (deed: (tx: Tx) => Promise<void>) => Promise<void>;
}): HaltHome {
  const { clock, audit, looks, halts } = parts;
  const unitsOf = async (db: Db, alias: ClientAlias) => (await unitsOfClient(db, alias)).map(({ unit }) => unit);
  const viewed = (halt: HomeHalt): Halt => {
    const view = haltView(halt, clock.now());
    if (!view) throw new TypeError('a halt that is made is not over');
    return view;
  };
  const written = ({ name, id }: By) => [name, id ? { operator: id } : {}] as const;

  return {
    async stop(tx, alias, why, by) {
      const units = await unitsOf(tx.db, alias);
      const before = await homeHalt(tx.db, alias);
      const halt: HomeHalt =
        before?.type === 'stopped' ? before : { type: 'stopped', why, by: by.name, at: clock.now() };
      await saveHomeHalt(tx.db, alias, halt);
      const [who, details] = written(by);
      await audit.append(tx, who, 'supervision-stopped', alias, { why, units: units.join(' '), ...details });
      for (const unit of units) {
        const planVersion = (await newestPlan(tx.db, unit))?.version ?? 0;
        await halts.stop(tx, unit, { why, planVersion });
      }
      await looks.halted(tx, units, why === 'consent-withdrawn' ? why : 'plan-changed');
      return { halt: viewed(halt), units };
    },
    async pause(tx, alias, { from, until }, by) {
      const before = await homeHalt(tx.db, alias);
      if (before?.type === 'stopped') return new Fault('not-now', 'Supervision of this home is stopped already.');
      const units = await unitsOf(tx.db, alias);
      const halt: HomeHalt = { type: 'paused', by: by.name, at: clock.now(), from, until };
      await saveHomeHalt(tx.db, alias, halt);
      for (const unit of units) {
        const paused = await halts.pause(tx, unit, { from, until });
        if (paused instanceof Fault) return paused;
      }
      if (isHalted(halt, clock.now())) await looks.halted(tx, units, 'paused');
      return { halt: viewed(halt), units };
    },
    async endPause(tx, alias, by) {
      const halt = await homeHalt(tx.db, alias);
      if (halt?.type !== 'paused' || clock.now() >= halt.until)
        return new Fault('not-now', 'Supervision of this home is not paused.');
      const [who, details] = written(by);
      await audit.append(tx, who, 'pause-ended', alias, details);
      // What was paused until now was paused: who has to go there for that time still has to.
      if (halt.from < clock.now()) await saveHomeHalt(tx.db, alias, { ...halt, until: clock.now() });
      else await deleteHomeHalt(tx.db, alias);
      for (const unit of await unitsOf(tx.db, alias)) await halts.endPause(tx, unit);
      return undefined;
    },
    async signedAnew(tx, alias) {
      if ((await homeHalt(tx.db, alias))?.type === 'stopped') await deleteHomeHalt(tx.db, alias);
    },
    async tick() {
      for (const [alias, halt] of await homeHalts(parts.read)) {
        if (halt.type !== 'paused' || !isHalted(halt, clock.now())) continue;
        const units = await unitsOf(parts.read, alias);
        const open = await Promise.all(units.map((unit) => looksOfUnit(parts.read, unit, ['asked', 'open'])));
        if (open.flat().length > 0) await parts.write((tx) => looks.halted(tx, units, 'paused'));
      }
    },
  };
}

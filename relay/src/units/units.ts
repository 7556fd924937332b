/** Units: who they are, whether they are there, how they are; a silent one raises an alarm. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { AlarmId, ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Announce } from '@nattfrid/shared/wire/announce';
import type { Vitals } from '@nattfrid/shared/wire/vitals';
import type { Alarms } from '../alarms/alarms.ts';
import { type Listening, type PresenceEvent, presenceMachine } from '../record/presence.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { derivedId } from '../store/derived-id.ts';
import { newestPlan } from '../store/plans-table.ts';
import { findProposal, newestRoom } from '../store/rooms-table.ts';
import { allUnits, findToken, findUnit, type UnitRow, updateUnit } from '../store/units-table.ts';
import type { Hub } from '../tell/hub.ts';
import { tokenIsRight } from './token.ts';

export interface Units {
  /** Is this the unit that it says it is? */
  knows(unit: UnitId, token: string): Promise<boolean>;
  /** The alias of its client; undefined: no such unit. */
  client(db: Db, unit: UnitId): Promise<ClientAlias | undefined>;
  /** Anything it says shows that it is there. */
  heard(tx: Tx, unit: UnitId, said?: { readonly vitals?: Vitals; readonly announced?: Announce }): Promise<void>;
  gone(tx: Tx, unit: UnitId): Promise<void>;
  /** Tells the desk about a unit of which something else has changed. */
  changed(tx: Tx, unit: UnitId): void;
  /** Finds those that have fallen silent. */
  tick(): Promise<void>;
  onDesk(db: Db): Promise<readonly UnitView[]>;
}

export function openUnits(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly alarms: Alarms;
  readonly allowed: Listening;
}): Units {
  const { store, clock, hub, alarms } = parts;
  const machine = presenceMachine(parts.allowed);
  const listeningSince = clock.now();

  async function step(tx: Tx, row: UnitRow, event: PresenceEvent): Promise<UnitRow['presence']> {
    const [presence, effects] = machine.step(row.presence, event);
    for (const effect of effects) {
      const at = clock.now();
      const alarm = derivedId('unit-silent', row.unit, effect.since) as AlarmId;
      const silentForSeconds = Math.round((at - effect.since) / 1000);
      const evidence = { code: 'unit-silent', figures: { silentForSeconds }, models: [], attended: false };
      const phase = effect.type === 'raise' ? 'began' : 'ended';
      const report = { alarm, kind: 'unit-silent', phase, at: printInstant(at), evidence } as const;
      await alarms.report(tx, row.unit, row.client, report);
    }
    return presence;
  }

  const tell = async (unit: UnitId) => {
    const row = await findUnit(store.db, unit);
    if (row) hub.tell({ type: 'unit', unit: await view(store.db, row) });
  };
  // The desk hears of it a moment after the commit: reading must wait for the one connection.
  const changed = (tx: Tx, unit: UnitId) => tx.after(() => void tell(unit).catch(() => {}));

  return {
    knows: async (unit, token) => tokenIsRight(await findToken(store.db, unit), token),
    client: async (db, unit) => (await findUnit(db, unit))?.client,
    async heard(tx, unit, said = {}) {
      const row = await findUnit(tx.db, unit);
      if (!row) return;
      const presence = await step(tx, row, { type: 'heard', at: clock.now() });
      await updateUnit(tx.db, unit, { presence, ...said });
      if (presence.name !== row.presence.name || said.vitals || said.announced) changed(tx, unit);
    },
    async gone(tx, unit) {
      const row = await findUnit(tx.db, unit);
      if (!row) return;
      const presence = await step(tx, row, { type: 'gone' });
      if (presence === row.presence) return;
      await updateUnit(tx.db, unit, { presence });
      changed(tx, unit);
    },
    changed,
    async tick() {
      const event = { type: 'tick', at: clock.now(), listeningSince } as const;
      for (const { unit, presence } of await allUnits(store.db)) {
        if (machine.step(presence, event)[0] === presence) continue;
        await store.write(async (tx) => {
          const row = await findUnit(tx.db, unit);
          if (!row) return;
          await updateUnit(tx.db, unit, { presence: await step(tx, row, event) });
          changed(tx, unit);
        });
      }
    },
    onDesk: async (db) => Promise.all((await allUnits(db)).map((row) => view(db, row))),
  };
}

async function view(db: Db, row: UnitRow): Promise<UnitView> {
  const plan = await newestPlan(db, row.unit);
  const room = await newestRoom(db, row.unit);
  const proposed = await findProposal(db, row.unit);
  const heardAt: Instant | undefined = row.presence.name === 'expected' ? undefined : row.presence.heardAt;
  return {
    unit: row.unit,
    client: row.client,
    ...(row.place !== undefined && { place: row.place }),
    presence: row.presence.name,
    publicKey: row.publicKey,
    ...(heardAt !== undefined && { lastHeardAt: printInstant(heardAt) }),
    ...(row.vitals && { vitals: row.vitals }),
    ...(plan && { plan: { version: plan.version, taken: plan.taken } }),
    ...((room || proposed) && {
      room: {
        inUse: room?.inUseSince !== undefined,
        ...(room && { version: room.letter.version }),
        ...(proposed && { proposedAt: printInstant(proposed.receivedAt) }),
      },
    }),
  };
}

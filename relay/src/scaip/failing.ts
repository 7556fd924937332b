/** What people here are told of a receiver that does not answer, or takes an alarm not as it is: as an alarm of the home, and on every screen. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Alarms } from '../alarms/alarms.ts';
import { ownAlarm } from '../alarms/own-alarm.ts';
import type { Store, Tx } from '../store/database.ts';
import type { OutboxRow } from '../store/scaip-outbox-table.ts';
import { allReceivers, findReceiver, saveReceiver } from '../store/scaip-receivers-table.ts';
import { ownCodes } from './of-record.ts';

export interface Failing {
  /** An alarm that a receiver will not take as it is. */
  refused(tx: Tx, row: OutboxRow, status: number): Promise<void>;
  /** It has taken something: whatever was told of it is over. */
  taken(tx: Tx, receiver: string): Promise<void>;
  /**
   * Said once, until it takes something again: on every screen, and where it is an alarm that waits, as an alarm of its home.
   *
   * @param row undefined: a heartbeat, or what needs nobody, as that an alarm was closed here
   */
  nobodyTakes(receiver: string, row: OutboxRow | undefined, why: string): Promise<void>;
  /** The alarm by which the desk was told is over. */
  over(tx: Tx, alarm: string): Promise<void>;
  /** Tells every screen which do not answer. */
  told(): Promise<void>;
}

export function openFailing(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly alarms: Pick<Alarms, 'report'>;
  /** Which receivers do not answer, for every console. */
  readonly tellSilent: (
    silent: readonly { readonly name: string; readonly organisation: Organisation; readonly since: Instant }[],
  ) => void;
  readonly failed: (error: unknown) => void;
}): Failing {
  const { store, clock, alarms, failed } = parts;

  /** @returns the alarm by which the desk is told */
  async function raise(
    tx: Tx,
    { unit, client }: Pick<OutboxRow, 'unit' | 'client'>,
    code: string,
    fact: string,
    figures: Readonly<Record<string, number>> = {},
  ): Promise<string> {
    const report = ownAlarm({ name: code, unit, fact, code, phase: 'began', at: clock.now(), figures });
    await alarms.report(tx, unit, client as ClientAlias, report);
    return JSON.stringify({ unit, client, fact });
  }

  async function over(tx: Tx, alarm: string): Promise<void> {
    const { unit, client, fact } = JSON.parse(alarm) as { unit: UnitId; client: ClientAlias; fact: string };
    const code = ownCodes.silent;
    await alarms.report(tx, unit, client, ownAlarm({ name: code, unit, fact, code, phase: 'ended', at: clock.now() }));
  }

  async function taken(tx: Tx, receiver: string): Promise<void> {
    const known = await findReceiver(tx.db, receiver);
    if (!known) return;
    const { failing, ...rest } = known;
    await saveReceiver(tx.db, { ...rest, answeredAt: clock.now() });
    if (!failing) return;
    if (failing.alarm) await over(tx, failing.alarm);
    tx.after(() => void told().catch(failed));
  }

  const nobodyTakes = (receiver: string, row: OutboxRow | undefined, why: string) =>
    store.write(async (tx) => {
      const known = await findReceiver(tx.db, receiver);
      if (!known || (known.failing && (known.failing.alarm || !row))) return;
      const since = known.failing?.since ?? clock.now();
      const alarm = row && (await raise(tx, row, ownCodes.silent, `${receiver} ${since}`));
      await saveReceiver(tx.db, { ...known, failing: { since, why: why.slice(0, 200), ...(alarm && { alarm }) } });
      tx.after(() => void told().catch(failed));
    });

  async function told(): Promise<void> {
    const rows = await allReceivers(store.db);
    parts.tellSilent(
      rows.flatMap(({ settings: { name }, organisation, failing }) =>
        failing ? [{ name, organisation, since: failing.since }] : [],
      ),
    );
  }

  return {
    refused: async (tx, row, status) => void (await raise(tx, row, ownCodes.refused, row.ref, { status })),
    taken,
    nobodyTakes,
    over,
    told,
  };
}

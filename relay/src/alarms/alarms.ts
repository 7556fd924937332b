/** Alarms: load, step, save and what follows in one transaction; told once that is on the disk. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { AlarmReport } from '@nattfrid/shared/domain/alarm';
import type { AlarmId, ClientAlias, LookId, UnitId, VisitId } from '@nattfrid/shared/domain/ids';
import type { Verdict } from '@nattfrid/shared/domain/look';
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type AlarmEvent, alarmMachine, type Patience } from '../record/alarm.ts';
import { alarmsOnDesk, findAlarm, raisedAlarms, saveAlarm } from '../store/alarms-table.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import type { Hub } from '../tell/hub.ts';
import type { Visits } from '../visits/visits.ts';
import { alarmView } from './view.ts';

export interface Alarms {
  report(tx: Tx, unit: UnitId, client: ClientAlias, report: Omit<AlarmReport, 'camera'>): Promise<AlarmView | Fault>;
  take(tx: Tx, alarm: AlarmId, by: string): Promise<AlarmView | Fault>;
  close(tx: Tx, alarm: AlarmId, by: string, verdict: Verdict): Promise<AlarmView | Fault>;
  looked(tx: Tx, alarm: AlarmId, look: LookId): Promise<AlarmView | Fault>;
  visitMade(tx: Tx, alarm: AlarmId, visit: VisitId): Promise<AlarmView | Fault>;
  /** Makes louder what nobody has taken. */
  tick(): Promise<void>;
  onDesk(db: Db, since: Instant): Promise<readonly AlarmView[]>;
}

export function openAlarms(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly visits: Visits;
  readonly patience: Patience;
}): Alarms {
  const { store, clock, hub, visits } = parts;
  const machine = alarmMachine(parts.patience);

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
        }
      }
    }
    if (next.name === 'none') throw new TypeError('an alarm cannot be unmade');
    const alarm = alarmView(next);
    if (next !== before) {
      await saveAlarm(tx.db, next);
      tx.after(() => hub.tell({ type: 'alarm', alarm }));
    }
    return alarm;
  }

  return {
    report: (tx, unit, client, report) =>
      step(tx, report.alarm, { type: 'reported', unit, client, report, at: clock.now() }),
    take: (tx, alarm, by) => step(tx, alarm, { type: 'taken', by, at: clock.now() }),
    close: (tx, alarm, by, verdict) => step(tx, alarm, { type: 'closed', by, verdict, at: clock.now() }),
    looked: (tx, alarm, look) => step(tx, alarm, { type: 'looked', look }),
    visitMade: (tx, alarm, visit) => step(tx, alarm, { type: 'visit-made', visit }),
    async tick() {
      const at = clock.now();
      for (const alarm of await raisedAlarms(store.db)) {
        // A look at what would change first: a transaction each second for nothing wears out a disk.
        const [next] = machine.step(alarm, { type: 'tick', at });
        if (next === alarm) continue;
        await store.write((tx) => step(tx, alarm.facts.alarm, { type: 'tick', at }));
      }
    },
    onDesk: async (db, since) => (await alarmsOnDesk(db, since)).map(alarmView),
  };
}

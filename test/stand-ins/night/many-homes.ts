/** Many homes in a relay's database at once, each as a unit leaves it that is there: a night of hundreds is made in a moment. */
import { randomUUID } from 'node:crypto';
import type { AlarmKind } from '@nattfrid/shared/domain/alarm';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Vitals } from '@nattfrid/shared/wire/vitals';
import { openDisk } from '../../support/disk.ts';
import { wellVitals } from './well-vitals.ts';

export interface ManyHome {
  readonly unit: string;
  readonly client: string;
  readonly place?: string;
  /** How it is, where it is not well. */
  readonly vitals?: Partial<Vitals>;
  /** ms since it was heard of last; absent: it is there. */
  readonly silentFor?: number;
  /** When its looks may be opened, in ms from now. */
  readonly looks?: readonly { readonly from: number; readonly until: number; readonly done?: boolean }[];
}

export interface ManyAlarm {
  readonly unit: string;
  readonly client: string;
  readonly kind: AlarmKind;
  /** ms since it came. */
  readonly ago: number;
  readonly closed?: boolean;
}

const well = (now: number): Vitals => ({
  ...wellVitals,
  power: 'mains',
  plan: { version: 1, state: 'in-force', endsAt: printInstant((now + 200 * 86_400_000) as never) },
});

/**
 * @param database of a relay that is open: it reads what stands there, and whose each is when a unit is added after this
 * @param homes each is registered with the token of the unit `like`, which the relay has added before
 */
export function fillHomes(
  database: string,
  now: number,
  like: string,
  homes: readonly ManyHome[],
  alarms: readonly ManyAlarm[] = [],
): void {
  using db = openDisk(database, { timeout: 10_000 });
  const model = db.prepare('select * from units where unit = ?').get(like) as Record<string, string | number | null>;
  const names = Object.keys(model);
  const marks = names.map(() => '?').join();
  const addUnit = db.prepare(`insert or replace into units (${names.join()}) values (${marks})`);
  const addLook = db.prepare(
    'insert into looks (look, unit, state, alarm, due_from, due_until, done_at, beside, body) values (?, ?, ?, null, ?, ?, ?, null, ?)',
  );
  const addAlarm = db.prepare(
    'insert into alarms (alarm, unit, received_at, state, closed_at, body) values (?, ?, ?, ?, ?, ?)',
  );
  const addWhose = db.prepare('insert or replace into unit_organisations (unit, organisation) values (?, ?)');
  const { organisation } = db.prepare('select organisation from unit_organisations where unit = ?').get(like) as {
    organisation: string;
  };
  db.exec('begin immediate');
  for (const { unit, client, place, vitals, silentFor, looks = [] } of homes) {
    const row: Record<string, string | number | null> = {
      ...model,
      ...{ unit, client, place: place ?? null },
      presence: silentFor === undefined ? 'here' : 'silent',
      heard_at: now - (silentFor ?? 0),
      vitals: JSON.stringify({ ...well(now), ...vitals }),
    };
    addUnit.run(...names.map((name) => row[name] ?? null));
    addWhose.run(unit, organisation);
    for (const { from, until, done } of looks) {
      const [dueFrom, dueUntil, look] = [now + from, now + until, randomUUID()];
      const facts = {
        ...{ look, unit, client, reason: { type: 'window', window: 'natt' }, origin: 'plan', attempt: 1 },
        ...{ dueFrom, dueUntil, closes: dueUntil, retryAfter: 300_000 },
      };
      const opened = { operator: { id: 'bo', name: 'Bo Ek' }, at: dueFrom };
      const body = done
        ? { name: 'done', facts, opened, verdict: { verdict: 'all-well', by: 'Bo Ek' }, doneAt: now - 60_000 }
        : { name: 'due', facts };
      addLook.run(look, unit, body.name, dueFrom, dueUntil, done ? now - 60_000 : null, JSON.stringify(body));
    }
  }
  for (const { unit, client, kind, ago, closed } of alarms) {
    const [alarm, at] = [randomUUID(), now - ago];
    const evidence = { code: 'lying-on-floor', figures: { lyingForSeconds: 40 }, models: ['pose'], attended: false };
    const facts = { alarm, kind, unit, client, at: printInstant(at as never), receivedAt: at, evidence };
    const by = { by: 'Bo Ek', id: 'bo', at: at + 60_000 };
    const body = closed
      ? { name: 'closed', facts, taken: by, closed: { ...by, at: at + 300_000 }, verdict: 'all-well' }
      : { name: 'raised', facts, loud: 'told' };
    addAlarm.run(alarm, unit, at, body.name, closed ? at + 300_000 : null, JSON.stringify(body));
  }
  db.exec('commit');
}

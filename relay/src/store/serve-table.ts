/** The only SQL about how units are by their own word, what was asked of them, and test alarms. */
import type { Check } from '@nattfrid/shared/domain/check';
import { Check as CheckSchema } from '@nattfrid/shared/domain/check';
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import { SomeServiceAnswer } from '@nattfrid/shared/wire/service-call';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export interface KeptCheck {
  readonly unit: UnitId;
  readonly check: Check;
  readonly at: Instant;
  readonly since: Instant;
  readonly owner?: { readonly id: string; readonly name: string; readonly at: Instant };
}

export interface KeptCall {
  readonly unit: UnitId;
  readonly type: string;
  readonly call: string;
  readonly at: Instant;
  readonly by: string;
  readonly answer?: SomeServiceAnswer;
  readonly answeredAt?: Instant;
}

export interface TestAlarm {
  readonly alarm: AlarmId;
  readonly unit: UnitId;
  /** By which it was asked for. */
  readonly call: string;
  readonly raisedAt: Instant;
  readonly taken?: { readonly at: Instant; readonly by: string; readonly id: string };
}

const readCheck = (row: Tables['unit_checks']): readonly KeptCheck[] => {
  const figures = row.figures === null ? {} : { figures: JSON.parse(row.figures) as unknown };
  const check = CheckSchema.safeParse({ name: row.name, state: row.state, code: row.code, ...figures });
  if (!check.success) return [];
  const owner =
    row.owner === null
      ? {}
      : { owner: { id: row.owner, name: row.owner_name ?? '', at: (row.owned_at ?? 0) as Instant } };
  return [
    { unit: row.unit as UnitId, check: check.data, at: row.at as Instant, since: row.since as Instant, ...owner },
  ];
};

export const checksOf = async (db: Db, unit: UnitId): Promise<readonly KeptCheck[]> =>
  (await db.selectFrom('unit_checks').selectAll().where('unit', '=', unit).execute()).flatMap(readCheck);

/** Of all units: what is not as it should be, the oldest first. */
export const faultsNow = async (db: Db): Promise<readonly KeptCheck[]> =>
  (
    await db.selectFrom('unit_checks').selectAll().where('state', 'in', ['fault', 'advice']).orderBy('since').execute()
  ).flatMap(readCheck);

export async function saveCheck(db: Db, { unit, check, at, since, owner }: KeptCheck): Promise<void> {
  const changing = {
    state: check.state,
    code: check.code,
    figures: check.figures ? JSON.stringify(check.figures) : null,
    at,
    since,
    owner: owner?.id ?? null,
    owner_name: owner?.name ?? null,
    owned_at: owner?.at ?? null,
  };
  await db
    .insertInto('unit_checks')
    .values({ unit, name: check.name, ...changing })
    .onConflict((conflict) => conflict.columns(['unit', 'name']).doUpdateSet(changing))
    .execute();
}

export async function sealingOf(db: Db, unit: UnitId): Promise<{ sealingKey?: string; sealingProof?: string }> {
  const row = await db.selectFrom('unit_sealing').selectAll().where('unit', '=', unit).executeTakeFirst();
  return row?.sealing_key && row.sealing_proof ? { sealingKey: row.sealing_key, sealingProof: row.sealing_proof } : {};
}

export async function saveSealing(db: Db, unit: UnitId, sealingKey: string, sealingProof: string): Promise<void> {
  const changing = { sealing_key: sealingKey, sealing_proof: sealingProof };
  await db
    .insertInto('unit_sealing')
    .values({ unit, ...changing })
    .onConflict((conflict) => conflict.column('unit').doUpdateSet(changing))
    .execute();
}

const readCall = (row: Tables['unit_calls']): KeptCall => {
  const answer = row.answer === null ? undefined : SomeServiceAnswer.safeParse(JSON.parse(row.answer)).data;
  return {
    ...{ unit: row.unit as UnitId, type: row.type, call: row.call, at: row.at as Instant, by: row.by_whom },
    ...(answer && { answer }),
    ...(row.answered_at !== null && { answeredAt: row.answered_at as Instant }),
  };
};

/** The last of each kind, newest first. */
export const callsOf = async (db: Db, unit: UnitId): Promise<readonly KeptCall[]> =>
  (await db.selectFrom('unit_calls').selectAll().where('unit', '=', unit).orderBy('at', 'desc').execute()).map(
    readCall,
  );

/** In the place of the one before of its kind, with what had come of that. */
export async function saveCall(
  db: Db,
  { unit, type, call, at, by }: Omit<KeptCall, 'answer' | 'answeredAt'>,
): Promise<void> {
  const changing = { call, at, by_whom: by, answer: null, answered_at: null };
  await db
    .insertInto('unit_calls')
    .values({ unit, type, ...changing })
    .onConflict((conflict) => conflict.columns(['unit', 'type']).doUpdateSet(changing))
    .execute();
}

/** Of the last call of its kind; what answers an older one is left out. */
export async function saveAnswer(
  db: Db,
  unit: UnitId,
  answer: SomeServiceAnswer & { readonly call: string },
  at: Instant,
): Promise<void> {
  await db
    .updateTable('unit_calls')
    .set({ answer: JSON.stringify(answer), answered_at: at })
    .where('unit', '=', unit)
    .where('call', '=', answer.call)
    .execute();
}

const readTest = (row: Tables['test_alarms']): TestAlarm => ({
  ...{ alarm: row.alarm as AlarmId, unit: row.unit as UnitId, call: row.call, raisedAt: row.raised_at as Instant },
  ...(row.taken_at !== null && {
    taken: { at: row.taken_at as Instant, by: row.taken_by ?? '', id: row.taken_by_id ?? '' },
  }),
});

export async function saveTest(db: Db, { alarm, unit, call, raisedAt, taken }: TestAlarm): Promise<void> {
  const changing = { taken_at: taken?.at ?? null, taken_by: taken?.by ?? null, taken_by_id: taken?.id ?? null };
  await db
    .insertInto('test_alarms')
    .values({ alarm, unit, call, raised_at: raisedAt, ...changing })
    .onConflict((conflict) => conflict.column('alarm').doUpdateSet(changing))
    .execute();
}

export async function findTest(db: Db, alarm: AlarmId): Promise<TestAlarm | undefined> {
  const row = await db.selectFrom('test_alarms').selectAll().where('alarm', '=', alarm).executeTakeFirst();
  return row && readTest(row);
}

/** Raised since then, newest first. */
export const testsSince = async (db: Db, since: Instant): Promise<readonly TestAlarm[]> =>
  (
    await db
      .selectFrom('test_alarms')
      .selectAll()
      .where('raised_at', '>=', since)
      .orderBy('raised_at', 'desc')
      .limit(50)
      .execute()
  ).map(readTest);

/** Of a unit that has left its home, or has been exchanged. */
export async function forgetServed(db: Db, unit: UnitId): Promise<void> {
  for (const table of ['unit_checks', 'unit_sealing', 'unit_calls', 'test_alarms'] as const)
    await db.deleteFrom(table).where('unit', '=', unit).execute();
}

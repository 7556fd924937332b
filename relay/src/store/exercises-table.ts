/** The only SQL about exercises that people have done in training. */
import type { ExerciseRun } from '@nattfrid/shared/desk/exercise-routes';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

/** The newest first. @param person of this one alone; undefined: of everybody in the organisation */
export async function exerciseRuns(
  db: Db,
  organisation: Organisation,
  person: string | undefined,
): Promise<readonly ExerciseRun[]> {
  const all = db.selectFrom('exercises').select('body').where('organisation', '=', organisation);
  const meant = person === undefined ? all : all.where('operator', '=', person);
  const rows = await meant.orderBy('begun_at', 'desc').limit(500).execute();
  return rows.map(({ body }) => JSON.parse(body) as ExerciseRun);
}

export async function findExerciseRun(db: Db, person: string, run: string): Promise<ExerciseRun | undefined> {
  const row = await db
    .selectFrom('exercises')
    .select('body')
    .where('operator', '=', person)
    .where('run', '=', run)
    .executeTakeFirst();
  return row && (JSON.parse(row.body) as ExerciseRun);
}

export async function saveExerciseRun(db: Db, organisation: Organisation, one: ExerciseRun): Promise<void> {
  const { run, person, begunAt } = one;
  const body = JSON.stringify(one);
  await db
    .insertInto('exercises')
    .values({ run, organisation, operator: person, begun_at: Date.parse(begunAt), body })
    .onConflict((conflict) => conflict.column('run').doUpdateSet({ body }))
    .execute();
}

/** Those that were begun before then. @returns how many */
export async function forgetExercises(db: Db, before: Instant): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('exercises').where('begun_at', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
}

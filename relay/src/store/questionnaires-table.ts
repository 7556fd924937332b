/** The only SQL about questionnaires. Who has filled one in is not kept. */
import { randomUUID } from 'node:crypto';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import { QuestionnaireAnswer } from '@nattfrid/shared/desk/questionnaire';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

export async function saveAnswer(
  db: Db,
  organisation: Organisation,
  answer: QuestionnaireAnswer,
  at: Instant,
): Promise<void> {
  await db
    .insertInto('questionnaires')
    .values({ answer: randomUUID(), organisation, at, body: JSON.stringify(answer) })
    .execute();
}

export async function answersBetween(
  db: Db,
  organisation: Organisation,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<readonly QuestionnaireAnswer[]> {
  const rows = await db
    .selectFrom('questionnaires')
    .select('body')
    .where('organisation', '=', organisation)
    .where('at', '>=', from)
    .where('at', '<', until)
    .execute();
  return rows.map(({ body }) => QuestionnaireAnswer.parse(JSON.parse(body)));
}

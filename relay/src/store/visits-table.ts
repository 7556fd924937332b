/** The only SQL about visits. */
import type { ClientAlias, VisitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Visit } from '../record/visit.ts';
import type { Db } from './database.ts';

type KnownVisit = Exclude<Visit, { name: 'none' }>;
const read = ({ body }: { readonly body: string }): KnownVisit => JSON.parse(body) as KnownVisit;

export async function findVisit(db: Db, visit: VisitId): Promise<KnownVisit | undefined> {
  const row = await db.selectFrom('visits').select('body').where('visit', '=', visit).executeTakeFirst();
  return row && read(row);
}

export async function saveVisit(db: Db, visit: KnownVisit): Promise<void> {
  const changing = {
    state: visit.name,
    done_at: visit.name === 'done' ? visit.doneAt : null,
    body: JSON.stringify(visit),
  };
  const { visit: id, unit, neededAt } = visit.facts;
  await db
    .insertInto('visits')
    .values({ visit: id, unit, needed_at: neededAt, ...changing })
    .onConflict((conflict) => conflict.column('visit').doUpdateSet(changing))
    .execute();
}

/** The visit that is to be made to this home, if there is one. */
export async function openVisitTo(db: Db, client: ClientAlias): Promise<KnownVisit | undefined> {
  const rows = await db.selectFrom('visits').select('body').where('state', '!=', 'done').orderBy('needed_at').execute();
  return rows.map(read).find(({ facts }) => facts.client === client);
}

/** All that are not done, and those done since. */
export async function visitsOnDesk(db: Db, since: Instant): Promise<readonly KnownVisit[]> {
  const rows = await db
    .selectFrom('visits')
    .select('body')
    .where((or) => or.or([or('state', '!=', 'done'), or('done_at', '>=', since)]))
    .orderBy('needed_at')
    .execute();
  return rows.map(read);
}

/** Those that somebody has yet to end, the oldest first. */
export async function openVisits(db: Db): Promise<readonly KnownVisit[]> {
  const rows = await db.selectFrom('visits').select('body').where('state', '!=', 'done').orderBy('needed_at').execute();
  return rows.map(read);
}

/** The only SQL about teams and about to whom alarms are told. */
import type { ActionCard } from '@nattfrid/shared/care/action-card';
import type { TeamView } from '@nattfrid/shared/desk/night-view';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { TeamId } from '@nattfrid/shared/domain/ids';
import type { Db } from './database.ts';

const read = ({ body }: { readonly body: string }): TeamView => JSON.parse(body) as TeamView;

/** Desks before cars, each by name. */
export async function allTeams(db: Db): Promise<readonly TeamView[]> {
  const rows = await db.selectFrom('teams').select('body').execute();
  return rows
    .map(read)
    .sort((a, b) => b.kind.localeCompare(a.kind) || a.name.localeCompare(b.name, 'sv') || a.team.localeCompare(b.team));
}

/** By their ids. */
export async function teamsOf(db: Db, organisation: Organisation): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('teams').select('team').where('organisation', '=', organisation).execute();
  return new Set(rows.map(({ team }) => team));
}

export async function findTeam(db: Db, team: TeamId): Promise<TeamView | undefined> {
  const row = await db.selectFrom('teams').select('body').where('team', '=', team).executeTakeFirst();
  return row && read(row);
}

export async function saveTeam(db: Db, team: TeamView): Promise<void> {
  const body = JSON.stringify(team);
  await db
    .insertInto('teams')
    .values({ team: team.team, organisation: team.organisation, body })
    .onConflict((conflict) => conflict.column('team').doUpdateSet({ body }))
    .execute();
}

export async function deleteTeam(db: Db, team: TeamId): Promise<void> {
  await db.deleteFrom('teams').where('team', '=', team).execute();
}

export async function findLine(db: Db, organisation: Organisation): Promise<ActionCard | undefined> {
  const row = await db.selectFrom('lines').select('body').where('organisation', '=', organisation).executeTakeFirst();
  return row && (JSON.parse(row.body) as ActionCard);
}

export async function saveLine(db: Db, organisation: Organisation, line: ActionCard): Promise<void> {
  const body = JSON.stringify(line);
  await db
    .insertInto('lines')
    .values({ organisation, body })
    .onConflict((conflict) => conflict.column('organisation').doUpdateSet({ body }))
    .execute();
}

/** Pure. Numbered steps of the schema; never edited after release, only followed by the next. */
import { type Kysely, type Migration, sql } from 'kysely';
import { organisations } from './migrations/0013-organisations.ts';
import { care } from './migrations/0014-care.ts';
import { teams } from './migrations/0016-teams.ts';
import { fallbackCalls } from './migrations/0017-fallback-calls.ts';
import { scaip } from './migrations/0018-scaip.ts';
import { push } from './migrations/0019-push.ts';
import { connections } from './migrations/0020-connections.ts';
import { agreements } from './migrations/0021-agreements.ts';
import { signIn } from './migrations/0022-sign-in.ts';
import { halts } from './migrations/0023-halts.ts';
import { municipalityKeys } from './migrations/0024-municipality-keys.ts';
import { followUp } from './migrations/0025-follow-up.ts';
import { contacts } from './migrations/0026-contacts.ts';
import { stock } from './migrations/0027-stock.ts';
import { secondFactors } from './migrations/0030-second-factors.ts';
import { monthsAndTraining } from './migrations/0031-months-and-training.ts';
import { reservedLooks } from './migrations/0032-reserved-looks.ts';
import { lastDone } from './migrations/0033-last-done.ts';
import { breakGlass } from './migrations/0034-break-glass.ts';
import { computers } from './migrations/0035-computers.ts';
import { unitCertificates } from './migrations/0036-unit-certificates.ts';
import { workOrders } from './migrations/0037-work-orders.ts';
import { labels } from './migrations/0038-labels.ts';
import { serve } from './migrations/0040-serve.ts';
import { rollouts } from './migrations/0041-rollouts.ts';
import { installations } from './migrations/0045-installations.ts';
import { unitHours } from './migrations/0052-unit-hours.ts';
import {
  body,
  bound,
  drop,
  key,
  letter,
  maybeNumber,
  maybeText,
  number,
  outlines,
  short,
  type Table,
  text,
} from './migrations/columns.ts';
import { onPostgres, wordsOf } from './words/words-of.ts';

async function nouns(db: Kysely<unknown>): Promise<void> {
  let table: Table = key(db.schema.createTable('units') as Table, 'unit');
  for (const name of ['client', 'public_key', 'token_salt', 'token_hash', 'presence']) table = text(table, name);
  table = maybeText(maybeText(maybeNumber(table, 'heard_at'), 'vitals', body), 'announced', body);
  await number(table, 'added_at').execute();

  table = number(text(db.schema.createTable('plans') as Table, 'unit'), 'version');
  table = text(text(text(text(table, 'plan'), 'municipality'), 'body', letter), 'signature');
  table = maybeNumber(number(table, 'received_at'), 'taken_at');
  await table.addPrimaryKeyConstraint('plans_key', ['unit', 'version']).execute();

  await number(text(text(key(db.schema.createTable('received') as Table, 'id'), 'unit'), 'name'), 'at').execute();
  await db.schema.createIndex('received_at').on('received').column('at').execute();

  table = text(text(key(db.schema.createTable('alarms') as Table, 'alarm'), 'unit'), 'state');
  await text(maybeNumber(number(table, 'received_at'), 'closed_at'), 'body', body).execute();
  await db.schema.createIndex('alarms_state').on('alarms').column('state').execute();

  table = maybeText(text(text(key(db.schema.createTable('looks') as Table, 'look'), 'unit'), 'state'), 'alarm');
  table = maybeNumber(number(number(table, 'due_from'), 'due_until'), 'done_at');
  await text(table, 'body', body).execute();
  await db.schema.createIndex('looks_state').on('looks').column('state').execute();

  table = text(text(key(db.schema.createTable('visits') as Table, 'visit'), 'unit'), 'state');
  await text(maybeNumber(number(table, 'needed_at'), 'done_at'), 'body', body).execute();
  await db.schema.createIndex('visits_state').on('visits').column('state').execute();

  table = (db.schema.createTable('audit') as Table).addColumn('number', 'bigint', (column) =>
    column.primaryKey().notNull(),
  );
  for (const name of ['at', 'who', 'what', 'subject']) table = text(table, name);
  await text(text(table, 'details', body), 'hash').execute();
}

/** Outlines of a room: figures, and far too few for a picture. */
async function rooms(db: Kysely<unknown>): Promise<void> {
  let table = number(text(db.schema.createTable('rooms') as Table, 'unit'), 'version');
  table = maybeText(maybeNumber(text(text(table, 'body', outlines), 'who'), 'in_use_since'), 'refused');
  await table.addPrimaryKeyConstraint('rooms_key', ['unit', 'version']).execute();
  table = text(key(db.schema.createTable('room_proposals') as Table, 'unit'), 'body', outlines);
  await number(table, 'received_at').execute();
}

/** Several units in one home: where each looks, and which look leads those that were opened with it. */
async function homes(db: Kysely<unknown>): Promise<void> {
  const add = (table: string, name: string) =>
    db.schema
      .alterTable(table)
      .addColumn(name, 'text', (column) => column.check(bound(name, short)))
      .execute();
  await add('units', 'place');
  await add('looks', 'beside');
  await db.schema.createIndex('looks_beside').on('looks').column('beside').execute();
}

async function oneUnitEach(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('looks_beside').execute();
  await db.schema.alterTable('looks').dropColumn('beside').execute();
  await db.schema.alterTable('units').dropColumn('place').execute();
}

/** Staff and their sessions, as the sign-in library wants them; none of it ever comes from a unit. */
async function staff(db: Kysely<unknown>): Promise<void> {
  const table = (name: string) => key(db.schema.createTable(name) as Table, 'id');
  let operators = text(text(text(table('operators'), 'name'), 'email'), 'role');
  operators = text(text(number(operators, 'emailVerified'), 'createdAt'), 'updatedAt');
  // The library insists on a column for a portrait: this one takes nothing.
  operators = operators.addColumn('image', 'text', (column) => column.check(sql`${sql.ref('image')} is null`));
  await operators
    .addUniqueConstraint('operators_email', ['email'])
    .addUniqueConstraint('operators_name', ['name'])
    .execute();

  let sessions = text(text(text(table('sessions'), 'userId'), 'token'), 'expiresAt');
  sessions = maybeText(maybeText(text(text(sessions, 'createdAt'), 'updatedAt'), 'ipAddress'), 'userAgent', 1000);
  await sessions.addUniqueConstraint('sessions_token', ['token']).execute();
  await db.schema.createIndex('sessions_user').on('sessions').column('userId').execute();

  let accounts = text(text(text(table('accounts'), 'userId'), 'accountId'), 'providerId');
  for (const name of ['accessToken', 'refreshToken', 'idToken']) accounts = maybeText(accounts, name, body);
  for (const name of ['accessTokenExpiresAt', 'refreshTokenExpiresAt', 'scope']) accounts = maybeText(accounts, name);
  await text(text(maybeText(accounts, 'password', 1000), 'createdAt'), 'updatedAt').execute();
  await db.schema.createIndex('accounts_user').on('accounts').column('userId').execute();

  let verifications = text(text(text(table('verifications'), 'identifier'), 'value', 1000), 'expiresAt');
  verifications = text(text(verifications, 'createdAt'), 'updatedAt');
  await verifications.execute();
}

/** One row. `pulse` is written to find out whether anything can be; `sure_time` is the time by which something may be erased. */
const oneMoment =
  (name: string) =>
  async (db: Kysely<unknown>): Promise<void> => {
    const table = (db.schema.createTable(name) as Table).addColumn('slot', 'bigint', (column) =>
      column.primaryKey().notNull(),
    );
    await number(table, 'at').execute();
  };

/** Whose unit it is, where several municipalities share a relay: known from its newest plan. */
async function municipality(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('units')
    .addColumn('municipality', 'text', (column) => column.check(bound('municipality', short)))
    .execute();
  await sql`update units set municipality = (
    select municipality from plans where plans.unit = units.unit order by version desc limit 1
  )`.execute(db);
}

/** Alarms of a flood, each behind the card of another. */
async function held(db: Kysely<unknown>): Promise<void> {
  const table = text(text(key(db.schema.createTable('held_alarms') as Table, 'alarm'), 'unit'), 'into_alarm');
  await text(number(table, 'received_at'), 'body', body).execute();
}

/** What only the relay can tell of a unit, as JSON. */
async function trouble(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('units')
    .addColumn('trouble', 'text', (column) => column.check(bound('trouble', body)))
    .execute();
}

/** Each operator's consoles, and what a colleague has signed of them. */
async function consoles(db: Kysely<unknown>): Promise<void> {
  let table = text(text(db.schema.createTable('consoles') as Table, 'operator'), 'key');
  table = text(maybeText(text(text(table, 'alias'), 'who'), 'label'), 'state');
  table = number(number(number(table, 'asks'), 'first_seen_at'), 'last_seen_at');
  table = maybeText(maybeText(table, 'by_whom'), 'doubted_by');
  table = maybeText(text(table, 'confirmations', outlines), 'withdrawal', body);
  await table.addPrimaryKeyConstraint('consoles_key', ['operator', 'key']).execute();
}

/** A room that changes much waits until a second person has said yes to it. */
async function secondPerson(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('rooms').addColumn('waiting', 'bigint').execute();
  await db.schema
    .alterTable('rooms')
    .addColumn('second', 'text', (column) => column.check(bound('second', short)))
    .execute();
}

/** Two people may have one name, and a session says when it was heard of last. SQLite drops a constraint with its table only. */
async function people(db: Kysely<unknown>): Promise<void> {
  if (onPostgres(db)) await db.schema.alterTable('operators').dropConstraint('operators_name').execute();
  else await rebuildOperators(db, []);
  await db.schema.alterTable('sessions').addColumn('seenAt', 'bigint').execute();
}

async function nobodyAlike(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('sessions').dropColumn('seenAt').execute();
  if (onPostgres(db)) await db.schema.alterTable('operators').addUniqueConstraint('operators_name', ['name']).execute();
  else await rebuildOperators(db, ['name']);
}

/** Goes on where a power cut has left it: at each step either the old table is whole, or the new one is. */
async function rebuildOperators(db: Kysely<unknown>, unique: readonly 'name'[]): Promise<void> {
  if (await wordsOf(db).hasTable(db, 'operators')) {
    await db.schema.dropTable('operators_new').ifExists().execute();
    let table = key(db.schema.createTable('operators_new') as Table, 'id');
    table = text(text(text(table, 'name'), 'email'), 'role');
    table = text(text(number(table, 'emailVerified'), 'createdAt'), 'updatedAt');
    table = table.addColumn('image', 'text', (column) => column.check(sql`${sql.ref('image')} is null`));
    table = table.addUniqueConstraint('operators_email', ['email']);
    for (const column of unique) table = table.addUniqueConstraint(`operators_${column}`, [column]);
    await table.execute();
    const columns = sql.raw('"id", "name", "email", "role", "emailVerified", "createdAt", "updatedAt", "image"');
    await sql`insert into operators_new (${columns}) select ${columns} from operators`.execute(db);
    await db.schema.dropTable('operators').execute();
  }
  await db.schema.alterTable('operators_new').renameTo('operators').execute();
}

export const migrations: Record<string, Migration> = {
  '0001-nouns': { up: nouns, down: drop('audit', 'visits', 'looks', 'alarms', 'received', 'plans', 'units') },
  '0002-staff': { up: staff, down: drop('verifications', 'accounts', 'sessions', 'operators') },
  '0003-rooms': { up: rooms, down: drop('room_proposals', 'rooms') },
  '0004-homes': { up: homes, down: oneUnitEach },
  '0005-pulse': { up: oneMoment('pulse'), down: drop('pulse') },
  '0006-municipality': {
    up: municipality,
    down: async (db) => void (await db.schema.alterTable('units').dropColumn('municipality').execute()),
  },
  '0007-held-alarms': { up: held, down: drop('held_alarms') },
  '0008-trouble': { up: trouble, down: (db) => db.schema.alterTable('units').dropColumn('trouble').execute() },
  '0009-consoles': { up: consoles, down: drop('consoles') },
  '0010-room-second-person': {
    up: secondPerson,
    async down(db) {
      for (const column of ['second', 'waiting']) await db.schema.alterTable('rooms').dropColumn(column).execute();
    },
  },
  '0011-people': { up: people, down: nobodyAlike },
  '0012-sure-time': { up: oneMoment('sure_time'), down: drop('sure_time') },
  '0013-organisations': organisations,
  '0025-follow-up': followUp,
  '0026-contacts': contacts,
  '0027-stock': stock,
  '0032-reserved-looks': reservedLooks,
  '0033-last-done': lastDone,
  '0034-break-glass': breakGlass,
  '0035-computers': computers,
  '0036-unit-certificates': unitCertificates,
  '0037-work-orders': workOrders,
  '0038-labels': labels,
  '0045-installations': installations,
  '0052-unit-hours': unitHours,
  '0014-care': care,
  '0023-halts': halts,
  '0016-teams': teams,
  '0017-fallback-calls': fallbackCalls,
  '0018-scaip': scaip,
  '0019-push': push,
  '0020-connections': connections,
  '0024-municipality-keys': municipalityKeys,
  '0021-agreements': agreements,
  '0022-sign-in': signIn,
  '0030-second-factors': secondFactors,
  '0031-months-and-training': monthsAndTraining,
  '0040-serve': serve,
  '0041-rollouts': rollouts,
};

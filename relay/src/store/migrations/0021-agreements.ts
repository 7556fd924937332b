/** Pure. Agreements between organisations, and whose each line of the audit log is. */
import { type Migration, sql } from 'kysely';
import { drop, key, made, maybeNumber, maybeText, number, text } from './columns.ts';

export const agreements: Migration = {
  async up(db) {
    let table = text(text(text(key(made(db, 'agreements'), 'agreement'), 'municipality'), 'operator'), 'what');
    table = maybeText(maybeText(table, 'hours_from'), 'hours_to');
    await maybeNumber(maybeNumber(number(table, 'valid_from'), 'valid_until'), 'ended_at').execute();

    // Beside the log: its chain stays as it is.
    table = text(number(made(db, 'audit_organisations'), 'number'), 'organisation');
    await table.addPrimaryKeyConstraint('audit_organisations_key', ['number', 'organisation']).execute();
    await sql`insert into audit_organisations (number, organisation) select number, 'own' from audit`.execute(db);

    // A unit that is taken out leaves alarms behind, which are still its organisation's.
    await text(key(made(db, 'unit_organisations'), 'unit'), 'organisation').execute();
    await sql`insert into unit_organisations (unit, organisation) select unit, coalesce(organisation, 'own') from units`.execute(
      db,
    );
    for (const table of ['alarms', 'looks', 'visits'])
      await sql`insert into unit_organisations (unit, organisation)
        select distinct unit, 'own' from ${sql.table(table)} where true on conflict do nothing`.execute(db);
  },
  down: drop('unit_organisations', 'audit_organisations', 'agreements'),
};

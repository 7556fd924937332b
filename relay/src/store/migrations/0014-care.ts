/** Pure. Clients with their decisions, consents and plans. Whatever says who somebody is stands in sealed columns alone. */
import type { Migration } from 'kysely';
import { body, drop, key, letter, made, maybeNumber, maybeText, number, text } from './columns.ts';

export const care: Migration = {
  async up(db) {
    let clients = text(text(text(key(made(db, 'clients'), 'client'), 'alias'), 'organisation'), 'state');
    clients = maybeNumber(number(maybeText(clients, 'personal', body), 'added_at'), 'ended_at');
    clients = maybeNumber(maybeText(clients, 'ended_why', body), 'erased_at');
    await clients.addUniqueConstraint('clients_alias', ['alias']).execute();

    let decisions = text(text(text(key(made(db, 'decisions'), 'decision'), 'client'), 'reference'), 'from_day');
    decisions = maybeText(maybeText(decisions, 'until_day'), 'body', body);
    await number(text(decisions, 'recorded_by'), 'recorded_at').execute();

    let consents = text(text(key(made(db, 'consents'), 'consent'), 'client'), 'what');
    consents = maybeText(consents, 'body', body);
    await number(text(consents, 'recorded_by'), 'recorded_at').execute();

    let withdrawn = key(made(db, 'consents_withdrawn'), 'consent');
    withdrawn = maybeText(number(withdrawn, 'at'), 'body', body);
    await withdrawn.execute();

    let plans = text(key(made(db, 'care_plans'), 'care_plan'), 'client');
    plans = text(number(plans, 'edition'), 'state');
    plans = text(text(plans, 'from_day'), 'until_day');
    plans = text(maybeText(plans, 'body', letter), 'record', body);
    await plans.addUniqueConstraint('care_plans_edition', ['client', 'edition']).execute();

    let halts = text(text(text(key(made(db, 'home_halts'), 'alias'), 'type'), 'why'), 'by_whom');
    halts = number(halts, 'at');
    await maybeNumber(maybeNumber(halts, 'from_at'), 'until_at').execute();

    await number(text(text(key(made(db, 'physical_visits'), 'id'), 'alias'), 'visit'), 'at').execute();
    for (const table of ['decisions', 'consents', 'care_plans'])
      await db.schema.createIndex(`${table}_client`).on(table).column('client').execute();
  },
  down: drop('physical_visits', 'home_halts', 'care_plans', 'consents_withdrawn', 'consents', 'decisions', 'clients'),
};

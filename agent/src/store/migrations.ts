/** Pure. Ordered steps of the unit's database, never edited after release. No table of it can hold a picture. */
export const migrations: readonly (readonly string[])[] = [
  [
    `create table outbox (
       number integer primary key autoincrement,
       id text not null unique,
       name text not null,
       priority integer not null,
       body text not null,
       made_at integer not null
     )`,
    'create table alarms (id text primary key, kind text not null, began_at integer not null, ended_at integer)',
    'create table plan (slot integer primary key check (slot = 1), body text not null, signature text not null)',
    `create table access (
       number integer primary key autoincrement,
       at integer not null,
       what text not null,
       subject text not null,
       who text not null,
       previous text not null,
       hash text not null
     )`,
    'create table keys (name text primary key, value text not null)',
  ],
  [
    'create table room (slot integer primary key check (slot = 1), body text not null, since integer not null)',
    'create table landmarks (slot integer primary key check (slot = 1), body text not null)',
  ],
  ['create table consoles (operator text primary key, key text not null, since integer not null)'],
  [
    // The hash of the last line of the access log that was forgotten: the chain goes on from there.
    'create table access_start (slot integer primary key check (slot = 1), hash text not null, number integer not null)',
  ],
  [
    'alter table consoles rename to first_consoles',
    `create table consoles (
       operator text not null,
       key text not null,
       since integer not null,
       how text not null check (how in ('first-sight', 'confirmed', 'withdrawn')),
       signer text,
       vouched integer not null default 0,
       until integer,
       withdrawn_at integer,
       primary key (operator, key)
     )`,
    `insert into consoles (operator, key, since, how) select operator, key, since, 'first-sight' from first_consoles`,
    'drop table first_consoles',
    'create table confirmations (number integer primary key, body text not null)',
  ],
  ['alter table room add column base text'],
  // Begins later than the one in force.
  ['create table next_plan (slot integer primary key check (slot = 1), body text not null, signature text not null)'],
  // The time by which something may be erased.
  ['create table sure_time (slot integer primary key check (slot = 1), at integer not null)'],
  [
    'create table halts (name text primary key, body text not null)',
    // What would have been alarms, had the plan not asked for them to be counted only.
    'create table shadow_events (id text primary key, kind text not null, began_at integer not null)',
  ],
  [
    // Which key took the place of which of the municipality's; and who has signed a plan for it.
    'create table successors (old text primary key, body text not null)',
    'alter table plan add column signer text',
    'alter table next_plan add column signer text',
  ],
  [
    // What it was paired with, and its certificate; how often a short code was tried; settings that were made on the spot.
    'create table pairing (slot integer primary key check (slot = 1), body text not null)',
    'create table code_tries (slot integer primary key check (slot = 1), boot text not null, tries integer not null, in_all integer not null)',
    'create table kept_settings (name text primary key, value text not null)',
  ],
];

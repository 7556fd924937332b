/**
 * What the pages that look back cost with a long audit log: as they read it before (all lines grouped, all accesses of all checks), and as
 * they do now (what is kept beside the log, one page of one check), in one run on one database.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAudit } from '@nattfrid/relay/audit/audit';
import { firstSteps } from '@nattfrid/relay/follow-up/first-steps';
import { newestOf } from '@nattfrid/relay/store/audit-table';
import { type Db, openStore, type Store } from '@nattfrid/relay/store/database';
import { accessesOf, logChecksOf, saveAccesses, saveLogCheck } from '@nattfrid/relay/store/follow-up-table';
import { stepWhats } from '@nattfrid/shared/desk/first-steps';
import { firstOrganisation } from '@nattfrid/shared/desk/organisation';
import { systemClock } from '@nattfrid/shared/time/clock';
import { sql } from 'kysely';

const people = 120;
const checks = 100;
const accessesEach = 300;
const rounds = 9;
const whats = [...new Set<string>(Object.values(stepWhats).flat())];

/** @param lines of the audit log */
export async function benchLogSize(lines: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-log-'));
  try {
    await using store = await openStore(join(folder, 'relay.sqlite'));
    await fill(store, lines);
    const { db } = store;
    const names = Array.from({ length: people }, (_, person) => `person-${person}`);
    console.log(`${lines} lines of ${people} people; ${checks} checks of the log with ${accessesEach} accesses each`);
    const before = await median(() => groupedLog(db));
    const after = await median(() => newestOf(db, names, whats));
    told('who has done what, of all lines', before, 'of what is kept', after);
    const same =
      JSON.stringify([...(await groupedLog(db))].toSorted()) ===
      JSON.stringify([...(await newestOf(db, names, whats))].toSorted());
    console.log(same ? '  both say the same' : '  THEY SAY OTHER THINGS');
    console.log(
      `  the page of first steps as a whole: ${(await median(() => firstSteps(db, firstOrganisation))).toFixed(2)} ms`,
    );
    const whole = await median(() => checksWhole(db));
    const paged = await median(async () => {
      const [newest] = await logChecksOf(db, firstOrganisation);
      return accessesOf(db, newest?.check ?? '', 0, 101);
    });
    told('all checks with all accesses', whole, 'the checks, and a hundred accesses of the newest', paged);
    const audit = openAudit(store, systemClock);
    const began = performance.now();
    for (let line = 0; line < 300; line++) await audit.write('Anna', 'look-opened', 'look', { operator: 'person-1' });
    console.log(`  a line more in the log, on the disk: ${((performance.now() - began) / 300).toFixed(2)} ms`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function told(was: string, before: number, is: string, after: number): void {
  console.log(
    `  ${was}: ${before.toFixed(1)} ms; ${is}: ${after.toFixed(2)} ms; ${(before / after).toFixed(0)} times as fast`,
  );
}

async function median(run: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await run();
    taken.push(performance.now() - began);
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

/** As it was read: every line, each time. */
async function groupedLog(db: Db): Promise<ReadonlyMap<string, string>> {
  const operator = sql<string | null>`json_extract(details, '$.operator')`;
  const rows = await db
    .selectFrom('audit')
    .select(({ fn }) => [operator.as('operator'), 'what', fn.max('at').as('at')])
    .where('what', 'in', whats)
    .groupBy([operator, 'what'])
    .execute();
  return new Map(rows.flatMap(({ operator: who, what, at }) => (who === null ? [] : [[`${who} ${what}`, at]])));
}

/** As it was read: every access of every check, for a page that unfolds one of them. */
async function checksWhole(db: Db): Promise<number> {
  let accesses = 0;
  for (const { check } of await logChecksOf(db, firstOrganisation)) {
    const query = db.selectFrom('log_check_accesses').select('body').where('check_id', '=', check).orderBy('line');
    for (const { body } of await query.execute()) accesses += JSON.parse(body) ? 1 : 0;
  }
  return accesses;
}

async function fill(store: Store, lines: number): Promise<void> {
  const began = Date.parse('2026-01-01T00:00:00.000Z');
  const at = (number: number) => new Date(began + number * 60_000).toISOString();
  await store.write(async ({ db }) => {
    for (let person = 0; person < people; person++)
      await sql`insert into operators (id, name, email, role, "emailVerified", "createdAt", "updatedAt")
        values (${`person-${person}`}, ${`Person ${person}`}, ${`p${person}@testby.se`}, 'operator', 1, ${at(0)}, ${at(0)})`.execute(
        db,
      );
    for (let first = 1; first <= lines; first += 100) {
      const some = Array.from({ length: Math.min(100, lines - first + 1) }, (_, place) => lineOf(first + place, at));
      await db.insertInto('audit').values(some).execute();
    }
    await sql`insert into last_done (operator, what, at)
      select json_extract(details, '$.operator'), what, max(at) from audit group by 1, 2`.execute(db);
    for (let check = 0; check < checks; check++) {
      const id = `00000000-0000-4000-8000-${String(check).padStart(12, '0')}`;
      const counts = { accesses: 6000, found: accessesEach, left: accessesEach };
      const made = { check: id, from: '2026-01-01', until: '2026-02-01', madeAt: at(check), madeBy: 'Rut' };
      await saveLogCheck(db, firstOrganisation, { ...made, ...counts });
      await saveAccesses(
        db,
        id,
        Array.from({ length: accessesEach }, (_, line) => ({
          access: `line ${line}`,
          line: line + 1,
          who: 'Anna',
          what: 'look-opened',
          at: at(line),
          oddities: ['outside-shift' as const],
          checked: 'not-yet' as const,
        })),
      );
    }
  });
}

const lineOf = (number: number, at: (number: number) => string) => ({
  number,
  at: at(number),
  who: `Person ${number % people}`,
  what: whats[number % whats.length] ?? 'look-opened',
  subject: `subject-${number}`,
  details: JSON.stringify({ operator: `person-${number % people}`, unit: 'unit-1' }),
  hash: 'h'.repeat(64),
});

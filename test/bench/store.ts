/** How many deeds a second each engine of the store saves, each on the disk before the next: SQLite, PostgreSQL, and two nodes on one PostgreSQL. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAudit } from '@nattfrid/relay/audit/audit';
import { openStore, type Store } from '@nattfrid/relay/store/database';
import { systemClock } from '@nattfrid/shared/time/clock';
import { openPostgres, postgresMissing } from '@nattfrid/stand-ins/postgres/postgres';

/** People and units that wait for an answer at once. */
const clients = 8;

/** @param seconds for each */
export async function benchStore(seconds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-bench-store-'));
  try {
    console.log(
      `${clients} at once, ${seconds} s each; the floor is the disk: ${fsyncs(folder, 1).toFixed(0)} fdatasync a second`,
    );
    console.log(
      '                             deed a second    p50 ms    p99 ms     with a line of the log    p50 ms    p99 ms',
    );
    {
      await using store = await openStore(join(folder, 'relay.sqlite'));
      await told('SQLite', [store], seconds);
    }
    const missing = postgresMissing();
    if (missing) return console.log(`PostgreSQL was not measured: ${missing}.`);
    await using postgres = await openPostgres({ fsync: true });
    postgres.createDatabase('bench');
    await using one = await openStore(postgres.address('bench'));
    await told('PostgreSQL, by its socket', [one], seconds);
    await using far = await openStore(postgres.address('bench', 'tcp'));
    await told('PostgreSQL, by TCP', [far], seconds);
    await told('PostgreSQL, two nodes', [one, far], seconds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function told(name: string, stores: readonly Store[], seconds: number): Promise<void> {
  let number = 0;
  const mark = (store: Store) =>
    store.write(({ db }) =>
      db
        .insertInto('received')
        .values({ id: `${name} ${number++}`, unit: 'unit-1', name: 'vitals', at: 1 })
        .execute(),
    );
  const audits = new Map(stores.map((store) => [store, openAudit(store, systemClock)]));
  const line = (store: Store) => audits.get(store)!.write('Anna', 'look-opened', 'look', { operator: 'person-1' });
  console.log(
    `${name.padEnd(28)} ${(await rate(stores, mark, seconds)).padEnd(37)}    ${await rate(stores, line, seconds)}`,
  );
}

async function rate(
  stores: readonly Store[],
  deed: (store: Store) => Promise<unknown>,
  seconds: number,
): Promise<string> {
  const took: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < until) {
        const at = performance.now();
        await deed(stores[client % stores.length]!);
        took.push(performance.now() - at);
      }
    }),
  );
  const many = (took.length / (performance.now() - began)) * 1000;
  took.sort((one, other) => one - other);
  const [half, most] = [took[Math.floor(took.length / 2)] ?? 0, took[Math.floor(took.length * 0.99)] ?? 0];
  return `${many.toFixed(0).padStart(13)} ${half.toFixed(2).padStart(9)} ${most.toFixed(2).padStart(9)}`;
}

/** Of a page each, one after the other. */
function fsyncs(folder: string, seconds: number): number {
  const file = openSync(join(folder, 'floor'), 'w');
  const page = Buffer.alloc(4096, 1);
  const began = performance.now();
  let many = 0;
  for (; performance.now() < began + seconds * 1000; many++) {
    writeSync(file, page);
    fdatasyncSync(file);
  }
  closeSync(file);
  return (many / (performance.now() - began)) * 1000;
}

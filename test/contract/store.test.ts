/** The store's contract, on a file of SQLite and on a real PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { newPostgresDatabase, postgresMissing } from '../support/test-database.ts';
import { storeContract } from './store.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'nattfrid-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
storeContract({ name: 'SQLite', make: async () => join(folder, `${files++}.sqlite`), manyNodes: false });

const why = postgresMissing();
if (why) console.log(`SKIPPED: the store on PostgreSQL is not tried: ${why}.`);
else storeContract({ name: 'PostgreSQL', make: () => newPostgresDatabase(), manyNodes: true });

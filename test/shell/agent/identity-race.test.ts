/** A unit has one identity, however many programs ask for it at its first start: one makes it, the others take it over. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openDatabase } from '@nattfrid/agent/store/database';
import { unitIdentity } from '@nattfrid/agent/store/identity';
import { databaseFile } from '@nattfrid/agent/store/unit-key';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { afterEach, beforeEach, expect, it } from 'vitest';

const agent = fileURLToPath(new URL('../../../agent/src/main.ts', import.meta.url));
let data = '';
beforeEach(() => {
  data = join(mkdtempSync(join(tmpdir(), 'nattfrid-identity-')), 'unit');
});
afterEach(() => rmSync(join(data, '..'), { recursive: true, force: true }));

it('is the same over two connections that find none at the same moment', async () => {
  const file = databaseFile(data);
  using one = openDatabase(file);
  using other = openDatabase(file);
  const both = await Promise.all([unitIdentity(one), unitIdentity(other)]);
  const [first, second] = both.map(({ unit, secret, code, key }) => [unit, secret, code, toBase64Url(key.publicKey)]);
  expect(second).toEqual(first);
  using later = openDatabase(file);
  expect((await unitIdentity(later)).unit).toBe(both[0].unit);
});

it('is the same on each label that is printed beside a first start', { timeout: 60_000 }, async () => {
  const config = join(data, '..', 'unit.json');
  writeFileSync(config, JSON.stringify({ relay: 'https://relay.example', data }));
  const words = ['label', '--json', '--config', config];
  const print = () => promisify(execFile)(process.execPath, [agent, ...words]);
  const labels = (await Promise.all([print(), print(), print(), print()])).map(({ stdout }) => stdout.trim());
  expect(new Set(labels).size).toBe(1);
  expect(JSON.parse(labels[0] ?? '')).toMatchObject({ unit: expect.stringMatching(/^e-/) });
});

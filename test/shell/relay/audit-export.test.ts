/** 200 000 lines of the audit log on a real relay: whoever reads, checks and takes them away keeps no alarm waiting. */
import { randomUUID } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { chainStart, hashLine } from '@nattfrid/relay/audit/chain';
import { auditCsv } from '@nattfrid/relay/audit/csv';
import { openStore, openToRead } from '@nattfrid/relay/store/database';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDisk } from '../../support/disk.ts';
import { type Person, password, signIn } from '../../support/person.ts';
import { openRelayProcess, type RelayProcess } from '../../support/relay-process.ts';
import { aFall } from '../../support/relay-samples.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

const many = 200_000;
let relay: RelayProcess;
let url: string;
let coordinator: Person;
let operator: Person;
let unit: SpeakingUnit;
let before: number;
beforeAll(async () => {
  relay = openRelayProcess();
  const made = await makeSignKey();
  const key = toBase64Url(made.publicKey);
  const { out } = await relay.command(['add-unit', 'unit-1', 'Björken 3', '--public-key', key]);
  await relay.command(['add-operator', 'bo@testby.se', 'Bo', 'operator'], `${password}\n`);
  await relay.command(['add-operator', 'karin@testby.se', 'Karin', 'coordinator'], `${password}\n`);
  await (await openStore(relay.database))[Symbol.asyncDispose]();
  before = fill(relay.database);
  url = await relay.start();
  coordinator = await signIn({ url }, 'karin@testby.se');
  operator = await signIn({ url }, 'bo@testby.se');
  unit = await connectUnit({ url, mqttPort: undefined }, { unit: 'unit-1' as never, token: out.trim() });
});
afterAll(async () => {
  await unit?.[Symbol.asyncDispose]();
  await relay[Symbol.asyncDispose]();
});

/** @returns how many lines there are now */
function fill(database: string): number {
  using disk = openDisk(database);
  const last = disk.prepare('select number, hash from audit order by number desc limit 1').get();
  let hash = String(last?.['hash'] ?? chainStart);
  const first = Number(last?.['number'] ?? 0) + 1;
  const insert = disk.prepare(
    'insert into audit (number, at, who, what, subject, details, hash) values (?,?,?,?,?,?,?)',
  );
  disk.exec('begin');
  for (let number = first; number < first + many; number++) {
    const at = '2026-11-21T21:00:00.000Z';
    hash = hashLine(hash, { number, at, who: 'Anna', what: 'audit-read', subject: 'audit', details: {} });
    insert.run(number, at, 'Anna', 'audit-read', 'audit', '{}', hash);
  }
  disk.exec('commit');
  return first + many - 1;
}

const alarm = () => unit.say('alarm-report', aFall(randomUUID() as never));
const exported = () =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/api/audit.csv`, { headers: { cookie: coordinator.cookie } }, resolve).on('error', reject);
  });

describe('an alarm is acknowledged and taken', () => {
  it('while the log is checked and read', async () => {
    const reading = coordinator.call('audit').then((answer) => ['read', answer.whole]);
    const first = await Promise.race([reading, alarm().then(() => 'alarm')]);
    expect(first).toBe('alarm');
    expect(await reading).toEqual(['read', true]);
  });

  it('while the log is taken away: as much of it is made as is read', async () => {
    const answer = await exported();
    answer.setEncoding('utf8');
    const pieces = answer[Symbol.asyncIterator]() as AsyncIterator<string>;
    let text = (await pieces.next()).value as string;
    // Whoever reads no further waits, and nobody waits for them.
    const fall = aFall(randomUUID() as never);
    await unit.say('alarm-report', fall);
    expect(await operator.call('takeAlarm', { alarm: fall.alarm })).toMatchObject({ state: 'taken' });
    for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) text += piece.value;
    const rows = text.split('\r\n');
    expect(rows[0]).toBe('number,at,who,what,subject,details,hash');
    // Its own line is among them, and what came later is not.
    const after = rows.findIndex((row) => row.includes('alarm-taken'));
    expect([rows.length > before, after]).toEqual([true, -1]);
    expect(rows.filter((row) => row.includes('"Anna","audit-read"'))).toHaveLength(many);
  });
});

it('is given in small pieces, between which everything else has its turn', async () => {
  const db = openToRead(relay.database);
  let turns = 0;
  let reading = true;
  const other = () => {
    turns++;
    if (reading) setImmediate(other);
  };
  setImmediate(other);
  let [pieces, longest] = [0, 0];
  for await (const piece of auditCsv(db, {})) {
    pieces++;
    longest = Math.max(longest, piece.split('\r\n').length - 1);
  }
  reading = false;
  await db.destroy();
  expect(longest).toBeLessThanOrEqual(500);
  expect(turns).toBeGreaterThanOrEqual(pieces - 1);
});

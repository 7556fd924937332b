/** The bench's own program, real units and a real relay on loopback: labels come from units that have no door. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handOverLabel, mostHandings } from '@nattfrid/agent/pairing/hand-over-label';
import { labelOf } from '@nattfrid/agent/pairing/label-command';
import { wipeUnit } from '@nattfrid/agent/pairing/wipe';
import { accessTable } from '@nattfrid/agent/store/access-table';
import { openDatabase } from '@nattfrid/agent/store/database';
import { unitIdentity, unitName } from '@nattfrid/agent/store/identity';
import { type Paired, pairingTable } from '@nattfrid/agent/store/pairing-table';
import { databaseFile } from '@nattfrid/agent/store/unit-key';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { makeBenchKey } from '@nattfrid/shared/seal/bench-key';
import { sealLabel } from '@nattfrid/shared/seal/bench-label';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type BenchAddress, type BenchLetter, benchPath, longestBenchLetter } from '@nattfrid/shared/wire/bench';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import decodeQR from 'qr/decode.js';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BenchFolder, openBenchFolder, readBenchAddress } from '../../../image/bench/bench-folder.ts';
import { type Door, openDoor } from '../../../image/bench/open-door.ts';
import { runBench } from '../../../image/bench/run-bench.ts';
import { type Taken, takeLetter } from '../../../image/bench/take-letter.ts';
import { startProgram } from '../../stand-ins/home/program.ts';
import { openPairingSite, pairByLabel } from '../../support/pairing-site.ts';

const flash = fileURLToPath(new URL('../../../scripts/flash.ts', import.meta.url));
const freshUnit = fileURLToPath(new URL('../../support/fresh-unit.ts', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nattfrid-bench-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('two units hand their labels over: the relay has them in stock, and one is paired by what is printed (A3.13)', async () => {
  await using place = await openPairingSite();
  const admin = await place.site.person('Anna', 'administrator');
  const { secret: apiKey } = await admin.call('addApiKey', {}, { name: 'Bänken', scopes: ['write:stock'], days: 30 });
  const keyFile = join(folder, 'api-key');
  writeFileSync(keyFile, apiKey);
  const { url } = place.site.relay;
  const out = join(folder, 'bench');
  // Of a batch before, whose labels are forgotten, and of which no relay could be told.
  const { unit: before, publicKey } = await labelled('before');
  mkdirSync(out);
  writeFileSync(join(out, 'stock.json'), JSON.stringify([{ unit: before, publicKey, doorHash: 'h'.repeat(43) }]));
  const said: string[] = [];
  const nobody = { relay: 'http://127.0.0.1:9', apiKey, location: 'Bänken' };
  const alone = { out, listen: { address: '127.0.0.1', port: 0 }, relay: undefined, stock: nobody, count: 0 };
  const line = (words: string) => void said.push(words);
  expect(await runBench({ ...alone, language: 'sv' }, line, new AbortController().signal)).toBe(1);
  expect(said).toContainEqual(expect.stringContaining('not sent, kept and tried again: no relay answers'));

  const told = ['--relay', url, '--api-key-file', keyFile];
  await using bench = startProgram(
    flash,
    ['bench', '--out', out, '--listen', '127.0.0.1:0', ...told, '--count', '2'],
    {},
  );
  await vi.waitFor(() => expect(bench.lines.join('\n')).toMatch(/0 of 2 labels\. Listens on/), {
    timeout: 20_000,
    interval: 50,
  });
  const address = orThrow(readBenchAddress(out));
  const unit = (name: string) => {
    const data = join(folder, name);
    mkdirSync(data);
    writeFileSync(`${data}.json`, JSON.stringify({ relay: url, data, bench: address }));
    return startProgram(freshUnit, ['--config', `${data}.json`], {});
  };
  await using one = unit('one');
  await using other = unit('other');
  await Promise.all([one, other].map((each) => each.said('The bench has the label')));
  expect(await bench.ended).toBe(0);
  expect(bench.lines.join('\n')).toMatch(
    /1 of 2 labels: e-[\s\S]*2 of 2 labels: e-[\s\S]*the relay has 3 of 3 in stock/,
  );

  const labels = await Promise.all(['one', 'other'].map((name) => labelOf(join(folder, name), url)));
  expect(bench.lines.join('\n')).toMatch(/to be printed at 100 %: .*sheet\.(pdf|html)/);
  const stock = readFileSync(join(out, 'stock.json'), 'utf8');
  const ofStock = labels.map(({ unit: name, publicKey, doorHash }) => ({ unit: name, publicKey, doorHash }));
  expect(JSON.parse(stock)).toEqual(expect.arrayContaining(ofStock));
  const sheet = readFileSync(join(out, 'sheet.html'), 'utf8');
  for (const label of labels) {
    expect(sheet).toContain(`${label.code.slice(0, 5)} ${label.code.slice(5)}`);
    expect(sheet).toContain(label.fingerprint.slice(0, 17));
    // What the bench says on its screen, and what the relay gets, has no secret in it.
    for (const secret of [label.code, /s=([\w-]{22})/.exec(label.address)?.[1] ?? 'none'])
      expect(stock + bench.lines.join('\n')).not.toContain(secret);
  }
  for (const name of ['bench.key', 'labels.json', 'sheet.html']) expect(statSync(join(out, name)).mode & 0o077).toBe(0);
  const { items } = await place.coordinator.call('stock');
  const names = [before, ...labels.map(({ unit: name }) => name)];
  expect(items.map(({ identity }) => identity?.unit).sort()).toEqual(names.sort());

  const printed = await scanned(readFileSync(join(out, 'labels', `${labels[0]!.unit}.svg`)));
  expect(printed).toBe(labels[0]!.address);
  const order = await place.order('Anemon');
  expect((await pairByLabel(place.technician, order, printed)).state).toBe('paired');

  await using forgets = startProgram(flash, ['bench', '--out', out, '--forget'], {});
  expect(await forgets.ended).toBe(0);
  expect(readdirSync(out).sort()).toEqual(['sent.json', 'stock.json']);
});

describe('a unit hands its label over', () => {
  it('once: not again after a wipe, but with another label; and never once it is paired', async () => {
    await using bench = await openBench();
    const handing = () => handOver(join(folder, 'unit'), bench.address);
    await handing();
    await handing();
    expect(bench.taken.map(({ type }) => type)).toEqual(['new']);
    expect(lines('unit')).toEqual(['label-offered', 'label-handed-over']);
    await wipeUnit(join(folder, 'unit'), systemClock, 'home');
    await handing();
    expect(bench.taken).toHaveLength(1);
    await wipeUnit(join(folder, 'unit'), systemClock, 'label');
    await handing();
    expect(bench.taken.map(({ type }) => type)).toEqual(['new', 'new']);

    const paired = join(folder, 'paired');
    {
      using database = openDatabase(databaseFile(paired));
      const certificate = { key: 'k', certificate: 'c', authority: 'a', at: '2026-11-29T20:00:00Z' };
      const to = {
        organisation: 'testby',
        planKey: 'k'.repeat(43),
        client: 'Anemon',
        place: 'Sovrum',
        relay: 'https://relay.example',
      };
      pairingTable(database).save({ unit: 'e-abcdefgh', ...to, ...certificate } as Paired);
    }
    await handOver(paired, bench.address);
    expect(bench.taken).toHaveLength(2);
    expect(lines('paired')).toEqual([]);
  });

  it('to nobody but the bench: whatever a stranger at its address answers, it is not taken for a receipt', async () => {
    let asked = 0;
    const strange = createServer((_, response) => {
      asked += 1;
      response.end(
        asked === 1 ? 'x'.repeat(10 * longestBenchLetter) : JSON.stringify({ receipt: toBase64Url(randomBytes(32)) }),
      );
    });
    await new Promise<void>((resolve) => void strange.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(strange.address() as AddressInfo).port}`;
    const key = toBase64Url((await makeBenchKey()).publicKey);
    await handOver(join(folder, 'unit'), { url, key });
    // A few tries, and then no more before its next start.
    expect(asked).toBe(mostHandings);
    expect(lines('unit')).toEqual(['label-offered']);
    strange.close();
  });
});

describe('the bench refuses, and says why', () => {
  it('what is not sealed for it, not signed, changed, doubled, too long, or more than was waited for', async () => {
    await using bench = await openBench({ count: 2, relay: 'https://relay.example' });
    const { key } = bench.address;
    const key2 = toBase64Url((await makeBenchKey()).publicKey);
    const post = (letter: unknown, from?: string) => posted(bench.address.url, JSON.stringify(letter), from);
    const [first, second, third] = [await labelled('first'), await labelled('second'), await labelled('third')];
    const changed = ({ encapsulated, sealed }: BenchLetter) => ({
      encapsulated,
      sealed: `${sealed[0] === 'A' ? 'B' : 'A'}${sealed.slice(1)}`,
    });

    expect(await post(await first.letter(key2))).toEqual([403, expect.stringContaining('the key of another bench')]);
    expect(await post(changed(await first.letter(key)))).toEqual([403, expect.stringContaining('changed on its way')]);
    expect(await post({ ...(await first.letter(key)), encapsulated: 'A'.repeat(43) })).toEqual([
      403,
      expect.anything(),
    ]);
    expect(await post(await first.letter(key, { secret: 'short' }))).toEqual([
      400,
      expect.stringContaining('no label'),
    ]);
    expect(await post(await first.letter(key, { publicKey: second.publicKey }))).toEqual([
      403,
      expect.stringContaining('not signed'),
    ]);
    expect(await post(await first.letter(key, { unit: second.unit }))).toEqual([
      403,
      expect.stringContaining('not the name of its key'),
    ]);
    expect(await post(await first.letter(key, { relay: 'https://other.example' }))).toEqual([
      409,
      expect.stringContaining('leads to https://other.example'),
    ]);
    expect(await post({ hello: 'there' })).toEqual([400, expect.stringContaining('no letter')]);
    expect(await post('x'.repeat(longestBenchLetter))).toEqual([413, expect.stringContaining('as long as that')]);
    expect(bench.folder.labels).toEqual([]);

    const letter = await first.letter(key);
    expect(await post(letter)).toEqual([200, undefined]);
    // Its receipt was lost: the same machine may ask again, another may not.
    expect(await post(await first.letter(key))).toEqual([200, undefined]);
    expect(await post(letter, '127.0.0.2')).toEqual([409, expect.stringContaining('came twice')]);
    expect(await post(await first.letter(key, { secret: second.secret }))).toEqual([
      409,
      expect.stringContaining('two labels'),
    ]);
    expect(await post(await second.letter(key))).toEqual([200, undefined]);
    expect(await post(await third.letter(key))).toEqual([409, expect.stringContaining('not waited for')]);
    expect(bench.folder.labels.map(({ unit }) => unit)).toEqual([first.unit, second.unit]);
  });
});

interface TestBench extends AsyncDisposable {
  readonly address: BenchAddress;
  readonly folder: BenchFolder;
  readonly taken: readonly Taken[];
}

async function openBench({ count, relay }: { count?: number; relay?: string } = {}): Promise<TestBench> {
  const kept = await openBenchFolder(join(folder, 'bench'));
  const taken: Taken[] = [];
  const door: Door = await openDoor({ address: '127.0.0.1', port: 0 }, async (text, from) => {
    const one = await takeLetter(text, from, kept, { count, relay });
    taken.push(one);
    return one;
  });
  return {
    address: kept.setAddress(door.url),
    folder: kept,
    taken,
    [Symbol.asyncDispose]: () => door[Symbol.asyncDispose](),
  };
}

/** All its tries, in a moment. */
async function handOver(data: string, bench: BenchAddress): Promise<void> {
  using database = openDatabase(databaseFile(data));
  const identity = await unitIdentity(database);
  // Waits are over at once; how long an answer is waited for is a real time.
  const sleep = (length: Duration, signal?: AbortSignal) =>
    systemClock.sleep(length === seconds(15) ? length : milliseconds(1), signal);
  const around = { version: '0.1.0', model: 'board', clock: { ...systemClock, sleep }, random: () => 0, log: silent };
  const parts = { bench, relay: 'https://relay.example', database, identity, ...around };
  await handOverLabel(parts, new AbortController().signal);
}

/** Of a unit's access log. */
function lines(name: string): readonly string[] {
  using database = openDatabase(databaseFile(join(folder, name)));
  return accessTable(database)
    .lines()
    .map(({ what }) => what);
}

/** A label that says what it is told to say, signed by its own key. */
async function labelled(name: string) {
  const key = await makeSignKey();
  const said = {
    unit: unitName(key.publicKey),
    relay: 'https://relay.example',
    secret: toBase64Url(randomBytes(16)),
    code: '0441788120',
    publicKey: toBase64Url(key.publicKey),
    model: name,
    agent: '0.1.0',
  };
  return {
    ...said,
    async letter(benchKey: string, changed: Partial<typeof said> = {}): Promise<BenchLetter> {
      const sealed = await sealLabel({ ...said, ...changed }, key, benchKey);
      if (sealed instanceof Fault) throw sealed;
      return sealed.letter;
    },
  };
}

/** @returns the status, and why it was refused */
function posted(url: string, body: string, from = '127.0.0.1'): Promise<readonly [number, string | undefined]> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(benchPath, url), { method: 'POST', localAddress: from, agent: false }, (response) => {
      let text = '';
      response.on('data', (piece: Buffer) => (text += piece.toString()));
      response.on('end', () => resolve([response.statusCode ?? 0, JSON.parse(text).words]));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** What a telephone reads off the printed label. */
async function scanned(svg: Buffer): Promise<string> {
  const { data, info } = await sharp(svg, { density: 200 })
    .flatten({ background: '#fff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data });
}

function orThrow<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('it is not there');
  return value;
}

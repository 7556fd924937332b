/** The relay's process is killed in the middle of alarms, again and again: every alarm is there afterwards, and each of them once. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { password, signIn } from '../support/person.ts';
import { aFall } from '../support/relay-samples.ts';
import { type Credential, connectUnit } from '../support/speaking-unit.ts';

const main = fileURLToPath(new URL('../../relay/src/main.ts', import.meta.url));
const rounds = 3;
const alarmsInRound = 12;

let folder: string;
let port: number;
let environment: NodeJS.ProcessEnv;
let running: ChildProcess | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nattfrid-killed-'));
  port = await freePort();
  environment = {
    ...process.env,
    NATTFRID_DATABASE: join(folder, 'relay.sqlite'),
    NATTFRID_SECRET: randomBytes(24).toString('hex'),
    NATTFRID_PORT: String(port),
    NATTFRID_LOG_LEVEL: 'error',
  };
});
afterAll(async () => {
  running?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

it('loses no alarm and doubles none when it is killed', async () => {
  const token = command(['add-unit', 'unit-1', 'Anna 3', '--public-key', 'k'.repeat(43)]).trim();
  command(['add-operator', 'anna@testby.se', 'Anna', 'operator'], password);
  const home = { unit: 'unit-1' as never, token };
  const sent = new Set<string>();
  const acknowledged = new Set<string>();

  let relay = await start();
  for (let round = 0; round < rounds; round++) {
    const fresh = Array.from({ length: alarmsInRound }, () => ({ id: randomUUID(), fall: aFall() }));
    for (const { fall } of fresh) sent.add(fall.alarm);
    const first = Promise.withResolvers<void>();
    const told = tell(relay.url, home, fresh, (alarm) => {
      acknowledged.add(alarm);
      first.resolve();
    });
    // Some are acknowledged by now, some are on their way, some may be on the disk without anybody knowing.
    await first.promise;
    await kill(relay.process);
    await told;
    relay = await start();
    const there = new Set(await alarmsAt(relay.url));
    expect([...acknowledged].filter((alarm) => !there.has(alarm))).toEqual([]);
    // What was not acknowledged is sent again, under the same name, as the unit's outbox does.
    await tell(relay.url, home, fresh, (alarm) => acknowledged.add(alarm));
  }
  expect([...acknowledged].sort()).toEqual([...sent].sort());
  expect((await alarmsAt(relay.url)).sort()).toEqual([...sent].sort());
});

it('stops in order when it is asked to', async () => {
  const ended = new Promise((resolve) => running?.once('exit', (code) => resolve(code)));
  running?.kill('SIGTERM');
  expect(await ended).toBe(0);
});

/** Publishes all of them at once; resolves when each is acknowledged or the connection is lost. */
async function tell(
  url: string,
  home: Credential,
  alarms: readonly { id: string; fall: ReturnType<typeof aFall> }[],
  acked: (alarm: string) => void,
): Promise<void> {
  await using unit = await connectUnit({ url, mqttPort: undefined }, home);
  unit.client.setMaxListeners(alarms.length + 20);
  await Promise.allSettled(
    alarms.map(({ id, fall }) => unit.say('alarm-report', fall, id).then(() => acked(fall.alarm))),
  );
}

/** Those with a card on the desk, and those that stand behind the card of another, which counts them. */
async function alarmsAt(url: string): Promise<string[]> {
  const desk = await (await signIn({ url } as never, 'anna@testby.se')).desk();
  const falls = desk.alarms.filter(({ kind }) => kind === 'fall');
  using disk = new DatabaseSync(join(folder, 'relay.sqlite'), { readOnly: true });
  const held = disk.prepare('select alarm from held_alarms').all();
  expect(falls.reduce((sum, { more = 0 }) => sum + more, 0)).toBe(held.length);
  return [...falls.map(({ alarm }) => alarm), ...held.map((row) => String(row['alarm']))];
}

function command(words: readonly string[], input = ''): string {
  return execFileSync(process.execPath, [main, ...words], { env: environment, input, encoding: 'utf8' });
}

async function start(): Promise<{ process: ChildProcess; url: string }> {
  running = spawn(process.execPath, [main], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: running.stdout! }))
    if (line.startsWith('http')) return { process: running, url: line };
  throw new Error('the relay ended before it was open');
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}

/** Three nodes as processes of their own, with PostgreSQL and NATS, each of which can be killed, cut off from others, and started again. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkSettings } from '@nattfrid/relay/config/load';
import { makePersonalKey } from '@nattfrid/relay/personal/personal-key';
import { openRelay } from '@nattfrid/relay/relay';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { freePort } from '../../stand-ins/free-port.ts';
import { type LogLine, type Program, startProgram } from '../../stand-ins/home/program.ts';
import { openNatsServer } from '../../stand-ins/nats/nats.ts';
import { ask, openPostgres } from '../../stand-ins/postgres/postgres.ts';
import type { LogIn } from '../../stand-ins/staff/desk-client.ts';
import type { FaultyNetwork } from './network.ts';

export interface Killable {
  readonly name: string;
  /** SIGKILL: nothing is said to anybody. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

export interface ProvenNode extends Killable {
  /** For units, viewers and consoles. */
  readonly address: string;
  /** SIGTERM, as systemd stops it. @returns once it has ended */
  stop(): Promise<void>;
  /** Of which build it is from its next start on. @param tree folder of another commit; undefined: this one */
  become(tree: string | undefined): void;
  /** Its clock is so many seconds off from now on; false: that cannot be done here. */
  clockOff(seconds: number): boolean;
}

export interface ProvenSite extends AsyncDisposable {
  /** For us: no fault of the network is in this way. */
  readonly database: string;
  readonly addresses: readonly string[];
  readonly nodes: readonly ProvenNode[];
  readonly killables: readonly Killable[];
  readonly units: readonly { readonly unit: UnitId; readonly token: string }[];
  readonly operator: LogIn;
  /** Name of the node that is main by what all say that answer; undefined: they differ, or none is. */
  main(): Promise<string | undefined>;
  /** Runs a statement in the database. @returns what psql prints */
  sql(statement: string): string;
  /** Last lines of each node, for whoever has to find out why. */
  lines(): string;
}

const program = fileURLToPath(import.meta.resolve('@nattfrid/relay/main'));
/** libfaketime of Debian: a clock that is off for one program alone. */
const faketime = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
].find((file) => existsSync(file));

/** Why clocks cannot differ here; undefined: they can. */
export const clocksMissing = (): string | undefined =>
  faketime ? undefined : 'libfaketime is not installed (apt-get install libfaketime): clocks of nodes do not differ';

export const nodeNames = (many: number): readonly string[] =>
  Array.from({ length: many }, (_, index) => `node-${index + 1}`);

export interface ProvenParts {
  readonly nodes: number;
  readonly homes: number;
  /** With a place for each node, `postgres` and `nats`; without it all are on loopback. */
  readonly network?: FaultyNetwork;
  /** Folder for what each node says, kept. */
  readonly logs?: string | undefined;
  /** Folder of another build that all begin as. */
  readonly tree?: string | undefined;
}

export async function openProvenSite({ nodes, homes, network, logs, tree }: ProvenParts): Promise<ProvenSite> {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-prove-nodes-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const placeOf = (name: string) => network?.at(name);
  const postgresAt = placeOf('postgres');
  const postgres = stack.use(
    await openPostgres({
      fsync: true,
      ...(postgresAt && { at: { enter: postgresAt.enter, address: postgresAt.inside } }),
    }),
  );
  postgres.createDatabase('relay');
  const nats = stack.use(await openNatsServer(placeOf('nats')));
  const database = postgres.address('relay', 'socket');
  const personalKey = join(folder, 'personal.key');
  makePersonalKey(personalKey);
  const shared = { personalKey, secret: randomUUID(), logLevel: 'info' };
  const { units, operator } = await register({ ...shared, database, host: '127.0.0.1', port: 0 }, homes);

  if (logs !== undefined) mkdirSync(logs, { recursive: true });
  const running = new Map<string, Program>();
  stack.defer(async () => {
    await Promise.all([...running.values()].map((one) => one[Symbol.asyncDispose]()));
  });
  const proven: ProvenNode[] = [];
  for (const name of nodeNames(nodes)) {
    const place = placeOf(name);
    const port = await freePort();
    const config = join(folder, `${name}.json`);
    const clock = join(folder, `${name}.clock`);
    writeFileSync(clock, '+0s');
    const settings = {
      ...shared,
      database: postgres.address('relay', 'tcp'),
      ...{ port, node: name, bus: nats.url },
      ...(place
        ? { host: '0.0.0.0', nodeHost: place.inside, nodePort: 8081, trustedProxies: '10.78.0.0/24' }
        : { host: '127.0.0.1', nodePort: 0 }),
    };
    writeFileSync(config, JSON.stringify(settings), { mode: 0o600 });
    const environment: Record<string, string> =
      place && faketime
        ? {
            LD_PRELOAD: faketime,
            FAKETIME_TIMESTAMP_FILE: clock,
            FAKETIME_CACHE_DURATION: '1',
            // Only the clock on the wall is off.
            FAKETIME_DONT_FAKE_MONOTONIC: '1',
            DONT_FAKE_MONOTONIC: '1',
          }
        : {};
    // By the clock of this machine: the node's own may be off.
    const keep = (line: LogLine) => {
      if (logs !== undefined)
        appendFileSync(join(logs, `${name}.log`), `${new Date().toISOString()} ${JSON.stringify(line)}\n`);
    };
    const fileOf = (folder: string | undefined) => (folder === undefined ? program : join(folder, 'relay/src/main.ts'));
    let file = fileOf(tree);
    proven.push({
      name,
      address: `http://${place?.outside ?? '127.0.0.1'}:${port}`,
      async kill() {
        running.get(name)?.kill('SIGKILL');
        await running.get(name)?.ended;
      },
      async stop() {
        running.get(name)?.kill('SIGTERM');
        await running.get(name)?.ended;
      },
      become(other) {
        file = fileOf(other);
      },
      clockOff(off) {
        if (!place || !faketime) return false;
        writeFileSync(clock, `${off < 0 ? '' : '+'}${off}s`);
        return true;
      },
      async start() {
        const started = startProgram(file, ['--config', config], environment, keep, place?.enter);
        running.set(name, started);
        await started.said('The node is open');
      },
    });
  }
  for (const one of proven) await one.start();
  const owned = stack.move();
  return {
    database,
    addresses: proven.map(({ address }) => address),
    nodes: proven,
    units,
    operator,
    killables: [
      ...proven,
      { name: 'PostgreSQL', kill: () => postgres.kill(), start: () => postgres.start() },
      { name: 'NATS', kill: () => nats.stop('SIGKILL'), start: () => nats.start() },
    ],
    async main() {
      const said = await Promise.all(proven.map(({ address }) => mainBy(address)));
      const named = new Set(said.flatMap((one) => (one === undefined ? [] : [one])));
      return named.size === 1 ? [...named][0] : undefined;
    },
    sql: (statement) => ask(postgres.folder, postgres.port, 'relay', statement),
    lines: () => [...running].map(([name, { lines }]) => `--- ${name}\n${lines.slice(-12).join('\n')}`).join('\n'),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** @returns undefined: it does not answer, or knows of none */
async function mainBy(address: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(2000) });
    const { main } = (await answer.json()) as { main?: string };
    return main;
  } catch {
    return undefined;
  }
}

async function register(given: object, homes: number): Promise<Pick<ProvenSite, 'units' | 'operator'>> {
  const settings = checkSettings(given);
  if (settings instanceof Fault) throw settings;
  await using relay = await openRelay(settings, { clock: systemClock, log: silent, newId: randomUUID });
  const operator = {
    email: 'olle@nattfrid.example',
    password: 'korrekt-hast-batteri',
    name: 'Olle',
    role: 'operator',
  } as const;
  const added = await relay.addOperator(operator, operator.password);
  if (added instanceof Fault) throw added;
  const units: { unit: UnitId; token: string }[] = [];
  for (let index = 1; index <= homes; index += 1) {
    const unit = `unit-${index}` as UnitId;
    const publicKey = toBase64Url((await makeSignKey()).publicKey);
    const one = await relay.addUnit({ unit, client: `Alias ${index}`, publicKey });
    if (one instanceof Fault) throw one;
    units.push({ unit, token: one.token });
  }
  return { units, operator };
}

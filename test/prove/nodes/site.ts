/** Three nodes as processes of their own, with PostgreSQL and NATS, each of which can be killed and started again. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
import { type Program, startProgram } from '../../stand-ins/home/program.ts';
import { openNatsServer } from '../../stand-ins/nats/nats.ts';
import { openPostgres } from '../../stand-ins/postgres/postgres.ts';
import type { LogIn } from '../../stand-ins/staff/desk-client.ts';

export interface Killable {
  readonly name: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

export interface ProvenSite extends AsyncDisposable {
  readonly database: string;
  readonly addresses: readonly string[];
  readonly killables: readonly Killable[];
  readonly units: readonly { readonly unit: UnitId; readonly token: string }[];
  readonly operator: LogIn;
  /** Last lines of each node, for whoever has to find out why. */
  lines(): string;
}

const program = fileURLToPath(import.meta.resolve('@nattfrid/relay/main'));

export async function openProvenSite(nodes: number, homes: number): Promise<ProvenSite> {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-prove-nodes-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = stack.use(await openPostgres({ fsync: true }));
  postgres.createDatabase('relay');
  const nats = stack.use(await openNatsServer());
  const database = postgres.address('relay', 'tcp');
  const personalKey = join(folder, 'personal.key');
  makePersonalKey(personalKey);
  const shared = { database, personalKey, secret: randomUUID(), logLevel: 'info', host: '127.0.0.1' };
  const { units, operator } = await register({ ...shared, port: 0 }, homes);

  const ports: number[] = [];
  while (ports.length < nodes) ports.push(await freePort());
  const running = new Map<string, Program>();
  stack.defer(async () => {
    for (const one of running.values()) await one[Symbol.asyncDispose]();
  });
  const nodeKillables = ports.map((port, index): Killable => {
    const name = `node-${index + 1}`;
    const config = join(folder, `${name}.json`);
    writeFileSync(config, JSON.stringify({ ...shared, port, node: name, bus: nats.url, nodePort: 0 }), { mode: 0o600 });
    return {
      name,
      async kill() {
        running.get(name)?.kill('SIGKILL');
        await running.get(name)?.ended;
      },
      async start() {
        const started = startProgram(program, ['--config', config], {});
        running.set(name, started);
        await started.said('The node is open');
      },
    };
  });
  for (const one of nodeKillables) await one.start();
  const owned = stack.move();
  return {
    database,
    addresses: ports.map((port) => `http://127.0.0.1:${port}`),
    units,
    operator,
    killables: [
      ...nodeKillables,
      { name: 'PostgreSQL', kill: () => postgres.stop('immediate'), start: () => postgres.start() },
      { name: 'NATS', kill: () => nats.stop(), start: () => nats.start() },
    ],
    lines: () => [...running].map(([name, { lines }]) => `--- ${name}\n${lines.slice(-12).join('\n')}`).join('\n'),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
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

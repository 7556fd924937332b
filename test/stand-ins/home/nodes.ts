/** A relay of several nodes for the stand-in home: PostgreSQL and NATS of Debian on loopback, and each node a process of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { freePort } from '../free-port.ts';
import { type Nats, natsMissing, openNatsServer } from '../nats/nats.ts';
import { openPostgres, type Postgres, postgresMissing } from '../postgres/postgres.ts';
import { type Home, type HomeSettings, openHome, relayMain } from './home.ts';
import { type LogLine, type Program, startProgram } from './program.ts';

export interface NodeProcess {
  readonly name: string;
  /** Where units and browsers reach it. */
  readonly address: string;
  readonly program: Program;
}

export interface HomeOfNodes extends AsyncDisposable {
  readonly home: Home;
  readonly nats: Nats;
  readonly postgres: Postgres;
  readonly nodes: readonly NodeProcess[];
  /** Resolves with the node at which the unit is, once it is at one. */
  whereUnitIs(): Promise<NodeProcess>;
  /** Starts one again that has ended. */
  start(name: string): Promise<NodeProcess>;
}

/**
 * The first node is main at first, and the unit is at the second; it knows the others' addresses.
 *
 * @param many nodes, two at least
 * @throws TypeError where PostgreSQL or NATS is missing
 */
export async function openHomeOfNodes(
  many: number,
  given: Omit<HomeSettings, 'show'> & { readonly show?: (program: string, line: LogLine) => void },
): Promise<HomeOfNodes> {
  const missing = postgresMissing() ?? natsMissing();
  if (missing) throw new TypeError(missing);
  const { folder, show = () => {} } = given;
  await using stack = new AsyncDisposableStack();
  const postgres = stack.use(await openPostgres({ fsync: true }));
  postgres.createDatabase('relay');
  const nats = stack.use(await openNatsServer());
  const ports = [given.port || (await freePort())];
  while (ports.length < many) ports.push(await freePort());
  const addressOf = (index: number) => `http://127.0.0.1:${ports[index]}`;
  const others = ports.map((_, index) => addressOf(index)).filter((_, index) => index !== 1);
  const shared = { database: postgres.address('relay', 'tcp'), bus: nats.url, nodePort: 0 };
  const home = stack.use(
    await openHome({
      ...given,
      show,
      port: ports[0] ?? 0,
      relaySettings: { ...given.relaySettings, ...shared, node: nameOf(0) },
      unitSettings: { ...given.unitSettings, relay: addressOf(1), relays: others },
    }),
  );
  const programs = stack.use(new AsyncDisposableStack());
  const start = async (index: number): Promise<NodeProcess> => {
    const config = join(folder, nameOf(index), 'relay.json');
    mkdirSync(join(folder, nameOf(index)), { recursive: true });
    writeFileSync(config, JSON.stringify({ ...home.settings, node: nameOf(index), port: ports[index] }), {
      mode: 0o600,
    });
    const program = programs.use(
      startProgram(relayMain, ['--config', config], {}, (line) => show(nameOf(index), line)),
    );
    await program.said('The node is open');
    return { name: nameOf(index), address: addressOf(index), program };
  };
  const nodes: NodeProcess[] = [{ name: nameOf(0), address: home.address, program: home.relay }];
  for (let index = 1; index < many; index += 1) nodes.push(await start(index));
  const owned = stack.move();
  return {
    home,
    nats,
    postgres,
    nodes,
    async whereUnitIs() {
      for (;;) {
        for (const one of nodes) if ((await unitsAt(one.address)) > 0) return one;
        await systemClock.sleep(milliseconds(100));
      }
    },
    async start(name) {
      const index = nodes.findIndex((one) => one.name === name);
      return (nodes[index] = await start(index));
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const nameOf = (index: number): string => `node-${index + 1}`;

async function unitsAt(address: string): Promise<number> {
  try {
    const health = (await (await fetch(`${address}/healthz`)).json()) as { readonly units?: number };
    return health.units ?? 0;
  } catch {
    return 0;
  }
}

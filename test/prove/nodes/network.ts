/**
 * A network namespace for each node and each service, joined by our exchange alone, which has faults in each direction between any two.
 * Whoever is outside reaches each by a way of its own, that never fails. Needs root and Linux.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const python = '/usr/bin/python3';

/** Of one direction; as `exchange.py` has it. */
export interface WayFault {
  readonly cut?: boolean;
  /** Milliseconds, and to either side of them. */
  readonly delay?: number;
  readonly jitter?: number;
  /** Shares of the packets, 0 to 1. */
  readonly loss?: number;
  readonly twice?: number;
  readonly overtakes?: number;
}

export interface Place {
  /** Among each other. */
  readonly inside: string;
  /** For whoever is outside. */
  readonly outside: string;
  /** Command that runs a program there. */
  readonly enter: readonly string[];
}

export interface FaultyNetwork extends AsyncDisposable {
  at(name: string): Place;
  /** From one to another, in this direction alone. */
  way(from: string, to: string, fault: WayFault | null): Promise<void>;
  heal(): Promise<void>;
}

/** @throws Error where a step fails, after all is undone */
export async function openFaultyNetwork(names: readonly string[]): Promise<FaultyNetwork> {
  await using stack = new AsyncDisposableStack();
  await removeLeftOvers();
  const parties = names.map((name, index) => ({
    name,
    space: `nattfrid-fx${index}-${process.pid}`,
    device: `nfx${index}`,
    pair: [`nfo${index}`, `nfi${index}`] as const,
    inside: `10.78.0.${index + 1}`,
    here: `10.79.${index + 1}.1`,
    outside: `10.79.${index + 1}.2`,
  }));
  const exchange = stack.use(await startExchange(parties.map(({ device, inside }) => `${device}=${inside}`)));
  for (const { space, device, pair, inside, here, outside } of parties) {
    await run('ip', ['netns', 'add', space]);
    stack.defer(async () => void (await run('ip', ['netns', 'delete', space]).catch(() => {})));
    const within = (...args: string[]) => run('ip', ['-n', space, ...args]);
    await within('link', 'set', 'lo', 'up');
    await run('ip', ['link', 'set', device, 'netns', space]);
    await within('address', 'add', `${inside}/24`, 'dev', device);
    await within('link', 'set', device, 'addrgenmode', 'none');
    await within('link', 'set', device, 'up', 'mtu', '1420');
    await run('ip', ['link', 'add', pair[0], 'type', 'veth', 'peer', 'name', pair[1], 'netns', space]);
    await run('ip', ['address', 'add', `${here}/30`, 'dev', pair[0]]);
    await run('ip', ['link', 'set', pair[0], 'up']);
    await within('address', 'add', `${outside}/30`, 'dev', pair[1]);
    await within('link', 'set', pair[1], 'up');
  }
  const partyOf = (name: string) => {
    const party = parties.find((one) => one.name === name);
    if (!party) throw new TypeError(`there is no ${name} in this network`);
    return party;
  };
  const owned = stack.move();
  return {
    at(name) {
      const { inside, outside, space } = partyOf(name);
      return { inside, outside, enter: ['nsenter', `--net=/run/netns/${space}`] };
    },
    way: (from, to, fault) => exchange({ do: 'way', from: partyOf(from).device, to: partyOf(to).device, fault }),
    heal: () => exchange({ do: 'heal' }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function startExchange(
  devices: readonly string[],
): Promise<((order: object) => Promise<void>) & AsyncDisposable> {
  const child = spawn(python, [join(import.meta.dirname, 'exchange.py'), ...devices], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the exchange ended with ${code}; what it said stands above`)));
  });
  ended.catch(() => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => void (await Promise.race([lines.next(), ended]));
  await answer();
  let before: Promise<void> = Promise.resolve();
  // One at a time, as answers come in order.
  const ask = (order: object): Promise<void> => {
    const asked = before.then(() => {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      return answer();
    });
    before = asked.catch(() => {});
    return asked;
  };
  return Object.assign(ask, {
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended.catch(() => {});
    },
  });
}

/** Removes namespaces of killed runs, whose names hold the process id. */
async function removeLeftOvers(): Promise<void> {
  const { stdout } = await run('ip', ['netns', 'list']);
  for (const [name, owner] of stdout.matchAll(/^nattfrid-fx\d+-(\d+)/gm))
    if (!existsSync(`/proc/${owner}`)) await run('ip', ['netns', 'delete', name]).catch(() => {});
}

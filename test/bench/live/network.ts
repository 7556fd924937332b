/** Two network namespaces, the home's and the staff's, joined by our forwarder alone. Needs root and Linux. */
import { execFile, spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Shape } from './profile.ts';

const run = promisify(execFile);
const python = '/usr/bin/python3';

/** Addresses of the two ends, the only ones in this network. */
export const homeAddress = '10.77.0.1';
export const staffAddress = '10.77.0.2';

export interface Passed {
  readonly packets: number;
  readonly bytes: number;
  readonly lost: number;
  /** Packets dropped as the buffer was full. */
  readonly overflowed: number;
}

/** Counts since the network was made; `up` is from the home to the staff. */
export interface Count {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly up: Passed;
  readonly down: Passed;
}

export interface Network extends AsyncDisposable {
  /** Command prefixes that run a program at one end. */
  readonly inHome: readonly string[];
  readonly inStaff: readonly string[];
  /** Shapes both directions alike. */
  shape(shape: Shape): Promise<Count>;
  outage(on: boolean): Promise<Count>;
  count(): Promise<Count>;
}

/** @returns why this machine cannot make the network; undefined where it can */
export async function whyNoNetwork(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'network namespaces are Linux only';
  if (process.getuid?.() !== 0) return 'network namespaces and TUN devices are made by root only; run it with sudo';
  try {
    accessSync('/dev/net/tun', constants.R_OK | constants.W_OK);
  } catch {
    return 'there is no /dev/net/tun here, or it may not be used (a container needs --device /dev/net/tun and NET_ADMIN)';
  }
  for (const [program, ...args] of [
    ['ip', '-V'],
    [python, '--version'],
    ['nsenter', '--version'],
  ] as const)
    try {
      await run(program, args);
    } catch {
      return `${program} is missing (Debian: apt-get install iproute2 python3 util-linux)`;
    }
  const trial = `nattfrid-try-${process.pid}`;
  try {
    await run('ip', ['netns', 'add', trial]);
    await run('ip', ['netns', 'delete', trial]);
  } catch (error) {
    return `a network namespace cannot be made: ${words(error)}`;
  }
  return undefined;
}

/** @throws Error where a step fails, after all is undone */
export async function openNetwork(): Promise<Network> {
  await using stack = new AsyncDisposableStack();
  await removeLeftOvers();
  const name = (end: string) => `nattfrid-${end}-${process.pid}`;
  const ends = [
    { space: name('home'), device: `nfh${process.pid}`, address: homeAddress, other: staffAddress },
    { space: name('staff'), device: `nfs${process.pid}`, address: staffAddress, other: homeAddress },
  ] as const;
  const forwarder = stack.use(await startForwarder(ends.map((end) => end.device)));
  for (const { space, device, address, other } of ends) {
    await run('ip', ['netns', 'add', space]);
    stack.defer(async () => void (await run('ip', ['netns', 'delete', space]).catch(() => {})));
    await run('ip', ['link', 'set', device, 'netns', space]);
    const within = (...args: string[]) => run('ip', ['-n', space, ...args]);
    await within('link', 'set', 'lo', 'up');
    await within('address', 'add', `${address}/32`, 'dev', device);
    await within('link', 'set', device, 'addrgenmode', 'none');
    await within('link', 'set', device, 'up', 'mtu', '1420');
    // The default of a unit's Debian, whatever this machine's is.
    await within('route', 'add', other, 'dev', device, 'congctl', 'cubic');
  }
  const owned = stack.move();
  const enter = (space: string) => ['nsenter', `--net=/run/netns/${space}`];
  return {
    inHome: enter(ends[0].space),
    inStaff: enter(ends[1].space),
    async shape(shape) {
      // TCP's cached metrics belong to the link before.
      for (const { space } of ends) await run('ip', ['-n', space, 'tcp_metrics', 'flush', 'all']).catch(() => {});
      return forwarder.ask({ do: 'shape', up: shape, down: shape });
    },
    outage: (on) => forwarder.ask({ do: 'outage', on }),
    count: () => forwarder.ask({ do: 'count' }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function startForwarder(devices: readonly string[]) {
  const child = spawn(python, [join(import.meta.dirname, 'forwarder.py'), ...devices], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the forwarder ended with ${code}; what it said stands above`)));
  });
  ended.catch(() => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Count> => {
    const next = await Promise.race([lines.next(), ended]);
    return JSON.parse(String(next.value)) as Count;
  };
  await answer();
  let before: Promise<unknown> = Promise.resolve();
  return {
    /** One request at a time, as answers come in order. */
    ask(order: object): Promise<Count> {
      const asked = before.then(() => {
        child.stdin.write(`${JSON.stringify(order)}\n`);
        return answer();
      });
      before = asked.catch(() => {});
      return asked;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended.catch(() => {});
    },
  };
}

/** Removes namespaces of killed runs, whose names hold the process id. */
async function removeLeftOvers(): Promise<void> {
  const { stdout } = await run('ip', ['netns', 'list']);
  for (const space of stdout.matchAll(/^nattfrid-\w+-(\d+)/gm)) {
    const [name, owner] = space;
    if (!existsSync(`/proc/${owner}`)) await run('ip', ['netns', 'delete', name]).catch(() => {});
  }
}

const words = (error: unknown): string => (error instanceof Error ? error.message.trim() : String(error));

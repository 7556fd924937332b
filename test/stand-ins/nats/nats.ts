/** A real NATS of Debian on loopback, in a folder of its own: nothing of it is left behind, and no service is started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';

export interface Nats extends AsyncDisposable {
  /** nats://USER:PASSWORD@127.0.0.1:PORT */
  readonly url: string;
  readonly pid: number | undefined;
  /** As if the power went. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
}

const program = ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server'].find((one) =>
  existsSync(one),
);

/** Why there is none here; undefined: there is. */
export const natsMissing = (): string | undefined =>
  program ? undefined : 'NATS is not installed (apt-get install nats-server)';

/** @throws where it is missing */
export async function openNatsServer(): Promise<Nats> {
  const missing = natsMissing();
  if (missing || !program) throw new TypeError(missing);
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-nats-'));
  const port = await freePort();
  const config = join(folder, 'nats.conf');
  writeFileSync(
    config,
    `listen: "127.0.0.1:${port}"\nauthorization { user: nattfrid, password: "of this test only" }\nping_interval: "5s"\n`,
  );
  let running: ChildProcess | undefined;
  const stop = async (signal: NodeJS.Signals = 'SIGKILL') => {
    const ending = running;
    running = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    ending.kill(signal);
    await once(ending, 'exit');
  };
  const start = async () => {
    running = spawn(program, ['-c', config], { stdio: 'ignore' });
    for (let tries = 0; tries < 250; tries += 1) {
      if (await answers(port)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('NATS does not start');
  };
  await start();
  return {
    url: `nats://nattfrid:of%20this%20test%20only@127.0.0.1:${port}`,
    get pid() {
      return running?.pid;
    },
    stop,
    start,
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  }).then((is) => is as boolean);

/** A real NATS of Debian on loopback, in a folder of its own: nothing of it is left behind, and no service is started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';

export interface Nats extends AsyncDisposable {
  /** nats://USER:PASSWORD@HOST:PORT */
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

/** Somewhere else than on loopback of this machine. */
export interface ElsewhereNats {
  /** Command that runs a program there. */
  readonly enter: readonly string[];
  /** For those who use it, and for us. */
  readonly inside: string;
  readonly outside: string;
}

/** @throws where it is missing */
export async function openNatsServer(at?: ElsewhereNats): Promise<Nats> {
  const missing = natsMissing();
  if (missing || !program) throw new TypeError(missing);
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-nats-'));
  const port = await freePort();
  const config = join(folder, 'nats.conf');
  writeFileSync(
    config,
    `listen: "${at ? '0.0.0.0' : '127.0.0.1'}:${port}"\nauthorization { user: nattfrid, password: "of this test only" }\nping_interval: "5s"\n`,
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
    const [command = program, ...given] = [...(at?.enter ?? []), program, '-c', config];
    running = spawn(command, given, { stdio: 'ignore' });
    for (let tries = 0; tries < 250; tries += 1) {
      if (await answers(at?.outside ?? '127.0.0.1', port)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('NATS does not start');
  };
  await start();
  return {
    url: `nats://nattfrid:of%20this%20test%20only@${at?.inside ?? '127.0.0.1'}:${port}`,
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

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('data', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  }).then((is) => is as boolean);

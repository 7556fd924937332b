/** upsd of Network UPS Tools with its own driver «dummy-ups», as processes of their own: a UPS whose values stand in a file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@nattfrid/stand-ins/free-port';

/** Not /usr/sbin/upsd, which Debian keeps from starting unless the whole machine has a UPS. */
const [server, driver] = ['/lib/nut/upsd', '/lib/nut/dummy-ups'];
export const hasUpsd = existsSync(server) && existsSync(driver);

export interface Upsd extends AsyncDisposable {
  readonly port: number;
  /** The UPS has these values from now on: `ups.status` and so on. */
  set(values: Readonly<Record<string, string | number>>): void;
}

/** @param folder empty, for its files @param name of the UPS */
export async function openUpsd(folder: string, name: string): Promise<Upsd> {
  const [config, state, port] = [join(folder, 'config'), join(folder, 'state'), await freePort()];
  mkdirSync(config);
  mkdirSync(state);
  const put = (file: string, text: string) => writeFileSync(join(config, file), text, { mode: 0o600 });
  const set: Upsd['set'] = (values) =>
    put(
      'home.dev',
      Object.entries(values)
        .map(([key, value]) => `${key}: ${value}\n`)
        .join(''),
    );

  put('ups.conf', `[${name}]\n  driver = dummy-ups\n  port = home.dev\n  mode = dummy-loop\n`);
  put('upsd.conf', `LISTEN 127.0.0.1 ${port}\n`);
  put('upsd.users', '');
  set({ 'ups.status': 'OL' });
  const env = { ...process.env, NUT_CONFPATH: config, NUT_STATEPATH: state, NUT_ALTPIDPATH: state };
  const user = ['-u', process.env['USER'] ?? 'root', '-D'];
  const options = { env, stdio: 'ignore' } as const;
  const running = [spawn(driver, ['-a', name, '-i', '1', ...user], options), spawn(server, user, options)];
  return {
    port,
    set,
    async [Symbol.asyncDispose]() {
      await Promise.all(running.map(ended));
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'exit');
  child.kill('SIGKILL');
  await closed;
}

/** The relay as a process of its own, and its commands, on one database in a folder of the test. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { dropDatabase, newDatabase } from './test-database.ts';

const main = fileURLToPath(new URL('../../relay/src/main.ts', import.meta.url));

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RelayProcess extends AsyncDisposable {
  readonly folder: string;
  readonly database: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Resolves with its address when it is open. */
  start(): Promise<string>;
  /** Resolves when it has ended. @returns its exit code; null: killed */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** To the running process: SIGSTOP, SIGCONT. */
  signal(signal: NodeJS.Signals): void;
  /** Runs one of its commands to the end. */
  command(words: readonly string[], input?: string): Promise<Said>;
}

export function openRelayProcess(settings: NodeJS.ProcessEnv = {}): RelayProcess {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-process-'));
  const database = settings['NATTFRID_DATABASE'] ?? newDatabase(folder);
  const environment = {
    ...process.env,
    NATTFRID_DATABASE: database,
    NATTFRID_SECRET: randomBytes(24).toString('hex'),
    NATTFRID_PORT: '0',
    NATTFRID_LOG_LEVEL: 'error',
    ...settings,
  };
  let running: ChildProcess | undefined;
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    const child = running;
    running = undefined;
    if (!child || child.exitCode !== null) return child?.exitCode ?? 0;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return ended;
  };
  return {
    folder,
    database,
    environment,
    async start() {
      running = spawn(process.execPath, [main], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
      for await (const line of createInterface({ input: running.stdout! })) {
        if (!line.startsWith('http')) continue;
        // What it says later must not fill its pipe.
        running.stdout!.resume();
        return line;
      }
      throw new Error('the relay ended before it was open');
    },
    stop,
    signal: (signal) => void running?.kill(signal),
    command: (words, input = '') =>
      new Promise((resolve) => {
        const child = execFile(process.execPath, [main, ...words], { env: environment }, (error, out, err) =>
          resolve({ code: error ? Number(error.code ?? -1) : 0, out, err }),
        );
        child.stdin?.end(input);
      }),
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL');
      if (settings['NATTFRID_DATABASE'] === undefined) dropDatabase(database);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

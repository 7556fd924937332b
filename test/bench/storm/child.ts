/** A program that is killed and started again, and whose lines are heard; one that ends by itself is started again, as a service is. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { systemClock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';

const againAfter = seconds(2);

export interface Child extends AsyncDisposable {
  /** How often it ended by itself. */
  readonly ended: number;
  readonly runs: boolean;
  start(): void;
  /** Resolves when the kernel has taken it away. */
  kill(): Promise<void>;
  write(line: string): void;
}

export function openChild(
  program: string,
  given: readonly string[],
  env: NodeJS.ProcessEnv,
  heard: (line: string) => void,
): Child {
  let running: ChildProcess | undefined;
  let ended = 0;
  const start = () => {
    const child = spawn(process.execPath, [program, ...given], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    running = child;
    child.stdin.on('error', () => {});
    createInterface({ input: child.stdout }).on('line', heard);
    child.once('exit', () => {
      if (running !== child) return;
      ended++;
      void systemClock.sleep(againAfter).then(() => running === child && start());
    });
  };
  const kill = async () => {
    const child = running;
    running = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
  };
  return {
    get ended() {
      return ended;
    },
    get runs() {
      return running !== undefined && running.exitCode === null && running.signalCode === null;
    },
    start,
    kill,
    write: (line) => void running?.stdin?.write(`${line}\n`),
    [Symbol.asyncDispose]: kill,
  };
}

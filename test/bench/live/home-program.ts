/** Starts a program of the bench in the home's network namespace: it prints JSON lines, and ends with this process. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface HomeProgram extends AsyncDisposable {
  readonly pid: number;
  /** The next line. @throws Error where the program ends before */
  next(): Promise<Readonly<Record<string, unknown>>>;
}

/** @param program a file of this folder */
export function startHomeProgram(enter: readonly string[], program: string, args: readonly string[]): HomeProgram {
  const [command = process.execPath, ...before] = [...enter, process.execPath];
  const child = spawn(command, [...before, join(import.meta.dirname, program), ...args], {
    // The program ends when its stdin does, also where this process is killed.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    pid: child.pid ?? 0,
    async next() {
      const line = await lines.next();
      if (line.done) throw new Error(`${program} has ended; what it said stands above`);
      return JSON.parse(line.value);
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 3000);
      await ended;
      clearTimeout(hard);
    },
  };
}

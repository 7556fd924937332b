/** Agent or relay as a child process: its log lines can be waited for, and it ends with the stand-in home. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface LogLine {
  readonly level: string | number;
  readonly sentence: string;
  readonly [field: string]: unknown;
}

export interface Program extends AsyncDisposable {
  readonly pid: number;
  /** Resolves with the first line, past or future, that has this sentence. @throws Error where the program ends before */
  said(sentence: string): Promise<LogLine>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<number | null>;
  /** Its last printed lines, newest last, for error messages. */
  readonly lines: readonly string[];
}

const keptLines = 400;

/** @param file run by this Node, or the whole command @param show called with each line @param through command that wraps the program, such as a tracer with its arguments */
export function startProgram(
  file: string | readonly string[],
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  show: (line: LogLine) => void = () => {},
  through: readonly string[] = [],
): Program {
  const program = typeof file === 'string' ? [process.execPath, file] : file;
  const [command = process.execPath, ...before] = [...through, ...program];
  // A tracer sees the files of the program, and none of the compiler's.
  const cache = through.length > 0 ? { NODE_COMPILE_CACHE: undefined } : {};
  const child = spawn(command, [...before, ...args], {
    env: { ...process.env, ...cache, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const heard: LogLine[] = [];
  const waiting = new Set<(line: LogLine) => void>();
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const take = (text: string) => {
    lines.push(text);
    if (lines.length > keptLines) lines.shift();
    const line = parse(text);
    heard.push(line);
    show(line);
    for (const told of [...waiting]) told(line);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', take);
  return {
    pid: child.pid ?? 0,
    said(sentence) {
      const past = heard.find((line) => line.sentence === sentence);
      if (past) return Promise.resolve(past);
      return new Promise((resolve, reject) => {
        const told = (line: LogLine) => {
          if (line.sentence !== sentence) return;
          waiting.delete(told);
          resolve(line);
        };
        waiting.add(told);
        void ended.then((code) =>
          reject(new Error(`the program ended (${code}) before: ${sentence}\n${lines.slice(-8).join('\n')}`)),
        );
      });
    },
    kill: (signal) => void child.kill(signal),
    ended,
    lines,
    [Symbol.asyncDispose]: () => stop(child, ended),
  };
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(hard);
}

function parse(text: string): LogLine {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line === 'object' && line !== null && 'sentence' in line && typeof line.sentence === 'string')
      return line as LogLine;
  } catch {
    // Not a line of our log, such as a crash's stack or a warning of Node.
  }
  return { level: 'text', sentence: text };
}

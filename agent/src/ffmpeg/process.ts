/** One ffmpeg child process: in a process group, its stderr in the log, killed for certain, its end a Fault. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';

export interface Child extends AsyncDisposable {
  readonly pid: number | undefined;
  readonly output: Readable;
  /** Resolves once the child can take more (backpressure); false: it has ended, or its input is finished. Never rejects. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** Ends the input: the child writes what it still holds, then ends. */
  finish(): void;
  /** At once and unasked: one that stands still hears nothing. */
  kill(): void;
  /** Bytes written that it has not taken yet. */
  readonly behind: number;
  /** Resolves when the child is gone: undefined after a clean exit, else a Fault `process-ended`. */
  readonly ended: Promise<Fault | undefined>;
}

export interface ChildOptions {
  readonly ffmpeg: string;
  /** Never an address with credentials: everybody on the machine can read a command line. */
  readonly args: readonly string[];
  /** Its purpose, for the log and a Fault: «decoder». */
  readonly what: string;
  readonly log: Logger;
  /** Called with each line of stderr. */
  readonly heard?: (line: string) => void;
}

/** `repeat`: else of the same complaint again and again only the first is said, and a lasting damage passes for a short one. */
const shared = ['-hide_banner', '-nostats', '-loglevel', 'repeat+warning'];
/** Lines logged of one child: a stream of broken pictures must not flood the log. */
const linesLogged = 40;
/** From SIGTERM to SIGKILL. */
const grace = milliseconds(1000);

/** Starts a child, which ends by disposal or by the signal, whichever comes first. */
export function startFfmpeg({ ffmpeg, args, what, log, heard }: ChildOptions, signal: AbortSignal): Child {
  const child = spawn(ffmpeg, [...shared, ...args], { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const [input, output, complaints] = child.stdio;
  let last = '';
  let lines = 0;
  createInterface({ input: complaints, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
    last = line.slice(0, 300);
    if (++lines <= linesLogged) log.debug('ffmpeg says', { what, line: last });
    heard?.(line);
  });
  // A broken pipe is ignored: the child's exit says more.
  for (const stream of [input, output, complaints]) stream.on('error', () => {});

  const { promise: ended, resolve } = Promise.withResolvers<Fault | undefined>();
  child.once('error', (cause) => resolve(startFault(ffmpeg, what, cause)));
  // «exit», not «close», which also waits until the output has been read to its end.
  const allSaid = new Promise<void>((resolve) => complaints.once('close', resolve));
  child.once('exit', async (code, killedBy) => {
    await allSaid;
    log.debug('ffmpeg has ended', { what, code: code ?? undefined, signal: killedBy ?? undefined, lines });
    const how = killedBy ? `by the signal ${killedBy}` : `with the code ${code}`;
    const words = `ffmpeg (${what}) ended ${how}${last ? `; it said: ${last}` : ''}.`;
    resolve(code === 0 ? undefined : new Fault('process-ended', words, { fields: { what } }));
  });

  let closing: Promise<void> | undefined;
  const close = () => (closing ??= end(child, ended));
  const abort = () => void close();
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  void ended.then(() => signal.removeEventListener('abort', abort));

  return {
    pid: child.pid,
    output,
    ended,
    write: (bytes) => write(input, bytes, ended),
    finish: () => void input.end(),
    kill: () => void (child.pid !== undefined && send(child.pid, 'SIGKILL')),
    get behind() {
      return input.writableLength;
    },
    [Symbol.asyncDispose]: close,
  };
}

function write(input: Writable, bytes: Uint8Array, ended: Promise<unknown>): Promise<boolean> {
  if (!input.writable) return Promise.resolve(false);
  if (input.write(bytes)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const settle = () => {
      input.off('drain', settle).off('close', settle);
      resolve(input.writable);
    };
    input.on('drain', settle).on('close', settle);
    void ended.then(settle);
  });
}

/** SIGTERM, then SIGKILL, to the whole process group; the pipes are closed first, so that no write can block. */
async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.pid === undefined) return;
  const waited = new AbortController();
  child.stdin?.destroy();
  child.stdout?.destroy();
  send(child.pid, 'SIGTERM');
  await Promise.race([ended, systemClock.sleep(grace, waited.signal)]);
  waited.abort();
  send(child.pid, 'SIGKILL');
  await ended;
}

/** To the whole group, because a wrapper script round ffmpeg leaves an orphan otherwise. A group that is gone is no error. */
function send(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function startFault(ffmpeg: string, what: string, cause: Error): Fault {
  const missing = ['ENOENT', 'EACCES'].includes((cause as NodeJS.ErrnoException).code ?? '');
  const words = `ffmpeg (${what}) could not be started from ${ffmpeg}. Is it installed, and is there memory left?`;
  return new Fault(missing ? 'program-missing' : 'process-ended', words, { cause, fields: { what } });
}

/**
 * Loaded before agent or relay (`node --import`): notes when bytes come and go over TLS, when a line is on the disk, and what passes the
 * pipes of ffmpeg. It changes nothing of the program, so that any commit can be watched alike. Never what the bytes are.
 */
import child, { type ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { type IncomingMessage, Server } from 'node:http';
import { Server as SecureServer } from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { StatementSync } from 'node:sqlite';
import { TLSSocket } from 'node:tls';
import type { ProgramMark } from './timeline.ts';

const file = process.env['NATTFRID_BENCH_MARKS'];
const marks: ProgramMark[] = [];
const note = (what: ProgramMark['what'], bytes: number, peer = '') => {
  marks.push({ at: performance.timeOrigin + performance.now(), what, bytes, peer });
};
const sizeOf = (chunk: unknown): number =>
  typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk instanceof Uint8Array ? chunk.length : 0;

function watch(path: string): void {
  setInterval(() => {
    const lines = marks.splice(0).map((one) => `${JSON.stringify(one)}\n`);
    if (lines.length > 0) appendFileSync(path, lines.join(''));
  }, 250).unref();

  const { emit, write } = TLSSocket.prototype;
  TLSSocket.prototype.emit = function (this: TLSSocket, name: string | symbol, ...given: unknown[]) {
    if (name === 'data') note('in', sizeOf(given[0]), this.remoteAddress);
    return (emit as (...all: unknown[]) => boolean).call(this, name, ...given);
  } as typeof emit;
  TLSSocket.prototype.write = function (this: TLSSocket, ...given: unknown[]) {
    note('out', sizeOf(given[0]), this.remoteAddress);
    return (write as (...all: unknown[]) => boolean).apply(this, given);
  } as typeof write;

  // A server's HTTP never passes as `data`: its parser reads the connection itself.
  for (const { prototype } of [Server, SecureServer]) {
    const serve = prototype.emit;
    prototype.emit = function (this: Server, name: string | symbol, ...given: unknown[]) {
      if (name === 'request') note('request', 0, (given[0] as IncomingMessage).url);
      return (serve as (...all: unknown[]) => boolean).call(this, name, ...given);
    } as typeof serve;
  }

  // Of what is written, the access line of the unit and each line of the relay's log; the commit follows within the same turn.
  const { run } = StatementSync.prototype;
  StatementSync.prototype.run = function (this: StatementSync, ...given: unknown[]) {
    const done = (run as (...all: unknown[]) => ReturnType<typeof run>).apply(this, given);
    if (/insert into "?(access|audit)/i.test(this.sourceSQL)) note('line', 0);
    return done;
  } as typeof run;

  const { spawn } = child;
  child.spawn = ((...given: unknown[]) => {
    const started = (spawn as (...all: unknown[]) => ChildProcess)(...given);
    const args = (Array.isArray(given[1]) ? given[1] : []).join(' ');
    if (!/rawvideo/.test(args)) return started;
    const encodes = args.includes('libx264');
    const out = started.stdout;
    const push = out?.push.bind(out);
    if (out && push)
      out.push = (chunk: unknown, ...rest) => {
        note(encodes ? 'coded' : 'frame', sizeOf(chunk));
        return push(chunk, ...rest);
      };
    const into = started.stdin;
    if (encodes && into) {
      const before = into.write.bind(into) as (...all: unknown[]) => boolean;
      into.write = ((...all: unknown[]) => {
        note('cleared', sizeOf(all[0]));
        return before(...all);
      }) as typeof into.write;
    }
    return started;
  }) as typeof spawn;
  syncBuiltinESMExports();
}

if (file) watch(file);

/** The unit's picture socket: over TLS as over plain TCP, given up when the relay is no longer heard, and never waited for. */
import { execFileSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { openSocket } from '../../../agent/src/publish/socket.ts';

const folder = mkdtempSync(join(tmpdir(), 'nattfrid-tls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const signal = new AbortController().signal;

/** A certificate for one name, signed by itself. */
function certificate(name: string) {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  const made = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=${name}`;
  const names = ['-addext', `subjectAltName=DNS:${name}`, '-keyout', key, '-out', cert];
  execFileSync('openssl', [...made.split(' '), ...names], { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

async function secure(name: string) {
  const { key, cert } = certificate(name);
  const server = createServer({ key, cert });
  const sockets = new WebSocketServer({ server });
  const heard = Promise.withResolvers<string>();
  sockets.on('connection', (socket: WebSocket) => socket.on('message', (bytes) => heard.resolve(String(bytes))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ca: cert,
    sockets,
    heard: heard.promise,
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const one of sockets.clients) one.terminate();
      server.close();
    },
  };
}

async function plain(autoPong = true) {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong });
  await new Promise((resolve) => sockets.once('listening', resolve));
  return {
    ca: '',
    sockets,
    port: (sockets.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => void sockets.close(),
  };
}
const common = { headers: {}, onMessage: () => {}, clock: systemClock };

describe('the picture socket', () => {
  it('goes over TLS to a relay whose certificate is known', async () => {
    await using relay = await secure('localhost');
    using socket = await openSocket({ ...common, url: `wss://localhost:${relay.port}/`, ca: relay.ca }, signal);
    socket.send(new TextEncoder().encode('sealed'));
    expect(await relay.heard).toBe('sealed');
  });

  it('does not go to one whose certificate is not known, or is for another name', async () => {
    await using relay = await secure('localhost');
    const url = `wss://localhost:${relay.port}/`;
    await expect(openSocket({ ...common, url }, signal)).rejects.toMatchObject({ code: 'relay-not-trusted' });
    await using other = await secure('elsewhere');
    const there = { ...common, url: `wss://localhost:${other.port}/`, ca: other.ca };
    await expect(openSocket(there, signal)).rejects.toMatchObject({ code: 'relay-not-trusted' });
  });

  it('does not wait for a relay that accepts and then says nothing', async () => {
    const server = createPlain((connection) => connection.on('error', () => {}));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const clock = movedClock();
    const opening = openSocket({ ...common, clock, url, patience: milliseconds(800) }, signal);
    const refused = expect(opening).rejects.toMatchObject({ code: 'link-lost' });
    await clock.advance(milliseconds(801));
    await refused;
    server.close();
  });

  it('stands by without a word of its own as long as the relay asks, and is given up when it no longer does', async () => {
    await using server = await plain();
    let [asked, answered] = [0, 0];
    const connected = new Promise<WebSocket>((resolve) => server.sockets.once('connection', resolve));
    const url = `ws://127.0.0.1:${server.port}/`;
    const clock = movedClock();
    using socket = await openSocket({ headers: {}, clock, url }, signal);
    const relay = await connected;
    relay.on('ping', () => asked++);
    relay.on('pong', () => answered++);
    let over = false;
    void socket.closed.then(() => {
      over = true;
    });
    for (let turn = 1; turn <= 4; turn++) {
      await clock.advance(seconds(15));
      relay.ping();
      while (answered < turn) await new Promise((resolve) => setImmediate(resolve));
    }
    expect({ over, asked }).toEqual({ over: false, asked: 0 });
    await clock.advance(seconds(26));
    expect((await socket.closed).code).toBe('link-lost');
  });

  it('is given up when the relay is no longer heard, and kept as long as it answers', async () => {
    await using server = await plain(false);
    const asked: WebSocket[] = [];
    server.sockets.on('connection', (socket) => socket.on('ping', () => asked.push(socket)));
    const url = `ws://127.0.0.1:${server.port}/`;
    const clock = movedClock();
    let heard = 0;
    using socket = await openSocket({ ...common, clock, url, onMessage: () => heard++ }, signal);
    let over = false;
    void socket.closed.then(() => {
      over = true;
    });
    for (let turn = 1; turn <= 6; turn++) {
      await clock.advance(milliseconds(500));
      while (asked.length < turn) await new Promise((resolve) => setImmediate(resolve));
      asked.at(-1)?.send(new Uint8Array([5]));
      while (heard < turn) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(over).toBe(false);
    await clock.advance(seconds(2));
    expect((await socket.closed).code).toBe('link-lost');
  });

  let onEnd = () => {};
  const hearEnd = (message: unknown) =>
    (message as { request: ClientRequest }).request.once('socket', (socket) => socket.once('end', () => onEnd()));
  beforeAll(() => subscribe('http.client.request.created', hearEnd));
  afterAll(() => void unsubscribe('http.client.request.created', hearEnd));
  it.each(['ws', 'wss'] as const)('leaves nothing open when both ends leave at once (%s)', async (scheme) => {
    await using relay = await (scheme === 'wss' ? secure('localhost') : plain());
    relay.sockets.on('connection', (_, { socket }) => socket.end());
    const place = { ...common, url: `${scheme}://localhost:${relay.port}/`, ca: relay.ca };
    const openFiles = () => readdirSync('/proc/self/fd').length;
    const before = openFiles();
    for (let turn = 1; turn <= 8; turn++) {
      const leaving = new AbortController();
      // Somewhere there the unit's own end has been said, and is not through.
      const leaveIn = (ticks: number): void => (ticks > 0 ? process.nextTick(leaveIn, ticks - 1) : leaving.abort());
      onEnd = () => leaveIn(turn);
      const socket = await openSocket(place, leaving.signal);
      await socket.closed;
    }
    for (const one of relay.sockets.clients) one.terminate();
    await expect.poll(openFiles).toBeLessThanOrEqual(before);
  });
});

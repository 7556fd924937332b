/** A unit's WebSocket at the relay, over a real one: who is asked whether it is there, what goes out as one, what is read before the end. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guardStream, type WhyCut } from '@nattfrid/relay/mqtt/guarded-stream';
import { WebSocketOfDoor } from '@nattfrid/relay/socket/door';
import { systemClock } from '@nattfrid/shared/time/clock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

let server: Server;
let [unit, relay]: [WebSocket, WebSocket] = [undefined as never, undefined as never];
let pings = 0;

beforeEach(async () => {
  pings = 0;
  server = createServer();
  const came = Promise.withResolvers<WebSocket>();
  new WebSocketServer({ server }).on('connection', came.resolve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  unit = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  unit.on('ping', () => {
    pings++;
  });
  relay = await came.promise;
  await vi.waitFor(() => expect(unit.readyState).toBe(WebSocket.OPEN));
});
afterEach(() => {
  unit.terminate();
  relay.terminate();
  server.close();
});

const door = (speaks: boolean) => new WebSocketOfDoor(relay, { clock: systemClock, speaks });
const heard = { data: (_bytes: Buffer) => {}, end: () => {}, lost: () => {} };
/** What was sent before it has arrived: the other end has answered. */
async function arrived(from: WebSocket, to: WebSocket): Promise<void> {
  const answer = new Promise((resolve) => from.once('pong', resolve));
  from.ping();
  await answer;
  expect(to.readyState).toBe(WebSocket.OPEN);
}

describe('whether it is there', () => {
  it('is asked at each beat of one that stands by, whatever it has said', async () => {
    const socket = door(false);
    unit.send('said');
    await arrived(unit, relay);
    socket.ask();
    await vi.waitFor(() => expect(pings).toBe(1));
  });

  it('is not asked of one that has just spoken, and costs its mobile data nothing', async () => {
    const socket = door(true);
    socket.begin(heard);
    for (let beat = 0; beat < 3; beat++) {
      unit.send('said');
      await arrived(unit, relay);
      socket.ask();
    }
    await arrived(relay, unit);
    expect(pings).toBe(1);
  });

  it('is asked of one that has fallen silent, which is cut where it does not answer', async () => {
    const socket = door(true);
    socket.begin(heard);
    const closed = new Promise((resolve) => unit.once('close', resolve));
    socket.ask();
    unit.pause();
    socket.ask();
    expect(relay.readyState).toBe(WebSocket.OPEN);
    socket.ask();
    unit.resume();
    await closed;
  });

  it('is known of one that answers', async () => {
    const socket = door(true);
    socket.begin(heard);
    for (let beat = 0; beat < 5; beat++) {
      socket.ask();
      await arrived(relay, unit);
    }
    expect(relay.readyState).toBe(WebSocket.OPEN);
  });
});

describe('as a stream of bytes', () => {
  const guard = (told: WhyCut[] = []) => guardStream(door(true), 1000, (why) => told.push(why));

  it('sends what is written in many pieces as one message', async () => {
    const messages: string[] = [];
    unit.on('message', (bytes: Buffer) => messages.push(bytes.toString()));
    const stream = guard();
    stream.cork();
    for (const piece of ['he', 'll', 'o']) stream.write(piece);
    stream.uncork();
    await vi.waitFor(() => expect(messages).toEqual(['hello']));
  });

  it('gives all that came before the end, also to a reader that was busy', async () => {
    const stream = guard();
    unit.send('one');
    unit.send('two');
    unit.close();
    await new Promise((resolve) => relay.once('close', resolve));
    let read = '';
    for await (const piece of stream) read += String(piece);
    expect(read).toBe('onetwo');
  });

  it('ends a connection whose packet is too long', async () => {
    const told: WhyCut[] = [];
    const stream = guard(told);
    stream.on('error', () => {});
    const closed = new Promise((resolve) => unit.once('close', resolve));
    unit.send(Buffer.from([0x30, 0xff, 0xff, 0x7f]));
    await closed;
    expect(told).toEqual(['packet-too-long']);
  });
});

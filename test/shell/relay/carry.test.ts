/** What a door carries to the main node, where that cannot be reached: nobody waits for long, and everybody is told. */
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { openCarry } from '@nattfrid/relay/carry/carry';
import { watchReach } from '@nattfrid/relay/carry/reach';
import { openRemote } from '@nattfrid/relay/socket/remote';
import { silent } from '@nattfrid/shared/log/logger';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it, vi } from 'vitest';

async function listening(server: ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

it('is answered with 503 at once, and its live screens are let go, when the main node is lost', async () => {
  await using stack = new AsyncDisposableStack();
  // Takes connections, and never says a word: as a node does whose packets are lost.
  const mute = createTcpServer(() => {});
  stack.defer(() => void mute.close());
  const target = `http://127.0.0.1:${await listening(mute)}`;
  const carry = openCarry({ to: () => target, remote: openRemote([]), log: silent });
  const door = createServer((request, response) => carry.request(request, response));
  door.on('upgrade', (request, socket, head) => carry.socket(request, socket, head));
  stack.defer(() => void door.close());
  const port = await listening(door);
  const asked = fetch(`http://127.0.0.1:${port}/api/desk`);
  const screen = connect(port, '127.0.0.1', () =>
    screen.write('GET /live HTTP/1.1\r\nhost: door\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
  );
  screen.on('error', () => {});
  const gone = new Promise((resolve) => screen.once('close', resolve));
  screen.resume();
  await vi.waitFor(async () => {
    carry.letGo();
    const first = await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 20))]);
    expect(first).toBeInstanceOf(Response);
  }, 20_000);
  const answer = await asked;
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await answer.json()).toMatchObject({ code: 'no-main' });
  await vi.waitFor(async () => {
    carry.letGo();
    expect(screen.destroyed).toBe(true);
  }, 20_000);
  await gone;
});

it('leaves nothing open to the main node when it lets a live screen go: the process ends', async () => {
  await using stack = new AsyncDisposableStack();
  const there = new Set<Duplex>();
  const main = createServer();
  main.on('upgrade', (_request, socket) => {
    there.add(socket);
    socket.on('error', () => {});
    socket
      .resume()
      .once('end', () => socket.end())
      .once('close', () => there.delete(socket));
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
  });
  stack.defer(() => void main.close());
  const target = `http://127.0.0.1:${await listening(main)}`;
  const carry = openCarry({ to: () => target, remote: openRemote([]), log: silent });
  const door = createServer();
  door.on('upgrade', (request, socket, head) => carry.socket(request, socket, head));
  stack.defer(() => void door.close());
  const port = await listening(door);
  const screen = connect(port, '127.0.0.1', () =>
    screen.write('GET /live HTTP/1.1\r\nhost: door\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
  );
  const answered = new Promise<string>((resolve) => screen.once('data', (bytes: Buffer) => resolve(String(bytes))));
  expect(await answered).toMatch(/^HTTP\/1\.1 101/);
  expect(there.size).toBe(1);
  carry.letGo();
  await vi.waitFor(() => expect(there.size).toBe(0));
});

it('notices in some seconds that no connection to the main node comes about, and that one does again', async () => {
  const clock = movedClock(instant(0));
  const server = createTcpServer();
  const port = await listening(server);
  let lost = 0;
  using reach = watchReach({ to: () => `http://127.0.0.1:${port}`, clock, lost: () => void (lost += 1) });
  await clock.advance(seconds(1));
  server.close();
  await vi.waitFor(async () => {
    await clock.advance(seconds(1));
    expect(reach.isLost).toBe(true);
  }, 20_000);
  expect(lost).toBe(1);
  const again = createTcpServer();
  await new Promise<void>((resolve) => again.listen(port, '127.0.0.1', resolve));
  await vi.waitFor(async () => {
    await clock.advance(seconds(1));
    expect(reach.isLost).toBe(false);
  }, 20_000);
  again.close();
});

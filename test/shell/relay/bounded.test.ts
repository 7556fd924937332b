/** What anybody can ask of a relay is bounded: bodies that never come, sockets from one address, words of one screen. */
import { connect } from 'node:net';
import { writePicturePacket } from '@nattfrid/shared/wire/picture';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { describe, expect, it, vi } from 'vitest';
import { openAlarmLook } from '../../support/alarm-look.ts';
import { openSocket } from '../../support/person.ts';
import { openSite } from '../../support/relay-under-test.ts';

/** Sends this and nothing more. @returns after how many seconds the relay has closed */
function closedAfter(port: number, text: string): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => void socket.write(text));
    socket.on('error', () => {});
    socket.on('data', () => {});
    socket.on('close', () => resolve((performance.now() - began) / 1000));
    setTimeout(() => reject(new Error('still open')), 8000).unref();
  });
}

describe('a request that does not come whole', () => {
  const head = 'POST /api/sign-in HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n';
  it.for([
    ['says nothing', ''],
    ['sends half its headers', head],
    ['never sends its body', `${head}Content-Length: 500\r\n\r\n{"email":`],
  ] as const)('is cut where it %s', async ([, text]) => {
    await using site = await openSite({ settings: { requestWithinSeconds: 2 } });
    expect(await closedAfter(site.relay.port, text)).toBeLessThan(5);
  });
});

describe('sockets from one address', () => {
  it('are so many at most, and one that has gone makes room for another', async () => {
    await using site = await openSite({ settings: { socketsPerAddress: 10 } });
    const home = await site.unit('unit-1');
    const open = () =>
      openSocket(`${site.relay.url}/pictures/unit`, { authorization: `Bearer ${home.unit}:${home.token}` });
    const anna = await site.person('Anna', 'operator');
    const many10 = [];
    for (let many = 0; many < 10; many++) many10.push(await anna.socket(sockets.live));
    await expect(open()).rejects.toMatchObject({ fields: { status: 429 } });
    many10[0]!.terminate();
    const again = await vi.waitFor(open, { timeout: 3000 });
    again.terminate();
    for (const socket of many10) socket.terminate();
  });

  it('that are open are not cut for being quiet', async () => {
    await using site = await openSite({ settings: { requestWithinSeconds: 1 } });
    const anna = await site.person('Anna', 'operator');
    const live = await anna.socket(sockets.live);
    let closed = false;
    live.on('close', () => {
      closed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(closed).toBe(false);
    live.terminate();
  });
});

it('a screen that says more than any screen does is cut', async () => {
  await using site = await openSite();
  const anna = await site.person('Anna', 'operator');
  const { look, unit } = await openAlarmLook(site, anna, 'unit-1');
  const view = await anna.socket(`/pictures/view?look=${look}`);
  const closed = new Promise<string>((resolve) => view.on('close', () => resolve('cut')));
  for (let counter = 0; counter < 1000; counter++) view.send(writePicturePacket({ type: 'ack', counter }));
  expect(await closed).toBe('cut');
  await unit[Symbol.asyncDispose]();
});

/** What anybody can ask of a relay is bounded: bodies that never come, sockets from one address, words of one screen. */
import { connect } from 'node:net';
import { networkOf } from '@nattfrid/relay/socket/crowd';
import type { Logger } from '@nattfrid/shared/log/logger';
import { writePicturePacket } from '@nattfrid/shared/wire/picture';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { describe, expect, it, vi } from 'vitest';
import { openAlarmLook } from '../../support/alarm-look.ts';
import { openSocket, signIn } from '../../support/person.ts';
import { openSite } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

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

/** Opens so many that say this and nothing more. @returns how many of them are open */
async function idle(many: number, port: number, text: string): Promise<{ readonly open: () => number }> {
  let open = 0;
  const one = () =>
    new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        open++;
        socket.write(text);
        resolve();
      });
      socket.on('error', () => {});
      socket.on('close', () => open--);
      // Read, or its end would not be heard.
      socket.resume();
      socket.unref();
    });
  for (let time = 0; time < many; time++) await one();
  return { open: () => open };
}

const upgrade =
  'GET /mqtt HTTP/1.1\r\nHost: relay\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: bmF0dGZyaWQgbmF0dGZyaQ==\r\nSec-WebSocket-Protocol: mqtt\r\n';

describe('connections of one address that have not shown who they are', () => {
  const most = 20;
  const settings = { socketsPerAddress: most, trustedProxies: '' as never };

  it.for([
    ['plain MQTT without CONNECT', 'mqttPort', ''],
    ['MQTT over WebSocket without CONNECT', 'port', `${upgrade}\r\n`],
    ['half a request', 'port', 'GET /healthz HTTP/1.1\r\n'],
    ['nothing', 'port', ''],
  ] as const)('give way to the right token and the right password, and are bounded: %s', async ([, door, text]) => {
    const { log, warned } = warnings();
    await using site = await openSite({ settings, log });
    const home = await site.unit('unit-1');
    const anna = await site.person('Anna', 'operator');
    const idlers = await idle(3 * most, site.relay[door]!, text);
    await using overTcp = await connectUnit(site.relay, home, { over: 'tcp' });
    const other = await site.unit('unit-2');
    await using overWs = await connectUnit(site.relay, other, { over: 'ws' });
    const pictures = await openSocket(`${site.relay.url}/pictures/unit`, {
      authorization: `Bearer ${home.unit}:${home.token}`,
    });
    const live = await anna.socket(sockets.live);
    await signIn(site.relay, 'anna@testby.se');
    await vi.waitFor(() => expect(idlers.open()).toBeLessThanOrEqual(most));

    // More of them: who has shown who it is does not give way.
    await idle(3 * most, site.relay[door]!, text);
    expect([overTcp.client.connected, overWs.client.connected]).toEqual([true, true]);
    expect([pictures.readyState, live.readyState]).toEqual([pictures.OPEN, live.OPEN]);
    expect(warned.filter(({ sentence }) => sentence.startsWith('Too many connections'))).toEqual([
      { sentence: expect.any(String), fields: { crowd: 'from 127.0.0.1', open: most + 1 } },
    ]);
    for (const socket of [pictures, live]) socket.terminate();
  });

  it('are not counted for a proxy that is trusted, which all may stand behind', async () => {
    await using site = await openSite({ settings: { socketsPerAddress: most, trustedProxies: '127.0.0.1' as never } });
    const home = await site.unit('unit-1');
    const plain = await idle(3 * most, site.relay.mqttPort!, '');
    const http = await idle(3 * most, site.relay.port, 'GET /healthz HTTP/1.1\r\n');
    await using unit = await connectUnit(site.relay, home, { over: 'tcp' });
    expect([plain.open(), http.open(), unit.client.connected]).toEqual([3 * most, 3 * most, true]);
  });

  it('are counted by the address that a trusted proxy tells', async () => {
    await using site = await openSite({ settings: { socketsPerAddress: most } });
    const forwarded = (address: string) => `${upgrade}X-Forwarded-For: ${address}\r\n\r\n`;
    const many = await idle(2 * most, site.relay.port, forwarded('203.0.113.1'));
    const few = await idle(most, site.relay.port, forwarded('203.0.113.2'));
    await vi.waitFor(() => expect([many.open(), few.open()]).toEqual([most, most]));
  });

  it('are one for all addresses of an IPv6 network, as one house has as many as it likes', () => {
    expect(
      ['2001:db8:0:7::1', '2001:db8:0:7:ffff::2', '2001:db8::7:0:0:0:3', '2001:db8::1', '198.51.100.7'].map(networkOf),
    ).toEqual([...Array(3).fill('2001:db8:0:7::/64'), '2001:db8:0:0::/64', '198.51.100.7']);
  });
});

describe('sockets', () => {
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

function warnings() {
  const warned: { readonly sentence: string; readonly fields: unknown }[] = [];
  const warn = (sentence: string, fields?: unknown) => void warned.push({ sentence, fields });
  const log = { debug() {}, info() {}, error: warn, warn, child: () => log } as unknown as Logger;
  return { log, warned };
}

/** Sealed pictures through a real relay: to the one operator, never held up by a slow one, and gone with the look. */
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { openAlarmLook } from '../../support/alarm-look.ts';
import { closing, openSocket, type Person } from '../../support/person.ts';
import { kinds, opening, picture } from '../../support/picture-packets.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import type { Credential } from '../../support/speaking-unit.ts';

let site: Site;
let anna: Person;
let bo: Person;
beforeAll(async () => {
  site = await openSite();
  [anna, bo] = [await site.person('Anna', 'operator'), await site.person('Bo', 'operator')];
});
afterAll(() => site[Symbol.asyncDispose]());

let home: Credential;
let look: string;
let homes = 0;
beforeEach(async () => {
  const opened = await openAlarmLook(site, anna, `home-${++homes}`);
  const { unit } = opened;
  ({ home, look } = opened);
  return () => unit[Symbol.asyncDispose]();
});

const camera = (by = home, of = look) =>
  openSocket(`${site.relay.url}/pictures/unit?look=${of}`, { authorization: `Bearer ${by.unit}:${by.token}` });
const standby = (by = home) =>
  openSocket(`${site.relay.url}/pictures/unit`, { authorization: `Bearer ${by.unit}:${by.token}` });
const assign = (of: string, reader?: string) =>
  writePicturePacket({ type: 'assign', assignment: { look: of as never, ...(reader && { reader: reader as never }) } });
const viewer = (by = anna, of = look) => by.socket(`/pictures/view?look=${of}`);
/** Resolves when the relay has taken all that was sent before. */
const over = (socket: WebSocket) =>
  new Promise<void>((resolve) => {
    socket.once('pong', () => resolve());
    socket.ping();
  });
const status = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 101,
    (fault) => fault.fields.status,
  );

describe('pictures', () => {
  it('reach whoever opened the look, from the next keyframe on, exactly as they were sealed', async () => {
    const unit = await camera();
    const asked = kinds(unit);
    unit.send(opening(look));
    unit.send(picture('delta', 10));
    const screen = await viewer();
    const heard: Buffer[] = [];
    screen.on('message', (data: Buffer) => heard.push(data));
    await vi.waitFor(() => expect(asked).toContain('want-key'));
    const sent = [picture('delta', 11), picture('key', 12), picture('delta', 13)];
    for (const packet of sent) unit.send(packet);
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    expect(heard.map((data) => data.toString('hex'))).toEqual(
      [opening(look), sent[1]!, sent[2]!].map((data) => Buffer.from(data).toString('hex')),
    );
  });

  it('that come before the viewer wait a moment for this one, and for nobody after', async () => {
    const unit = await camera();
    const asked = kinds(unit);
    for (const packet of [opening(look), picture('key', 12), picture('delta', 13)]) unit.send(packet);
    await over(unit);
    const first = kinds(await viewer());
    await vi.waitFor(() => expect(first).toEqual(['opening', 'key', 'delta']));
    expect(asked).toEqual([]);
    const second = kinds(await viewer());
    await vi.waitFor(() => expect(asked).toContain('want-key'));
    expect(second).toEqual(['opening']);
  });

  it('of a unit that comes later than the viewer begin with a keyframe of themselves: none is asked for', async () => {
    const heard = kinds(await viewer());
    const unit = await camera();
    const asked = kinds(unit);
    for (const packet of [opening(look), picture('key', 12)]) unit.send(packet);
    await vi.waitFor(() => expect(heard).toEqual(['opening', 'key']));
    expect(asked).toEqual([]);
  });

  it('come over a connection of the unit that stood by, once it has said for which look', async () => {
    const unit = await standby();
    const asked = kinds(unit);
    const heard = kinds(await viewer());
    unit.send(assign(look));
    unit.send(opening(look));
    unit.send(picture('key', 12));
    await vi.waitFor(() => expect(heard).toEqual(['opening', 'key']));
    await anna.socket(`/pictures/view?look=${look}`);
    await vi.waitFor(() => expect(asked).toContain('want-key'));
  });

  it('do not come over one that asks for what it may not, or says anything else first', async () => {
    const other = await site.unit(`other-${home.unit}`);
    const heard = kinds(await viewer());
    for (const [by, first, code] of [
      [other, assign(look), 4000],
      [home, assign(randomUUID()), 4000],
      [home, assign(look, 'nobody'), 4000],
      [home, opening(look), 4005],
      [home, new Uint8Array([99]), 4005],
    ] as const) {
      const unit = await standby(by);
      const over = closing(unit);
      unit.send(first);
      unit.send(opening(look));
      unit.send(picture('key', 12));
      expect(await over).toBe(code);
    }
    expect(heard).toEqual([]);
    expect(await status(standby({ ...home, token: 'wrong' }))).toBe(401);
  });

  it('leave no more than three connections of one unit standing by', async () => {
    const first = await standby();
    const over = closing(first);
    for (let more = 0; more < 3; more++) await standby();
    expect(await over).toBe(4003);
  });

  it('are acknowledged to the unit', async () => {
    const unit = await camera();
    const heard: unknown[] = [];
    unit.on('message', (data: Buffer) => heard.push(readPicturePacket(new Uint8Array(data))));
    const screen = await viewer();
    screen.send(writePicturePacket({ type: 'ack', counter: 7 }));
    await vi.waitFor(() => expect(heard).toContainEqual({ type: 'ack', counter: 7 }));
  });

  it('of a connection of the unit that is gone are for nobody who comes later', async () => {
    const gone = await camera();
    for (const packet of [opening(look), picture('key', 10)]) gone.send(packet);
    await over(gone);
    gone.close();
    await new Promise((resolve) => gone.once('close', resolve));
    const screen = await viewer();
    const heard = kinds(screen);
    await over(screen);
    expect(heard).toEqual([]);
    const unit = await camera();
    for (const packet of [opening(look), picture('key', 11)]) unit.send(packet);
    await vi.waitFor(() => expect(heard).toEqual(['opening', 'key']));
  });

  it('begin anew for one who comes back', async () => {
    const unit = await camera();
    unit.send(opening(look));
    unit.send(picture('key', 10));
    const first = await viewer();
    first.close();
    const asked = kinds(unit);
    const again = await viewer();
    const heard = kinds(again);
    await vi.waitFor(() => expect(asked).toContain('want-key'));
    unit.send(picture('key', 10));
    await vi.waitFor(() => expect(heard.at(-1)).toBe('key'));
  });

  it('are for nobody else: no colleague, no stranger, no other unit, no other look', async () => {
    const other = await site.unit(`other-${home.unit}`);
    expect(await status(viewer(bo))).toBe(403);
    expect(await status(openSocket(`${site.relay.url}/pictures/view?look=${look}`, {}))).toBe(401);
    expect(await status(anna.socket(`/pictures/view?look=${look}`, { origin: 'http://evil.se' }))).toBe(403);
    expect(await status(viewer(anna, randomUUID()))).toBe(403);
    expect(await status(camera(other))).toBe(403);
    expect(await status(camera({ ...home, token: 'wrong' }))).toBe(401);
    expect(await status(camera(home, randomUUID()))).toBe(403);
    expect(await status(viewer(anna, 'no-id'))).toBe(400);
  });

  it('end with the look, and there are none after it', async () => {
    const unit = await camera();
    const screen = await viewer();
    const codes: number[] = [];
    for (const socket of [unit, screen]) socket.on('close', (code) => codes.push(code));
    await anna.call('closeLook', { look });
    await vi.waitFor(() => expect(codes).toEqual([4000, 4000]));
    expect(await status(viewer())).toBe(403);
    expect(await status(camera())).toBe(403);
  });

  it('that are too long end the connection they came on', async () => {
    const unit = await camera();
    unit.on('error', () => {});
    const closed = closing(unit);
    unit.send(new Uint8Array(600 * 1024));
    expect(await closed).toBe(1009);
  });
});

describe('a viewer who stops reading', () => {
  it('misses pictures, holds up neither the unit nor another screen, and goes on with a keyframe', async () => {
    const unit = await camera();
    const asked = kinds(unit);
    unit.send(opening(look));
    const quick = await viewer();
    const heard = kinds(quick);
    const slow = await viewer();
    const heardSlowly = kinds(slow);
    const wire = (slow as unknown as { _socket: Socket })._socket;
    wire.pause();
    unit.send(picture('key', 100));
    await vi.waitFor(() => expect(heard).toContain('key'));
    asked.length = 0;
    let sent = 1;
    // Until the relay has given up waiting for the slow one: more than what its socket and the system take in between.
    while (!asked.includes('want-key') && sent < 2000) {
      unit.send(picture('delta', 60_000));
      sent++;
      // The quick one has every picture, while the slow one reads none.
      await vi.waitFor(() => expect(heard.filter((kind) => kind !== 'opening')).toHaveLength(sent), {
        interval: 1,
        timeout: 5000,
      });
    }
    expect(asked).toContain('want-key');
    unit.send(picture('delta', 10));
    wire.resume();
    await vi.waitFor(async () => {
      unit.send(picture('key', 100));
      expect(heardSlowly.at(-1)).toBe('key');
    }, 10_000);
    expect(heardSlowly.filter((kind) => kind === 'delta').length).toBeLessThan(sent);
    unit.send(picture('delta', 10));
    await vi.waitFor(() => expect(heardSlowly.at(-1)).toBe('delta'));
  });
});

it('bytes that are no request leave the relay as it was', async () => {
  const raw = connect(site.relay.port, '127.0.0.1');
  raw.on('error', () => {});
  raw.resume();
  raw.write(`GET /pictures/view?look=${look} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`);
  await new Promise((resolve) => raw.once('close', resolve));
  expect((await anna.desk()).looks.some((one) => one.look === look)).toBe(true);
});

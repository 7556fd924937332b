/** A colleague joins an open look: written down by name before anything flows, asked of the unit, and on a way of the own. */
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { openAlarmLook } from '../../support/alarm-look.ts';
import { openSocket, type Person } from '../../support/person.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import type { Credential, SpeakingUnit } from '../../support/speaking-unit.ts';

let site: Site;
let anna: Person;
let bo: Person;
let karin: Person;
beforeAll(async () => {
  site = await openSite();
  [anna, bo] = [await site.person('Anna', 'operator'), await site.person('Bo', 'operator')];
  karin = await site.person('Siv', 'coordinator');
});
afterAll(() => site[Symbol.asyncDispose]());

let home: Credential;
let unit: SpeakingUnit;
let look: string;
let homes = 0;
beforeEach(async () => {
  ({ home, unit, look } = await openAlarmLook(site, anna, `home-${++homes}`));
  return () => unit[Symbol.asyncDispose]();
});

const join = (by = bo) => by.call('joinLook', { look }, { operatorKey: 'b'.repeat(43) });
const screen = (by: Person) => by.socket(`/pictures/view?look=${look}`);
const camera = (reader = '') =>
  openSocket(`${site.relay.url}/pictures/unit?look=${look}${reader && `&reader=${reader}`}`, {
    authorization: `Bearer ${home.unit}:${home.token}`,
  });
const picture = (type: 'key' | 'delta', fill: number) =>
  writePicturePacket({ type, sealed: new Uint8Array(100).fill(fill) });
/** What comes in: kind and first byte. */
function heard(socket: WebSocket): string[] {
  const words: string[] = [];
  socket.on('message', (data: Buffer) => {
    const packet = readPicturePacket(new Uint8Array(data));
    if ('sealed' in packet) words.push(`${packet.type} ${packet.sealed[0]}`);
    else if ('type' in packet && packet.type !== 'beat') words.push(packet.type);
  });
  return words;
}
const status = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 101,
    (fault) => fault.fields.status,
  );
const log = async () =>
  (await karin.call('audit')).lines
    .filter(({ subject }) => subject === look)
    .map(({ who, what }) => `${who} ${what}`)
    .reverse();

describe('a colleague', () => {
  it('is written down by name before the unit is asked, and both stand at the look', async () => {
    expect((await join()).joined).toEqual(['Bo']);
    const asked = await unit.told('look-join');
    expect(asked).toMatchObject({ look, operatorKey: 'b'.repeat(43) });
    expect(asked.operator).toMatch(/^op-[0-9a-f]{12}$/);
    expect(await log()).toEqual(['Anna look-opened', 'Bo look-joined']);
    expect((await anna.desk()).looks.find((one) => one.look === look)).toMatchObject({
      operator: 'Anna',
      joined: ['Bo'],
    });
  });

  it('sees only what was sealed for the own console, and so does whoever opened the look', async () => {
    await join();
    const { operator } = await unit.told('look-join');
    const [mine, theirs] = [await camera(), await camera(operator)];
    const [annas, bos] = [await screen(anna), await screen(bo)];
    const [byAnna, byBo] = [heard(annas), heard(bos)];
    mine.send(picture('key', 1));
    theirs.send(picture('key', 2));
    await vi.waitFor(() => expect([byAnna, byBo]).toEqual([['key 1'], ['key 2']]));
    expect(await log()).toContain('Bo pictures-viewed');
  });

  it('who does not read holds up nobody else', async () => {
    await join();
    const { operator } = await unit.told('look-join');
    const [mine, theirs] = [await camera(), await camera(operator)];
    const [annas, bos] = [await screen(anna), await screen(bo)];
    (bos as unknown as { _socket: { pause(): void } })._socket.pause();
    const byAnna = heard(annas);
    const large = writePicturePacket({ type: 'key', sealed: new Uint8Array(200_000) });
    for (let number = 0; number < 60; number++) {
      theirs.send(large);
      mine.send(picture('key', number));
      await vi.waitFor(() => expect(byAnna.at(-1)).toBe(`key ${number}`), { interval: 1, timeout: 5000 });
    }
    expect(byAnna).toHaveLength(60);
  });

  it('has no pictures before joining, nor after leaving, and the unit is told', async () => {
    expect(await status(screen(bo))).toBe(403);
    await join();
    const { operator } = await unit.told('look-join');
    const [theirs, bos] = [await camera(operator), await screen(bo)];
    const closed: number[] = [];
    for (const socket of [theirs, bos]) socket.on('close', (code) => closed.push(code));
    expect((await bo.call('leaveLook', { look })).joined).toBeUndefined();
    expect(await unit.told('look-leave')).toEqual({ look, operator });
    await vi.waitFor(() => expect(closed).toEqual([4000, 4000]));
    expect(await status(screen(bo))).toBe(403);
    expect(await status(camera(operator))).toBe(403);
    expect(await status(screen(anna))).toBe(101);
    expect(await log()).toContain('Bo look-left');
  });

  it('whom the unit does not let in is out again, with its reason in the log', async () => {
    await join();
    const { operator } = await unit.told('look-join');
    await unit.say('look-answer', { type: 'not-joined', look: look as never, operator, why: 'outside-window' });
    await vi.waitFor(async () => expect(await log()).toContain(`unit ${home.unit} look-join-refused`));
    expect(await status(screen(bo))).toBe(403);
    const seen = async () => (await bo.desk()).looks.find((one) => one.look === look);
    expect(await seen()).toMatchObject({ notJoined: { who: 'Bo', why: 'outside-window' } });
    await join();
    expect((await seen())?.notJoined).toBeUndefined();
  });

  it('must be an operator, and there must be something to join', async () => {
    expect(await status(join(karin))).toBe(403);
    expect(await status(join(anna))).toBe(409);
    await anna.call('closeLook', { look });
    expect(await status(join())).toBe(409);
    expect(await unit.untold('look-join')).toBe(0);
  });

  it('goes with the look: nothing is kept after it', async () => {
    await join();
    const { operator } = await unit.told('look-join');
    const [theirs, bos] = [await camera(operator), await screen(bo)];
    const closed: number[] = [];
    for (const socket of [theirs, bos]) socket.on('close', (code) => closed.push(code));
    await anna.call('closeLook', { look });
    await vi.waitFor(() => expect(closed).toEqual([4000, 4000]));
    expect(await status(screen(bo))).toBe(403);
  });
});

it('a screen hears the relay twice a second though the unit says nothing, so that silence means its own link', async () => {
  const socket = await screen(anna);
  const beats: number[] = [];
  socket.on('message', (data: Buffer) => {
    const packet = readPicturePacket(new Uint8Array(data));
    if ('type' in packet && packet.type === 'beat') beats.push(1);
  });
  await vi.waitFor(() => expect(beats.length).toBeGreaterThan(1), 10_000);
});

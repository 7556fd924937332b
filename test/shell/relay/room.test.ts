/** A room through a real relay: one that takes much away waits for a second person, and the unit is not told before. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Person } from '../../support/person.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { type Credential, connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

let site: Site;
let anna: Person;
let eva: Person;
let home: Credential;
let unit: SpeakingUnit;
let homes = 0;
beforeAll(async () => {
  site = await openSite();
  [anna, eva] = [await site.person('Anna', 'operator'), await site.person('Eva', 'coordinator')];
});
afterAll(() => site[Symbol.asyncDispose]());
beforeEach(async () => {
  home = await site.unit(`room-${++homes}`);
  unit = await connectUnit(site.relay, home, { over: 'tcp' });
  return () => unit[Symbol.asyncDispose]();
});

const box = (left: number, top: number, width: number, height: number): Polygon => [
  [left, top],
  [left + width, top],
  [left + width, top + height],
  [left, top + height],
];
const first: Room = { beds: [box(0.1, 0.4, 0.4, 0.3)], exits: [box(0.8, 0.2, 0.2, 0.6)], masks: [] };
const withoutBed: Room = { ...first, beds: [] };
const confirm = (by: Person, room: Room) => by.call('confirmRoom', { unit: home.unit }, { room });
const second = (by: Person, version: number) => by.call('secondRoom', { unit: home.unit }, { version });
const card = async (): Promise<UnitView['room']> =>
  (await anna.desk()).units.find((one) => one.unit === home.unit)?.room;
const written = async () =>
  (await eva.call('audit')).lines
    .filter(({ what, subject }) => subject === home.unit && what.startsWith('room-') && what !== 'room-read')
    .map(({ who, what, details }) => [who, what, details['version'], details['waits'] ?? details['first']])
    .reverse();

it('is handed to the unit at once where it changes little, and waits where a bed is taken away', async () => {
  await confirm(anna, first);
  expect(await unit.told('room-letter')).toMatchObject({ version: 1, room: first });
  const view = await confirm(anna, withoutBed);
  expect(view).toMatchObject({
    confirmed: { version: 1, room: first },
    waiting: { version: 2, room: withoutBed, who: 'Anna' },
  });
  expect(await card()).toMatchObject({ version: 1, waiting: 2 });
  expect(await unit.untold('room-letter')).toBe(0);

  await expect(second(anna, 2)).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(second(eva, 1)).rejects.toMatchObject({ code: 'not-now' });
  const after = await second(eva, 2);
  expect(after).toMatchObject({ confirmed: { version: 2, room: withoutBed, who: 'Anna' } });
  expect(after).not.toHaveProperty('waiting');
  expect(await unit.told('room-letter')).toMatchObject({ version: 2, room: withoutBed });
  await expect(second(eva, 2)).rejects.toMatchObject({ code: 'not-now' });
  expect(await written()).toEqual([
    ['Anna', 'room-confirmed', '1', undefined],
    ['Anna', 'room-confirmed', '2', 'second-person'],
    ['Eva', 'room-seconded', '2', 'Anna'],
  ]);
});

it('is not handed to a unit that comes back while it waits, and waits no more once another is confirmed', async () => {
  await confirm(anna, first);
  await unit.told('room-letter');
  await confirm(anna, withoutBed);
  await unit.say('announce', { state: 'here', agent: '0.1.0', models: [], room: { version: 1 } });
  expect(await unit.untold('room-letter')).toBe(0);
  const small = { ...first, masks: [box(0, 0, 0.2, 0.2)] };
  expect(await confirm(eva, small)).not.toHaveProperty('waiting');
  expect(await unit.told('room-letter')).toMatchObject({ version: 3, room: small });
  await expect(second(eva, 2)).rejects.toMatchObject({ code: 'not-now' });
});

it('counts many small changes by one person together', async () => {
  await confirm(anna, first);
  const hidden = (width: number) => confirm(anna, { ...first, masks: [box(0, 0, width, 0.3)] });
  expect(await hidden(0.25)).not.toHaveProperty('waiting');
  expect(await hidden(0.5)).toMatchObject({ waiting: { version: 3 } });
  await second(eva, 3);
  expect(await hidden(0.75)).not.toHaveProperty('waiting');
});

it('goes to the unit with what both consoles have signed, and waits again where the unit misses the second word', async () => {
  const signed = { key: 'k'.repeat(43), at: '2026-11-24T01:00:00.000Z', signature: 's'.repeat(86) };
  const yes = { ...signed, at: '2026-11-24T01:05:00.000Z' };
  await anna.call('confirmRoom', { unit: home.unit }, { room: first, console: signed });
  expect(await unit.told('room-letter')).toMatchObject({ version: 1, console: signed });
  await unit.say('room-answer', { type: 'refused', version: 1, why: 'second-missing' });
  await expect.poll(card).toMatchObject({ waiting: 1 });
  await eva.call('secondRoom', { unit: home.unit }, { version: 1, console: yes });
  const letter = await unit.told('room-letter');
  expect(letter).toMatchObject({ version: 1, console: signed, second: { console: yes } });
  expect(letter.second?.by).not.toBe(letter.confirmedBy);
  await unit.say('room-answer', { type: 'refused', version: 1, why: 'older-proof' });
  await expect.poll(card).toMatchObject({ version: 1, inUse: false, refused: 'older-proof' });
});

it('A1.12 is written down with the place that was agreed, and how well it lies in the picture', async () => {
  const cut: Room = { ...first, beds: [box(0, 0.4, 0.4, 0.3)] };
  const { confirmed } = await confirm(anna, cut);
  expect(confirmed?.coverage).toMatchObject({ what: 'bed', hidden: 0 });
  expect(confirmed?.coverage?.score).toBeLessThan(0.8);
  const line = (await eva.call('audit')).lines.find(
    ({ what, subject }) => what === 'room-confirmed' && subject === home.unit,
  );
  expect(line?.details).toMatchObject({ agreed: 'bed', coverage: String(confirmed?.coverage?.score) });
});

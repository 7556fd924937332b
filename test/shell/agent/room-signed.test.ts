/** A room on the unit is taken for the word of those who confirmed it on consoles that it lets in; a lying relay draws none of its own. */
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import type { OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Plan } from '@nattfrid/shared/domain/plan';
import type { Room } from '@nattfrid/shared/domain/room';
import { silent } from '@nattfrid/shared/log/logger';
import { proveRoom, type RoomTurn } from '@nattfrid/shared/seal/room-proof';
import { makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { minutes } from '@nattfrid/shared/time/duration';
import { after, instant, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import type { RoomAnswer, RoomLetter } from '@nattfrid/shared/wire/room-letter';
import { describe, expect, it } from 'vitest';
import { roomSigned } from '../../../agent/src/look/room-signed.ts';
import { trustConsoles } from '../../../agent/src/look/trusted-consoles.ts';
import { whoseConsole } from '../../../agent/src/look/whose-console.ts';
import { letters } from '../../../agent/src/obey/letters.ts';
import { keepRoom } from '../../../agent/src/room/keep-room.ts';
import { accessTable } from '../../../agent/src/store/access-table.ts';
import { consolesTable } from '../../../agent/src/store/consoles-table.ts';
import { openDatabase } from '../../../agent/src/store/database.ts';
import { roomTable } from '../../../agent/src/store/room-table.ts';

const unit = 'enhet-1' as UnitId;
const petra = 'op-petra' as OperatorAlias;
const bo = 'op-bo' as OperatorAlias;
const night = instant(Date.parse('2026-11-24T01:00:00Z'));
const [municipality, petras, bos, evil] = await Promise.all([1, 2, 3, 4].map(makeSignKey));

const square = (x: number, y: number, side: number): Polygon => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];
const withBed: Room = { beds: [square(0.2, 0.4, 0.3)], exits: [], masks: [] };
const bedMoved: Room = { ...withBed, beds: [square(0.22, 0.4, 0.3)] };
const withoutBed: Room = { ...withBed, beds: [] };

const proof = (key: SignKey, room: Room, minute: number, turn: RoomTurn = 'first', of = unit) =>
  proveRoom({ unit: of, room, turn, at: printInstant(after(night, minutes(minute))) }, key, undefined);
const letter = (version: number, room: Room, more: Partial<RoomLetter> = {}): RoomLetter => ({
  version,
  room,
  confirmedBy: petra,
  confirmedAt: '2026-11-24T01:00:00.000Z',
  ...more,
});

function openUnit(consolesOfPlan?: Plan['consoles']) {
  const database = openDatabase(':memory:');
  const [access, consoles] = [accessTable(database), consolesTable(database)];
  const clock = movedClock(after(night, minutes(60)));
  const configured: Room = { beds: [], exits: [], masks: [] };
  const room = keepRoom({ table: roomTable(database), access, configured, clock, log: silent, changed: () => {} });
  const trusted = trustConsoles({ municipality: { current: municipality!.publicKey }, consoles, access });
  const whose = whoseConsole({ municipality: { current: municipality!.publicKey }, consoles, trusted });
  const answers: RoomAnswer[] = [];
  let doing: Promise<unknown> = Promise.resolve();
  const orders = letters({
    plan: { consider: () => Promise.reject(new Error('not asked')) },
    halts: { consider: () => undefined },
    room,
    roomSigned: roomSigned({ unit, whose, consoles: () => consolesOfPlan }),
    consoles,
    access,
    clock,
    outbox: { put: (_, answer) => void answers.push(answer as RoomAnswer) },
    log: silent,
    task: (done) => void (doing = done),
  });
  return {
    room,
    consoles,
    /** Takes the letter as it comes from the relay. @returns what the unit answers */
    async takes(given: RoomLetter): Promise<string> {
      orders['room-letter'](JSON.parse(JSON.stringify(given)) as RoomLetter);
      await doing;
      const answer = answers.at(-1);
      return answer?.type === 'refused' ? answer.why : `${answer?.type} ${answer?.version}`;
    },
    log: () => access.lines().map(({ what, who }) => `${who}: ${what.replace(/ [0-9A-Z]{4}-.*$/, '')}`),
  };
}

describe('a room that is signed for', () => {
  it('is used, and the console by which a person confirms first is known from then on, in the unit’s own log', async () => {
    const home = openUnit();
    const signed = letter(1, withBed, { console: await proof(petras!, withBed, 0) });
    expect(await home.takes(signed)).toBe('in-use 1');
    expect(home.consoles.of(petra)).toHaveLength(1);
    expect(home.log().map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'op-petra: room-confirmed',
      'op-petra: console-known',
    ]);
    expect(await home.takes(signed)).toBe('in-use 1');
    expect(home.log()).toHaveLength(2);
  });

  it('is not taken from a relay that draws another, keeps an old one, or makes somebody up', async () => {
    const home = openUnit();
    const first = await proof(petras!, withBed, 0);
    const second = await proof(petras!, bedMoved, 5);
    await home.takes(letter(1, withBed, { console: first }));
    await home.takes(letter(2, bedMoved, { console: second }));
    const before = home.room.room;
    expect(await home.takes(letter(3, withBed))).toBe('not-signed');
    expect(await home.takes(letter(3, withBed, { console: first }))).toBe('older-proof');
    expect(await home.takes(letter(3, bedMoved, { console: second }))).toBe('older-proof');
    const drawn = { ...(await proof(petras!, bedMoved, 6)) };
    expect(await home.takes(letter(3, withBed, { console: drawn }))).toBe('console-proof-wrong');
    const ofAnother = await proof(petras!, withBed, 7, 'first', 'enhet-2' as UnitId);
    expect(await home.takes(letter(3, withBed, { console: ofAnother }))).toBe('console-proof-wrong');
    expect(await home.takes(letter(3, withBed, { console: await proof(evil!, withBed, 8) }))).toBe('key-changed');
    const toCome = await proof(petras!, withBed, 60 + 16);
    expect(await home.takes(letter(3, withBed, { console: toCome }))).toBe('console-proof-wrong');
    expect(home.room.room).toBe(before);
    expect(home.log().at(-1)).toBe('op-petra: room-refused console-proof-wrong');
    expect(await home.takes(letter(3, withBed, { console: await proof(petras!, withBed, 9) }))).toBe('in-use 3');
  });

  it('where the plan knows vouched consoles only, is taken from those alone', async () => {
    const home = openUnit('vouched');
    expect(await home.takes(letter(1, withBed))).toBe('console-unknown');
    expect(await home.takes(letter(1, withBed, { console: await proof(petras!, withBed, 0) }))).toBe('console-unknown');
    expect(home.room.version).toBeUndefined();
  });

  it('that takes a bed away needs the word of a second person, who is not the first with another pen', async () => {
    const home = openUnit();
    await home.takes(letter(1, withBed, { console: await proof(petras!, withBed, 0) }));
    const own = await proof(petras!, withoutBed, 5);
    const large = letter(2, withoutBed, { console: own });
    expect(await home.takes(large)).toBe('second-missing');
    expect(await home.takes({ ...large, second: { by: petra, console: own } })).toBe('second-missing');
    expect(await home.takes({ ...large, second: { by: 'op-made-up' as OperatorAlias } })).toBe('second-missing');
    expect(await home.takes({ ...large, second: { by: bo, console: own } })).toBe('console-proof-wrong');
    const bosOfAnother = await proof(bos!, withBed, 6, 'second');
    expect(await home.takes({ ...large, second: { by: bo, console: bosOfAnother } })).toBe('console-proof-wrong');
    const yes = await proof(bos!, withoutBed, 6, 'second');
    expect(await home.takes({ ...large, second: { by: bo, console: yes } })).toBe('in-use 2');
    expect(home.room.room.beds).toEqual([]);
  });

  it('counts many small changes by one person together, also after a restart', async () => {
    const home = openUnit();
    const hidden = (width: number): Room => ({
      ...withBed,
      masks: [
        [
          [0, 0],
          [width, 0],
          [width, 0.3],
          [0, 0.3],
        ],
      ],
    });
    const takes = async (version: number, room: Room) =>
      home.takes(letter(version, room, { console: await proof(petras!, room, version) }));
    expect(await takes(1, withBed)).toBe('in-use 1');
    expect(await takes(2, hidden(0.25))).toBe('in-use 2');
    expect(await takes(3, hidden(0.5))).toBe('second-missing');
  });
});

/** A confirmed room on the unit: checked, written down, used at once and after a restart, and never at the cost of the unit's own masks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import type { OperatorAlias } from '@nattfrid/shared/domain/ids';
import type { Room } from '@nattfrid/shared/domain/room';
import { silent } from '@nattfrid/shared/log/logger';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import type { RoomLetter } from '@nattfrid/shared/wire/room-letter';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepRoom } from '../../../agent/src/room/keep-room.ts';
import { accessTable } from '../../../agent/src/store/access-table.ts';
import { openDatabase } from '../../../agent/src/store/database.ts';
import { roomTable } from '../../../agent/src/store/room-table.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nattfrid-room-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const square = (x: number, y: number, side: number): Polygon => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];
const bathroom = square(0.8, 0.1, 0.15);
const configured: Room = { beds: [], exits: [], masks: [bathroom] };
const letter = (version: number, room: Partial<Room> = {}): RoomLetter => ({
  version,
  room: { beds: [square(0.2, 0.4, 0.3)], exits: [], masks: [], ...room },
  confirmedBy: 'op-1' as OperatorAlias,
  confirmedAt: '2026-11-22T00:59:00.000Z',
});

function open() {
  const database = openDatabase(join(folder, 'unit.db'));
  const access = accessTable(database);
  let changes = 0;
  const keeper = keepRoom({
    table: roomTable(database),
    access,
    configured,
    clock: movedClock(instant(1000)),
    log: silent,
    changed: () => changes++,
  });
  return { database, access, keeper, changes: () => changes };
}

describe('a confirmed room', () => {
  it('is used at once, written in the unit’s own log, and still there after a restart', () => {
    const { database, access, keeper, changes } = open();
    expect(keeper.room).toBe(configured);
    expect(keeper.consider(letter(2), undefined)).toMatchObject({ type: 'in-use', version: 2 });
    expect(keeper.room.beds).toHaveLength(1);
    expect(keeper.room).toBe(keeper.room);
    expect(changes()).toBe(1);
    expect(access.lines().map(({ what, subject, who }) => `${what} ${subject} ${who}`)).toEqual([
      'room-confirmed version 2 op-1',
    ]);
    database[Symbol.dispose]();
    const again = open();
    expect(again.keeper.version).toBe(2);
    expect(again.keeper.room.beds).toHaveLength(1);
    expect(again.access.firstBroken()).toBeUndefined();
    again.database[Symbol.dispose]();
  });
  it('can add a mask and never takes away one of the unit’s own', () => {
    const { database, keeper } = open();
    keeper.consider(letter(1), undefined);
    expect(keeper.room.masks).toEqual([bathroom]);
    keeper.consider(letter(2, { masks: [square(0.1, 0.1, 0.1)] }), undefined);
    expect(keeper.room.masks).toEqual([bathroom, square(0.1, 0.1, 0.1)]);
    database[Symbol.dispose]();
  });
  it('leaves room for falls together with the unit’s own masks too, or is refused', () => {
    const { database, access, keeper } = open();
    const masked = letter(1, { beds: [], masks: [square(0.02, 0.2, 0.75)] });
    expect(keeper.consider(masked, undefined)).toMatchObject({ type: 'in-use' });
    const both = letter(2, {
      beds: [square(0.02, 0.4, 0.55)],
      masks: [
        [
          [0, 0],
          [1, 0],
          [1, 0.37],
          [0, 0.37],
        ],
      ],
    });
    expect(keeper.consider(both, undefined)).toMatchObject({ type: 'refused', why: 'not-sane' });
    expect(access.lines().at(-1)?.what).toBe('room-refused not-sane');
    database[Symbol.dispose]();
  });
  it('of before there were limits is used without its largest beds, and stays where the relay sends it again', () => {
    const before = letter(4, { beds: [square(0.1, 0.1, 0.8), square(0.2, 0.4, 0.3)] });
    const { database } = open();
    roomTable(database).save({ body: JSON.stringify(before), since: instant(500) });
    database[Symbol.dispose]();
    const again = open();
    expect([again.keeper.version, again.keeper.room.beds]).toEqual([4, [square(0.2, 0.4, 0.3)]]);
    expect(again.keeper.consider(before, undefined)).toMatchObject({ type: 'in-use', version: 4 });
    expect(again.keeper.room.beds).toHaveLength(1);
    expect(again.keeper.consider({ ...before, version: 5 }, undefined)).toMatchObject({
      type: 'refused',
      why: 'not-sane',
    });
    again.database[Symbol.dispose]();
  });
  it('may come twice, and is used once', () => {
    const { database, keeper, changes } = open();
    const first = keeper.consider(letter(3), undefined);
    expect(keeper.consider(letter(3), undefined)).toEqual(first);
    expect(changes()).toBe(1);
    database[Symbol.dispose]();
  });
  const tangled: Polygon = [
    [0.1, 0.1],
    [0.6, 0.6],
    [0.6, 0.1],
    [0.1, 0.6],
  ];
  for (const [name, given, why] of [
    ['of a lower version', letter(2), 'older-than-mine'],
    ['of the same version that says something else', letter(3, { beds: [] }), 'other-of-same-version'],
    ['whose bed crosses itself', letter(4, { beds: [tangled] }), 'not-sane'],
    ['whose bed nobody could lie in', letter(4, { beds: [square(0.2, 0.4, 0.01)] }), 'not-sane'],
    ['that hides nearly everything', letter(4, { masks: [square(0, 0, 0.95)] }), 'not-sane'],
    [
      'that hides most of it in two pieces',
      letter(4, { masks: [square(0, 0, 0.6), square(0.3, 0.3, 0.6)] }),
      'not-sane',
    ],
  ] as const)
    it(`is refused: one ${name}`, () => {
      const { database, access, keeper } = open();
      keeper.consider(letter(3), undefined);
      const before = keeper.room;
      expect(keeper.consider(given, undefined)).toEqual({ type: 'refused', version: given.version, why });
      expect(keeper.room).toBe(before);
      expect(access.lines().at(-1)?.what).toBe(`room-refused ${why}`);
      database[Symbol.dispose]();
    });
  it('that cannot be read any more is told, and the settings hold', () => {
    const { database, keeper } = open();
    keeper.consider(letter(2), undefined);
    roomTable(database).save({ body: '{"version":', since: instant(0) });
    database[Symbol.dispose]();
    const again = open();
    expect(again.keeper.room).toBe(configured);
    again.database[Symbol.dispose]();
  });
});

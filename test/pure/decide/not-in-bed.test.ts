import { alone } from '@nattfrid/agent/decide/alone';
import { notInBed } from '@nattfrid/agent/decide/not-in-bed';
import type { Observation, Person } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { aPerson, observed, poses, roomWithBed } from '../../support/bodies.ts';
import { told } from '../../support/told.ts';

const room = roomWithBed();
const abed = aPerson(poses['lying, head to the left'], { at: [0, 4.5, 0.5] });
const onTheEdge = aPerson(poses['sitting on a chair'], { at: [0, 4.1, 0] });
const up = aPerson(poses.standing, { at: [1, 3, 0] });

/** Minutes from 22:00 in Stockholm, winter; bedtime is 23:00, minute 60. */
const evening = Date.UTC(2026, 0, 14, 21);
const bedtime = 60;
/** Looks once a second. */
const from = (start: number, end: number, ...persons: Person[]): readonly Observation[] =>
  Array.from({ length: Math.round((end - start) * 60) }, (_, index) => {
    const one = observed(start * 60 + index, persons);
    return { ...one, at: instant(one.at + evening) };
  });
const nobodyLooks = (start: number, end: number): Observation[] =>
  Array.from({ length: (end - start) * 60 }, (_, index) => ({
    type: 'tick',
    at: instant(evening + (start * 60 + index) * 1000),
  }));
const inMinutes = (lines: readonly string[]) =>
  lines.map((line) => line.replace(/@(.*)/, (_, second) => `@${Math.round(Number(second) / 60)}`));

describe('A2.3 not in bed', () => {
  for (const [story, events, expected] of [
    ['is told at the agreed time of whoever is up', [from(55, 80, up)], ['began seen-up@60']],
    ['keeps quiet when the person went to bed before', [from(20, 30, up), from(30, bedtime + 90, abed)], []],
    [
      'takes who is under the blanket for being in bed',
      [from(20, 30, up), from(30, 35, abed), from(35, bedtime + 90)],
      [],
    ],
    [
      'does not take sitting on the bed for being in it',
      [from(30, 59, up), from(59, 90, onTheEdge)],
      ['began bed-unknown@74'],
    ],
    [
      'ends when the person goes to bed',
      [from(50, 70, up), from(70, 75, abed)],
      ['began seen-up@60', 'ended in-bed@71'],
    ],
    [
      'is not told twice in a night: a walk at two o’clock is another thing',
      [from(50, 65, abed), from(65, 120, up)],
      [],
    ],
    ['is told of who left the bed before the time', [from(20, 40, abed), from(40, 70, up)], ['began seen-up@60']],
    [
      'is told when up at the time, though in bed a moment before',
      [from(50, 55, abed), from(55, 80, up)],
      ['began seen-up@60'],
    ],
    [
      'says that it does not know, after a while without seeing anybody',
      [from(40, 50, up), from(50, 120)],
      ['began bed-unknown@65'],
    ],
    [
      'says so, and then what it sees',
      [from(40, 50, up), from(50, 80), from(80, 85, up)],
      ['began bed-unknown@65', 'changed seen-up@80'],
    ],
    ['says nothing while nobody looks', [from(50, 55, up).slice(0, 2), nobodyLooks(56, 120)], []],
    ['ends with the night', [from(480 - 2, 480 + 2, up)], ['began seen-up@478', 'ended night-over@480']],
  ] as const)
    it(story, () => {
      const detector = alone(notInBed({ agreed: { by: '23:00', until: '06:00' }, room, models: [] }), { room });
      expect(inMinutes(told(detector, events, evening))).toEqual(expected);
    });

  it('says that no bed is marked where none is', () => {
    const detector = alone(notInBed({ agreed: { by: '23:00', until: '06:00' }, room: unknownRoom, models: [] }), {
      room: unknownRoom,
    });
    expect(inMinutes(told(detector, [from(50, 90)], evening))).toEqual(['began no-bed-marked@65']);
  });
});

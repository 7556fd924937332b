/** The filter that the rules of beds are held against: it says what it was counted from, and is unsure where it saw nothing like it. */
import type { Observation } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { instant } from '@nattfrid/shared/time/instant';
import { count, filterBed, secondsOf } from '@nattfrid/simulator/nights/bed-filter';
import { describe, expect, it } from 'vitest';

const outline = [
  [0.2, 0.5],
  [0.6, 0.5],
  [0.6, 0.8],
  [0.2, 0.8],
] as const;
const room: Room = { beds: [outline], exits: [], masks: [] };
const picture = { brightness: 0.4, contrast: 0.3, changed: 0, known: 1, aspect: 1.6, alive: true, moving: 0 };
/** A look a second: how much of the bed moves, and how much of it lives. */
const night = (looks: readonly (readonly [moving: number, lives: number])[]): readonly Observation[] =>
  looks.map(([moving, lives], second) => ({
    type: 'observed',
    at: instant(second * 1000),
    persons: [],
    picture,
    beds: [{ changed: 0.1, moving, known: 1, lives }],
  }));
const asleep = Array.from({ length: 120 }, () => [0.004, 0.3] as const);
const empty = Array.from({ length: 120 }, () => [0, 0] as const);
const up = [[0.3, 0.4] as const];
const seconds = (looks: Parameters<typeof night>[0]) => secondsOf(night(looks), room, 0);
const truth = [
  { from: 0, is: 'in-bed' },
  { from: 121, is: 'not-in-bed' },
] as const;

describe('a filter of one bed', () => {
  const counted = count([{ seconds: seconds([...asleep, ...up, ...empty]), truth }]);
  const said = (looks: Parameters<typeof night>[0]) =>
    filterBed(seconds(looks), counted, { weight: 0.3, sure: 0.9 }).at(-1)?.is;

  it('says what a night like those it was counted from shows', () => {
    expect(said(asleep)).toBe('in-bed');
    expect(said([...asleep, ...up, ...empty])).toBe('not-in-bed');
  });

  it('is not sure from the first second', () =>
    expect(filterBed(seconds(asleep), counted, { weight: 0.03, sure: 0.9 })[0]?.is).toBe('unknown'));
});

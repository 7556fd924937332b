/** Out of the marks of unit, relay and page: where the time of a first picture went; and nothing where a mark is missing. */
import { describe, expect, it } from 'vitest';
import { type PageMark, type ProgramMark, stageNames, timelineOf } from '../../bench/live/first/timeline.ts';

const home = '10.0.0.1';
const mark = (at: number, what: ProgramMark['what'], bytes = 0, peer = home): ProgramMark => ({
  at,
  what,
  bytes,
  peer,
});

const unit = [
  mark(55, 'in', 34),
  mark(60, 'in', 580),
  mark(65, 'line'),
  // One of before the look is still being decoded.
  mark(66, 'coded', 1),
  mark(90, 'frame', 65_536),
  mark(91, 'frame', 65_536),
  mark(130, 'frame', 65_536),
  mark(110, 'cleared', 345_600),
  mark(125, 'coded', 3000),
  mark(127, 'out', 60),
  mark(128, 'out', 3048),
].toSorted((a, b) => a.at - b.at);
const relay = [
  mark(12, 'request', 0, '/api/units'),
  mark(14, 'request', 0, '/api/looks/open'),
  // To the console, and a beat to the unit.
  mark(20, 'out', 900, '10.0.0.2'),
  mark(21, 'out', 2),
  mark(30, 'out', 580),
  mark(150, 'in', 1400),
  mark(158, 'in', 1660),
  mark(159, 'out', 900, '10.0.0.2'),
  mark(160, 'out', 3040, '10.0.0.2'),
];
const page: PageMark[] = [
  { at: 10, what: 'asks' },
  { at: 40, what: 'watch' },
  { at: 170, what: 'decoded' },
  { at: 270, what: 'decoded' },
];
const noted = { clickedAt: 0, drawnAt: 173, unit, relay, page, home };

describe('where the time of a first picture went', () => {
  it('is told stage by stage, which together are the whole of it', () => {
    const { stages = [], bytes, screenAsked } = timelineOf(noted) ?? {};
    expect(stages).toEqual([10, 4, 16, 30, 5, 26, 19, 15, 3, 30, 2, 10, 3]);
    expect(stages).toHaveLength(stageNames.length);
    expect(stages.reduce((sum, one) => sum + one, 0)).toBe(173);
    expect({ bytes, screenAsked }).toEqual({ bytes: 3048, screenAsked: 40 });
  });

  for (const [name, given] of [
    ['the unit has written no line', { unit: unit.filter(({ what }) => what !== 'line') }],
    ['the relay passed no picture of that size', { relay: relay.slice(0, -1) }],
    ['the page drew something that it had not decoded', { page: page.slice(0, 2) }],
  ] as const)
    it(`is not guessed where ${name}`, () => expect(timelineOf({ ...noted, ...given })).toBeUndefined());
});

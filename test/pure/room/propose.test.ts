/** What a unit proposes of its room, from made-up walks, rests and named beds. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import { contains } from '@nattfrid/shared/domain/geometry';
import type { Gone, Observed, Person, Thing } from '@nattfrid/shared/domain/observation';
import { areaOf, crossesItself } from '@nattfrid/shared/domain/outline';
import { RoomProposal } from '@nattfrid/shared/domain/room-proposal';
import { run } from '@nattfrid/shared/machine/machine';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestContour } from '../../../agent/src/room/contour.ts';
import { hullOf } from '../../../agent/src/room/hull.ts';
import { gridHeight, gridWidth } from '../../../agent/src/room/occupancy-grid.ts';
import { proposalOf, proposing } from '../../../agent/src/room/propose.ts';

const bed: Box = { x: 0.2, y: 0.42, width: 0.4, height: 0.3 };
const standing = (x: number, feet: number): Box => ({ x: x - 0.05, y: feet - 0.45, width: 0.1, height: 0.45 });
const someone = (track: number, box: Box): Person => ({
  track,
  box,
  certainty: 0.9,
  unseenFor: milliseconds(0),
  axis: box.width * (16 / 9) > box.height ? { tilt: 85, elongation: 3 } : { tilt: 4, elongation: 3 },
});
const seen = (
  second: number,
  more: { persons?: readonly Person[]; gone?: readonly Gone[]; things?: readonly Thing[] } = {},
): Observed => ({
  type: 'observed',
  at: instant(second * 1000),
  persons: [],
  picture: { brightness: 0.4, contrast: 0.5, changed: 0, known: 1, aspect: 16 / 9, alive: true },
  ...more,
});

/** Comes in at the left edge, crosses the room, and goes back; ten seconds. */
function walk(track: number, from: number, feet = 0.85): Observed[] {
  const there = Array.from({ length: 20 }, (_, at) => 0.05 + at * 0.04);
  const steps = [...there, ...[...there].reverse()];
  const walked = steps.map((x, at) =>
    seen(from + at / 4, { persons: [someone(track, standing(x, feet + 0.03 * (at % 3)))] }),
  );
  return [...walked, seen(from + 10.25, { gone: [{ track, why: 'edge' }] })];
}
const named = (from: number, many: number, boxes: readonly Box[], persons: readonly Person[] = []): Observed[] =>
  Array.from({ length: many }, (_, at) =>
    seen(from + at * 2, { persons, things: boxes.map((box) => ({ kind: 'bed', box, score: 0.5 })) }),
  );
const quiet = (from: number, seconds: number): Observed[] =>
  Array.from({ length: seconds }, (_, at) => seen(from + at));
const proposed = (events: readonly Observed[]) => proposalOf(run(proposing, events).state);

describe('what is proposed', () => {
  it('A2.9 is told after three minutes of watching, not before, and not again without news', () => {
    expect(run(proposing, named(0, 80, [bed])).effects).toEqual([]);
    const told = run(proposing, named(0, 600, [bed])).effects.length;
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(5);
  });
  it('is a bed where the model named one again and again, with the figures', () => {
    const [one, ...more] = proposed(named(0, 60, [bed])).beds;
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      seen: 60,
      looked: 60,
      outline: [
        [0.2, 0.42],
        [0.6, 0.42],
        [0.6, 0.72],
        [0.2, 0.72],
      ],
    });
    expect(one!.certainty).toBeGreaterThan(0.6);
  });
  it('is no bed that was named once, and never a place where somebody lies that was not named', () => {
    const lying = [someone(1, { x: 0.3, y: 0.8, width: 0.4, height: 0.12 })];
    expect(proposed([...named(0, 1, [bed]), ...named(2, 200, [], lying)]).beds).toEqual([]);
  });
  it('is not moved by a single box that is far off', () => {
    const odd = { ...bed, x: 0.3, width: 0.45 };
    expect(
      proposed([...named(0, 30, [bed]), ...named(60, 3, [odd]), ...named(66, 20, [bed])]).beds[0]!.outline[0],
    ).toEqual([0.2, 0.42]);
  });
  it('is surer of a bed that somebody rests in', () => {
    const resting = [someone(1, { x: 0.22, y: 0.5, width: 0.36, height: 0.12 })];
    const [empty] = proposed(named(0, 60, [bed])).beds;
    const [rested] = proposed(named(0, 60, [bed], resting)).beds;
    expect(rested!.restedMinutes).toBeGreaterThan(1.5);
    expect(rested!.certainty).toBeGreaterThan(empty!.certainty);
  });
  it('is the floor that was walked on, without the bed', () => {
    const { floor } = proposed([
      ...named(0, 30, [{ ...bed, height: 0.45 }]),
      ...[0, 1, 2, 3].flatMap((at) => walk(at + 1, 70 + at * 20)),
    ]);
    expect(floor!.walks).toBe(4);
    expect(contains(floor!.outline, 0.7, 0.88)).toBe(true);
    expect(contains(floor!.outline, 0.4, 0.6)).toBe(false);
    expect(contains(floor!.outline, 0.7, 0.3)).toBe(false);
  });
  it('is an exit where people come and go, several times', () => {
    const twice = [1, 2].flatMap((at) => walk(at, at * 30));
    const often = [1, 2, 3, 4].flatMap((at) => walk(at, at * 30));
    const [door] = proposed([...quiet(0, 20), ...often]).exits;
    expect(door).toMatchObject({ at: 'edge', out: 4, in: 4 });
    expect(contains(door!.outline, 0.03, 0.8)).toBe(true);
    expect(proposed([...quiet(0, 20), ...twice.slice(0, 41)]).exits).toEqual([]);
  });
  it('is no exit where somebody who lay is lost, or who never moved', () => {
    const hidden = [1, 2, 3, 4].flatMap((at) => [
      ...named(at * 60, 10, [], [someone(at, { x: 0.3, y: 0.5, width: 0.4, height: 0.12 })]),
      seen(at * 60 + 21, { gone: [{ track: at, why: 'empty' }] }),
    ]);
    const coat = [1, 2, 3, 4].flatMap((at) => [
      ...named(at * 60, 10, [], [someone(at + 9, standing(0.9, 0.7))]),
      seen(at * 60 + 21, { gone: [{ track: at + 9, why: 'empty' }] }),
    ]);
    expect(proposed([...quiet(0, 20), ...hidden, ...coat]).exits).toEqual([]);
  });
});

describe('whatever is seen', () => {
  const share = fc.double({ min: -0.2, max: 1.1, noNaN: true });
  const boxes = fc.record({
    x: share,
    y: share,
    width: fc.double({ min: 0.01, max: 1, noNaN: true }),
    height: fc.double({ min: 0.01, max: 1, noNaN: true }),
  });
  it('makes a proposal that the wire takes, with outlines that do not cross themselves', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(boxes, boxes, fc.integer({ min: 1, max: 4 })), { minLength: 5, maxLength: 60 }),
        (given) => {
          const events = given.flatMap(([box, thing, track], at) => [
            seen(at * 2, { persons: [someone(track, box)], things: [{ kind: 'bed', box: thing, score: 0.5 }] }),
            ...(at % 5 === 4 ? [seen(at * 2 + 1, { gone: [{ track, why: 'edge' }] })] : []),
          ]);
          const proposal = RoomProposal.parse(proposed(events));
          for (const { outline } of [...proposal.beds, ...proposal.exits, ...(proposal.floor ? [proposal.floor] : [])])
            expect(crossesItself(outline)).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
  it('a hull holds all of its points', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, unit), { minLength: 3, maxLength: 40 }), (points) => {
        const hull = hullOf(points);
        if (hull.length < 3 || areaOf(hull) < 0.01) return;
        const [cx, cy] = [0, 1].map((axis) => hull.reduce((sum, point) => sum + point[axis]!, 0) / hull.length);
        // A hair towards the middle, since a corner may fall on either side.
        for (const [x, y] of points) expect(contains(hull, x + 1e-4 * (cx! - x), y + 1e-4 * (cy! - y))).toBe(true);
      }),
    );
  });
  it('the outline of a block of places is that block', () => {
    const inside = Array.from(
      { length: gridWidth * gridHeight },
      (_, at) => at % gridWidth < 32 && at < 18 * gridWidth,
    );
    expect(areaOf(largestContour(inside)!)).toBeCloseTo(0.25, 3);
  });
});

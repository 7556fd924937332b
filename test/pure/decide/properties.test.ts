/** What must hold of the detectors whatever is seen: stories made by chance, with seeds printed where one fails. */

import { alone } from '@nattfrid/agent/decide/alone';
import { blind } from '@nattfrid/agent/decide/blind';
import type { Detector } from '@nattfrid/agent/decide/detector';
import { fall } from '@nattfrid/agent/decide/fall';
import type { Finding } from '@nattfrid/agent/decide/finding';
import { leftRoom } from '@nattfrid/agent/decide/left-room';
import { notInBed } from '@nattfrid/agent/decide/not-in-bed';
import { longestElapsed } from '@nattfrid/agent/situation/elapsed';
import type { Observation, Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { type Machine, run } from '@nattfrid/shared/machine/machine';
import { instant } from '@nattfrid/shared/time/instant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aPerson, during, poses } from '../../support/bodies.ts';

const room: Room = {
  beds: [
    [
      [0.05, 0.4],
      [0.35, 0.4],
      [0.35, 0.6],
      [0.05, 0.6],
    ],
  ],
  exits: [
    [
      [0.85, 0.2],
      [1, 0.2],
      [1, 0.9],
      [0.85, 0.9],
    ],
  ],
  masks: [],
};
const models = ['eyes 1.0'];
const withSituation = <State>(detector: Detector<State>) =>
  alone(detector, { room }) as Machine<unknown, Observation, Finding>;
const detectors: Readonly<Record<string, Machine<unknown, Observation, Finding>>> = {
  fall: withSituation(fall({ agreed: { persistenceSeconds: 15 }, room, models })),
  'left-room': withSituation(leftRoom({ agreed: { afterMinutes: 0.3 }, room, models })),
  'not-in-bed': withSituation(notInBed({ agreed: { by: '00:00', until: '23:59' }, room, models })),
  blind: withSituation(blind({ agreed: { afterSeconds: 10 }, room, models })),
};

const postures: readonly Person[] = [
  aPerson(poses.standing),
  aPerson(poses['lying, head to the right']),
  aPerson(poses['sitting on the floor']),
  aPerson(poses.bending),
];
const nurse = aPerson(poses.standing, { at: [1.4, 3.5, 0], track: 2 });

/** A stretch of a night: somebody in one posture, nobody, nobody who could look, or only time. */
type Stretch =
  | { readonly what: 'persons'; readonly who: readonly Person[]; readonly lasts: number; readonly useless: boolean }
  | { readonly what: 'gap' | 'tick'; readonly lasts: number };
const stretches: fc.Arbitrary<readonly Stretch[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        what: fc.constant('persons' as const),
        who: fc
          .tuple(fc.option(fc.constantFrom(...postures)), fc.boolean())
          .map(([one, help]) => [...(one ? [one] : []), ...(help ? [nurse] : [])]),
        lasts: fc.integer({ min: 1, max: 25 }),
        useless: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        what: fc.constantFrom('gap' as const, 'tick' as const),
        lasts: fc.integer({ min: 1, max: 30 }),
      }),
    },
  ),
  { maxLength: 12 },
);

function eventsOf(story: readonly Stretch[]): readonly Observation[] {
  const events: Observation[] = [];
  let at = 0;
  for (const one of story) {
    events.push(...eventsOfOne(one, at));
    at += one.lasts;
  }
  return events;
}

function eventsOfOne(one: Stretch, from: number): readonly Observation[] {
  const until = from + one.lasts;
  switch (one.what) {
    case 'persons':
      return during(from, until, [...one.who]).map((seen) =>
        one.useless && seen.type === 'observed' ? { ...seen, picture: { ...seen.picture, contrast: 0.01 } } : seen,
      );
    case 'gap':
      return [{ type: 'gap', from: instant(from * 1000), at: instant(until * 1000), why: 'too-slow' }];
    case 'tick':
      return Array.from({ length: one.lasts }, (_, n) => ({ type: 'tick', at: instant((from + n + 1) * 1000) }));
  }
}

describe('whatever is seen', () => {
  for (const [name, detector] of Object.entries(detectors)) {
    it(`${name}: nothing begins twice without an end, ends without a beginning, or is told of another time`, () =>
      fc.assert(
        fc.property(stretches, (story) => {
          let open = false;
          let state = detector.initial;
          for (const event of eventsOf(story)) {
            const [next, findings] = detector.step(state, event);
            state = next;
            for (const { phase, at } of findings) {
              expect(at).toBe(event.at);
              expect(phase === 'began').toBe(!open);
              open = phase !== 'ended';
            }
          }
        }),
        { numRuns: 60 },
      ));

    it(`${name}: the order in which people are listed does not matter`, () =>
      fc.assert(
        fc.property(stretches, (story) => {
          const events = eventsOf(story);
          const turned = events.map((one) =>
            one.type === 'observed' ? { ...one, persons: one.persons.toReversed() } : one,
          );
          expect(run(detector, turned).effects).toEqual(run(detector, events).effects);
        }),
        { numRuns: 40 },
      ));
  }

  it('fall: a gap neither adds to the time on the floor nor wipes it out', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 30 }), (before, blindFor) => {
        const down = postures[1]!;
        const [gone, back] = [3 + before, 3 + before + blindFor];
        const events: readonly Observation[] = [
          ...during(0, 3, [postures[0]!]),
          ...during(3, gone, [down]),
          { type: 'gap', from: instant(gone * 1000), at: instant(back * 1000), why: 'too-slow' },
          ...during(back, back + 40, [down]),
        ];
        const [began] = run(detectors['fall']!, events).effects.filter(({ phase }) => phase === 'began');
        const seenLying = (began!.at - 3000) / 1000 - blindFor;
        // The first moments of being blind are believed: nobody gets up and lies down again in them.
        expect(seenLying).toBeGreaterThan(15 - longestElapsed / 1000 - 0.5);
        expect(seenLying).toBeLessThan(17.5);
      }),
      { numRuns: 200 },
    ));

  it('fall: help that stands there, comes and goes, or lies down too never makes the alarm go away', () =>
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (helps) => {
        const events = [
          ...during(0, 3, [postures[0]!]),
          ...helps.flatMap((help, n) => during(3 + 2 * n, 5 + 2 * n, help ? [postures[1]!, nurse] : [postures[1]!])),
          ...during(3 + 2 * helps.length, 3 + 2 * helps.length + 40, [postures[1]!, nurse]),
        ];
        const phases = run(detectors['fall']!, events).effects.map(({ phase }) => phase);
        expect(phases.filter((phase) => phase === 'began')).toHaveLength(1);
        expect(phases).not.toContain('ended');
      }),
      { numRuns: 40 },
    ));
});

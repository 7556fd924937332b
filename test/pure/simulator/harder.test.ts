/** What was seen of a night, made worse: never when, never how often, and the same for the same seed. */

import type { Observation } from '@nattfrid/shared/domain/observation';
import { instant } from '@nattfrid/shared/time/instant';
import { hardships } from '@nattfrid/simulator/nights/harder';
import { describe, expect, it } from 'vitest';
import { aPerson, observed, poses } from '../../support/bodies.ts';

const abed = aPerson(poses['lying, head to the left'], { at: [0, 4.5, 0.5] });
const seen: readonly Observation[] = [
  ...Array.from({ length: 120 }, (_, index) => ({
    ...observed(index / 2, [abed]),
    beds: [{ changed: 0.4, moving: 0.06, known: 1 }],
  })),
  { type: 'gap', why: 'no-picture', from: instant(60_000), at: instant(70_000) } as unknown as Observation,
];
const of = (name: string) => hardships.find((one) => one.name === name)!.worsen(seen, 4);

describe('a night that is seen worse', () => {
  it('changes something in each way, but no gap, and neither when nor how often anybody looked', () => {
    for (const { name, worsen } of hardships) {
      const worse = worsen(seen, 4);
      expect(worse.map(({ at }) => at)).toEqual(seen.map(({ at }) => at));
      expect(worse.at(-1)).toBe(seen.at(-1));
      expect(worse, name).not.toEqual(seen);
      expect(worsen(seen, 4), name).toEqual(worse);
    }
  });

  it('hides people for five seconds and more, and shows them between', () => {
    const unseen = of('nobody is seen for seconds on end').map(
      (one) => one.type === 'observed' && one.persons[0]!.unseenFor > 1000,
    );
    const runs = unseen
      .join('')
      .split('false')
      .filter((run) => run !== '');
    expect(runs.length).toBeGreaterThan(1);
    expect(unseen.filter(Boolean).length).toBeGreaterThan(20);
    expect(unseen.filter((one) => !one).length).toBeGreaterThan(20);
  });

  it('lets no box leave its place by more than it jumps', () => {
    for (const one of of('boxes jump about'))
      if (one.type === 'observed') {
        expect(Math.abs(one.persons[0]!.box.x - abed.box.x)).toBeLessThanOrEqual(0.1 * abed.box.width);
        expect(one.persons[0]!.box).not.toEqual(abed.box);
      }
  });
});

/** One belief about the room: who is who, and what leaves it as it was. */
import { bedStates } from '@nattfrid/agent/situation/bed-state';
import { type Situation, situationIn } from '@nattfrid/agent/situation/situation';
import type { Observation, Observed, Person } from '@nattfrid/shared/domain/observation';
import { run } from '@nattfrid/shared/machine/machine';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { aPerson, during, observed, poses, roomWithBed } from '../../support/bodies.ts';

const room = roomWithBed();
const abed = aPerson(poses['lying, head to the left'], { at: [0, 4.5, 0.5] });
const far = aPerson(poses.standing, { at: [-2.2, 3, 0] });
const down = aPerson(poses['lying, head to the right']);
const as = (person: Person, track: number): Person => ({ ...person, track });

/** The bed lies still, unless it is said to move. */
const bedMoves = (moving: number, events: readonly Observed[]): readonly Observed[] =>
  events.map((one) => ({ ...one, beds: [{ changed: 0.3, moving, known: 1 }] }));
const situationAfter = (
  stories: readonly (readonly Observation[])[],
  given: Partial<Parameters<typeof situationIn>[0]> = {},
) => run(situationIn({ room, ...given }), stories.flat()).state;
const whoIn = ({ sightings }: Situation) => [...sightings.keys()];
const bedIn = ({ beds }: Situation) => bedStates(beds).map(({ name, why }) => `${name} ${why}`);

describe('the situation', () => {
  it('keeps one identity for a track that leaves a bed which moves', () => {
    const sleeps = bedMoves(0.1, during(0, 12, [abed]));
    const walks = bedMoves(0.1, during(12, 16, [far]));
    expect(whoIn(situationAfter([sleeps, walks]))).toEqual(whoIn(situationAfter([sleeps])));
    expect(bedIn(situationAfter([sleeps, walks]))).toEqual(['not-in-bed left']);
  });

  it('gives a new identity to a track that leaves a bed which lies still: another person has its number', () => {
    const sleeps = bedMoves(0, during(0, 12, [abed]));
    const walks = bedMoves(0, during(12, 16, [far]));
    const [sleeper] = whoIn(situationAfter([sleeps]));
    expect(whoIn(situationAfter([sleeps, walks]))).toHaveLength(1);
    expect(whoIn(situationAfter([sleeps, walks]))).not.toContain(sleeper);
    expect(bedIn(situationAfter([sleeps, walks]))).toEqual(['in-bed went-in']);
  });

  it('knows the sleeper again when their number comes back to them', () => {
    const sleeps = bedMoves(0, during(0, 12, [abed]));
    const stories = [
      sleeps,
      bedMoves(0, during(12, 16, [far])),
      bedMoves(0, during(16, 17, [])),
      bedMoves(0, during(17, 20, [abed])),
    ];
    expect(whoIn(situationAfter(stories))).toEqual(whoIn(situationAfter([sleeps])));
  });

  it('never gives the identity of one person to another', () => {
    const stories = Array.from({ length: 5 }, (_, turn) => [
      ...bedMoves(0, during(30 * turn, 30 * turn + 12, [abed])),
      ...bedMoves(0, during(30 * turn + 12, 30 * turn + 16, [far])),
      ...bedMoves(0, during(30 * turn + 16, 30 * turn + 30, [])),
    ]);
    const strangers = stories.map(
      (_, turn) => whoIn(situationAfter([...stories.slice(0, turn), stories[turn]!.slice(0, 160)]))[0],
    );
    expect(new Set(strangers).size).toBe(5);
  });

  it('makes one of two tracks that were one body, with the fate of the lower', () => {
    const stories = [
      during(0, 3, [as(far, 2)]),
      during(3, 8, [down, as(far, 2)]),
      [observed(8, [as(far, 2)], { gone: [{ track: 1, why: 'merged', into: 2 }] })],
    ];
    const { persons, sightings } = situationAfter(stories);
    expect([...persons.fate].map(([who, { name }]) => [sightings.get(who)?.person.track, name])).toEqual([[2, 'down']]);
  });

  it('forgets whoever is remembered for nothing any more, and their tracks', () => {
    const passers = Array.from({ length: 20 }, (_, n) => [
      ...during(100 * n, 100 * n + 2, [as(far, n + 1)]),
      observed(100 * n + 2, [], { gone: [{ track: n + 1, why: 'never-sure' }] }),
    ]);
    const { persons, doubts } = situationAfter([...passers, during(3000, 3001, [])]);
    expect(Object.values(persons).map(({ size }) => size)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(doubts.identities.of.size).toBe(0);
  });

  it('is left as it was by gaps, by time, and by pictures that show nothing', () => {
    const before = situationAfter([during(0, 5, [abed])]);
    const { step } = situationIn({ room });
    const covered = observed(6, [far], { picture: { contrast: 0.01 } });
    for (const event of [
      { type: 'gap', from: instant(5000), at: instant(6000), why: 'too-slow' },
      { type: 'tick', at: instant(6000) },
    ] as const)
      expect(step(before, event)[0]).toBe(before);
    const [blind] = step(before, covered);
    expect(blind).toEqual({ ...before, watched: blind.watched });
    expect(blind.watched.eyesight).toEqual({ name: 'blind', why: 'covered' });
  });

  it('takes somebody who lies where the plan agrees to it for resting', () => {
    const posture = (given: Partial<Parameters<typeof situationIn>[0]>) =>
      [...situationAfter([during(0, 1, [down])], given).sightings.values()].map(({ reading }) => reading.posture);
    expect(posture({})).toEqual(['lying']);
    expect(posture({ mayLie: () => true })).toEqual(['resting']);
  });

  it('reads no posture twice', () => {
    const { sightings } = situationAfter([during(0, 1, [abed, as(far, 2)])]);
    for (const { reading, asTold } of sightings.values()) expect(asTold.reading).toBe(reading);
  });
});

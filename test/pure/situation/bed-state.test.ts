/** Whether somebody is in bed: stories of a night, in minutes. */
import { bedStates } from '@nattfrid/agent/situation/bed-state';
import { situationIn } from '@nattfrid/agent/situation/situation';
import type { BedSight, Gone, Observation, Observed, Person } from '@nattfrid/shared/domain/observation';
import { run } from '@nattfrid/shared/machine/machine';
import { milliseconds } from '@nattfrid/shared/time/duration';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aPerson, observed, poses, roomWithBed } from '../../support/bodies.ts';

const room = roomWithBed();
const abed = aPerson(poses['lying, head to the left'], { at: [0, 4.5, 0.5] });
const partner: Person = { ...abed, track: 2 };
const onTheEdge = aPerson(poses['sitting on a chair'], { at: [0, 4.1, 0] });
const beside = aPerson(poses.standing, { at: [0.3, 3.6, 0] });
const onTheWay = aPerson(poses.standing, { at: [-0.8, 3.4, 0] });
const far = aPerson(poses.standing, { at: [-2.2, 3, 0] });
/** In the middle of the bed, trunk up. */
const sitsUp = aPerson(poses['sitting on a chair'], { at: [0, 4.4, 0.1] });
const atItsEnd = aPerson(poses.standing, { at: [1.6, 4.6, 0] });
const besideHelper = aPerson(poses.standing, { at: [0.8, 3.5, 0] });
/** Of the sleeper only the head is seen, which looks like a small body that lies behind the bed. */
const head: Person = {
  ...aPerson(poses['lying, head to the left'], { at: [0, 3.3, 0] }),
  box: { ...abed.box, width: abed.box.width * 0.3, height: abed.box.height * 0.9 },
};
const as = (person: Person, track: number): Person => ({ ...person, track });

const made: BedSight = { changed: 0, moving: 0, known: 1 };
const bulge: BedSight = { changed: 0.4, moving: 0, known: 1 };
const stirs: BedSight = { changed: 0.4, moving: 0.05, known: 1 };
/** Looked into by itself, with and without breathing; the bed is remembered with whoever is in it. */
const looksTaken: BedSight = { ...made, body: 0.44, lives: 0 };
const breathes: BedSight = { ...looksTaken, lives: 0.01 };
const lives: BedSight = { ...made, lives: 0.01 };
const empty: BedSight = { ...made, body: 0.1, lives: 0 };
const cat: BedSight = { changed: 0.06, moving: 0.05, known: 1 };

/** Looks twice a second, times in seconds. */
const from = (
  start: number,
  end: number,
  persons: readonly Person[],
  bed: BedSight = made,
  gone?: Gone[],
): Observed[] =>
  Array.from({ length: (end - start) * 2 }, (_, index) => ({
    ...observed(start + index / 2, persons, index === 0 && gone ? { gone } : {}),
    beds: [bed],
  }));
/** Every other second a hundredth of the bed moves, and so much of the rest of the picture all the time. */
const breathing = (start: number, end: number, moving: number): Observed[] =>
  from(start, end, []).map((one, index) => ({
    ...one,
    beds: [{ ...made, moving: index % 4 === 0 ? 0.015 : 0 }],
    picture: { ...one.picture, moving },
  }));
/** Lies still, and turns over for a second every half minute. */
const sleeps = (start: number, end: number): Observed[] =>
  from(start, end, []).map((one, index) => ({ ...one, beds: [index % 60 < 2 ? stirs : bulge] }));
const hour = 3600;

describe('the bed', () => {
  for (const [story, events, expected] of [
    ['is unknown where nothing was ever seen', [from(0, 60, [])], 'unknown nothing-seen'],
    ['has who is seen lying in it', [from(0, 10, [abed])], 'in-bed seen-lying'],
    ['keeps who is lost under the blanket', [from(0, 10, [abed]), from(10, 60, [])], 'in-bed went-in'],
    [
      'keeps who sleeps without a movement for an hour, and is learnt as room',
      [from(0, 10, [abed]), from(10, hour, [], made)],
      'in-bed went-in',
    ],
    [
      'keeps the sleeper of whom only a part is seen, though they have just turned over',
      [from(0, 20, [abed], bulge), from(20, 21, [head], { ...bulge, moving: 0.1 }), from(21, 40, [head], bulge)],
      'in-bed seen-lying',
    ],
    ['has somebody on its edge', [from(0, 10, [onTheEdge])], 'on-edge seen-sitting'],
    [
      'is taken who sat there and is not seen any more for in it',
      [from(0, 10, [onTheEdge]), from(10, 30, [], bulge)],
      'in-bed went-in',
    ],
    [
      'is left by who gets up',
      [from(0, 10, [abed]), from(10, 12, [onTheEdge], stirs), from(12, 20, [far])],
      'not-in-bed left',
    ],
    [
      'is left by who rises under another number',
      [
        ...[from(0, 10, [abed]), from(10, 58, [], bulge), from(58, 60, [], stirs)],
        ...[from(60, 64, [as(beside, 7)]), from(64, 70, [as(far, 7)])],
      ],
      'not-in-bed left',
    ],
    [
      'is not left by a helper who is told anew beside it, while nothing in it has moved',
      [from(0, 10, [abed]), from(10, 60, [], made), from(60, 64, [as(beside, 7)]), from(64, 70, [as(far, 7)])],
      'in-bed went-in',
    ],
    [
      'is not left by a helper who was given the number of whoever lies there',
      [
        from(0, 10, [abed]),
        from(10, 60, [{ ...abed, unseenFor: milliseconds(9000) }]),
        from(60, 70, [far]),
        from(70, 80, []),
      ],
      'in-bed went-in',
    ],
    [
      'is not left because somebody comes to it from elsewhere',
      [from(0, 10, [abed]), from(10, 60, [], bulge), from(60, 66, [as(far, 7)]), from(66, 80, [as(beside, 7)])],
      'in-bed went-in',
    ],
    [
      'is not left by a visitor who sat there while another lay in it',
      [
        from(0, 10, [abed]),
        from(10, 20, [abed, as(far, 2)]),
        from(20, 40, [abed, as(onTheEdge, 2)]),
        from(40, 50, [abed, as(far, 2)]),
        from(50, 60, []),
      ],
      'in-bed went-in',
    ],
    [
      'has one of two left',
      [from(0, 10, [abed, partner]), from(10, 20, [abed, as(far, 2)]), from(20, 40, [])],
      'in-bed went-in',
    ],
    [
      'is empty when both have left',
      [
        from(0, 10, [abed, partner]),
        from(10, 12, [abed, as(far, 2)], stirs),
        from(12, 20, [abed, as(far, 2)]),
        from(20, 30, [far, as(beside, 2)], stirs),
      ],
      'not-in-bed left',
    ],
    ['takes a bulge that stirs for somebody', [from(0, 10, []), sleeps(10, 300)], 'in-bed stirs'],
    [
      'has who lies in it when the watching begins, from the first picture on',
      [from(0, 1, [], looksTaken)],
      'in-bed looks-taken',
    ],
    [
      'has who lies in it when the watching begins and breathes, for as long as they do',
      [from(0, 30, [], breathes), from(30, 600, [], looksTaken), from(600, 620, [], breathes)],
      'in-bed looks-taken',
    ],
    [
      'is found taken later by somebody who breathes',
      [from(0, 60, [], empty), from(60, 62, [], breathes)],
      'in-bed looks-taken',
    ],
    [
      'takes a heap that looks like somebody and never lives for nobody, before it counts as gone to bed',
      [from(0, 50, [], looksTaken)],
      'unknown nothing-seen',
    ],
    [
      'takes a heap that is made later for nobody',
      [from(0, 60, [], empty), from(60, 62, [], looksTaken)],
      'unknown nothing-seen',
    ],
    ['takes an empty cot for nobody', [from(0, 60, [], { ...looksTaken, body: 0.33 })], 'unknown nothing-seen'],
    [
      'takes what somebody who walks by has stirred for nobody',
      [from(0, 20, [], empty), from(20, 24, [beside], breathes), from(24, 34, [], breathes)],
      'unknown nothing-seen',
    ],
    [
      'keeps who breathes in it while somebody else walks about',
      [from(0, 30, [], breathes), from(30, 60, [as(far, 4)], looksTaken), from(60, 70, [], looksTaken)],
      'in-bed looks-taken',
    ],
    [
      'is not taken by its looks alone while its only sleeper may be the one who is up',
      [from(0, 5, [], looksTaken), from(5, 7, [as(far, 4)], looksTaken)],
      'unknown nothing-seen',
    ],
    [
      'has who is hardly made out when the watching begins, until something would be felt',
      [from(0, 5, [], { ...looksTaken, body: 0.3 })],
      'in-bed looks-taken',
    ],
    [
      'is left by whoever lay in it from the beginning',
      [
        from(0, 30, [], breathes),
        from(30, 32, [], { ...breathes, moving: 0.05 }),
        from(32, 40, [as(beside, 4)], breathes),
      ],
      'not-in-bed left',
    ],
    [
      'is not held for taken when it looks empty, though nobody was seen to leave',
      [from(0, 30, [], breathes), from(30, 200, [], empty)],
      'unknown nothing-seen',
    ],
    ['takes a cat for nobody', [from(0, 10, []), from(10, 600, [], cat)], 'unknown nothing-seen'],
    ['takes a heap of blankets for nobody', [from(0, 10, []), from(10, 600, [], bulge)], 'unknown nothing-seen'],
    [
      'is not sure of a bulge that has been still for long',
      [from(0, 10, []), sleeps(10, 300), from(300, 300 + 1300, [], bulge)],
      'unknown lies-still',
    ],
    [
      'is empty while the only one, who was in the room, is up and nothing stirs in it',
      [from(0, 2, [beside]), from(2, 30, [far])],
      'not-in-bed seen-elsewhere',
    ],
    [
      'is not called empty because somebody who came in is up: they need not be who sleeps there',
      [from(0, 60, [far])],
      'unknown nothing-seen',
    ],
    [
      'is not left because somebody turns up long after it moved',
      [from(0, 10, [onTheEdge], stirs), from(10, 100, []), from(100, 110, [as(atItsEnd, 7)])],
      'in-bed went-in',
    ],
    [
      'is left by who sat still on its edge before they stood up and went',
      [from(0, 10, [onTheEdge], stirs), from(10, 16, [onTheEdge]), from(16, 20, [far])],
      'not-in-bed left',
    ],
    [
      'is left by who has surely sat on its edge, though it does not heave as they rise',
      [from(0, 4, [onTheEdge], stirs), from(4, 40, [onTheEdge]), from(40, 42, [beside]), from(42, 50, [onTheWay])],
      'not-in-bed left',
    ],
    ['has somebody who lives in it, whatever it looks like', [from(0, 120, [], lives)], 'in-bed stirs'],
    [
      'has nobody in it because of a blanket that was moved and is mistaken for life',
      [from(0, 10, []), from(10, 12, [beside], stirs), from(12, 14, [far]), from(14, 90, [], lives)],
      'unknown nothing-seen',
    ],
    [
      'is not called empty while something large stirs in it',
      [sleeps(0, 15), from(15, 17, [far], bulge)],
      'unknown nothing-seen',
    ],
    [
      'is unknown after a time in which nobody looked',
      [from(0, 10, [abed]), from(600, 601, [])],
      'unknown not-watched',
    ],
    [
      'is slept in when it was remembered with somebody in it, and nothing has stirred',
      [from(0, 10, [abed], made), from(10, 20, [], made, [{ track: 1, why: 'empty' }])],
      'in-bed went-in',
    ],
    [
      'is not slept in because of the blanket that was thrown back on the way out',
      [
        from(0, 5, [onTheEdge], stirs),
        from(5, 10, [beside], stirs),
        from(10, 12, [beside], stirs),
        from(12, 20, [far], bulge),
        from(20, 300, [], bulge),
      ],
      'not-in-bed left',
    ],
    [
      'is left by somebody of whom it was only known that something stirs there',
      [
        ...[0, 20, 40, 60].flatMap((at) => [from(at, at + 2, [], stirs), from(at + 2, at + 20, [], bulge)]),
        from(80, 82, [], stirs),
        from(82, 90, [as(beside, 4)], bulge),
        from(90, 200, [], bulge),
      ],
      'not-in-bed left',
    ],
    [
      'is unknown when it has moved and looks as the remembered bed, though nobody was seen to leave',
      [from(0, 10, [abed], bulge), from(10, 12, [], stirs), from(12, 20, [], made, [{ track: 1, why: 'empty' }])],
      'unknown looks-empty',
    ],
    [
      'is slept in though it looks as the remembered bed, while nothing in it has moved: that was learnt with the sleeper',
      [from(0, 10, [abed], bulge), from(10, 300, [], made, [{ track: 1, why: 'empty' }])],
      'in-bed went-in',
    ],
    [
      'is unknown when who sat on its edge is seen no more, and it looks as the remembered bed',
      [
        from(0, 10, [onTheEdge], stirs),
        from(10, 12, [], stirs, [{ track: 1, why: 'empty' }]),
        from(12, 40, [as(far, 3)], made),
      ],
      'unknown looks-empty',
    ],
    [
      'is not left by who sits on its edge while a helper walks about',
      [from(0, 10, [onTheEdge, as(far, 3)], stirs), from(10, 12, [as(far, 3)]), from(12, 30, [as(far, 3)])],
      'in-bed went-in',
    ],
    [
      'is slept in by who is read to sit and to lie by turns, while it lies still',
      [
        ...[from(0, 2, [abed], stirs), from(2, 8, [abed])],
        ...[from(8, 11, [sitsUp]), from(11, 12, [abed]), from(12, 15, [sitsUp])],
      ],
      'in-bed seen-lying',
    ],
    [
      'has on its edge who sits up in it as it heaves',
      [from(0, 10, [abed], stirs), from(10, 12, [sitsUp], stirs), from(12, 18, [sitsUp])],
      'on-edge seen-sitting',
    ],
    [
      'is not left by a helper who bends over it and is given the number of the sleeper, long after it moved',
      [from(0, 10, [abed], stirs), from(10, 40, [{ ...abed, unseenFor: milliseconds(9000) }]), from(40, 46, [far])],
      'in-bed went-in',
    ],
    [
      'is not left by a helper who comes to it out of another behind whom they stood, while it moves',
      [
        ...[from(0, 10, [abed]), from(10, 60, [], bulge), from(60, 66, [as(far, 7)])],
        ...[from(66, 76, [as(beside, 7)], stirs), from(76, 80, [as(beside, 7), as(besideHelper, 8)], stirs)],
        from(80, 90, [as(far, 7), as(besideHelper, 8)]),
      ],
      'in-bed went-in',
    ],
    [
      'is slept in by whom helpers put there unseen: who was beside it, has not gone out, and is seen nowhere',
      [
        ...[from(0, 10, [abed]), from(10, 12, [beside], stirs), from(12, 40, [far])],
        ...[from(40, 50, [atItsEnd]), from(50, 60, [], stirs), from(60, 80, [], bulge)],
      ],
      'in-bed went-in',
    ],
    ['has somebody who breathes in it, however flat it is', [breathing(0, 120, 0.001)], 'in-bed stirs'],
    ['is not breathed in where the whole picture moves as much', [breathing(0, 120, 0.02)], 'unknown nothing-seen'],
  ] as readonly (readonly [string, readonly (readonly Observation[])[], string])[])
    it(story, () => {
      const [state] = bedStates(run(situationIn({ room }), events.flat()).state.beds);
      expect(`${state?.name} ${state?.why}`).toBe(expected);
    });

  it('is never taken for left nor for slept in where nothing can be known of it', () => {
    const unknowable = fc.array(fc.constantFrom(made, cat, bulge, { ...made, known: 0 }), { maxLength: 60 });
    fc.assert(
      fc.property(unknowable, (sights) => {
        const seen = sights.flatMap((sight, index) => from(index * 5, index * 5 + 5, [], { ...sight, moving: 0 }));
        expect(bedStates(run(situationIn({ room }), seen).state.beds)[0]?.name).toBe('unknown');
      }),
      { numRuns: 60 },
    );
  });
});

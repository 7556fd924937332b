import { alone } from '@nattfrid/agent/decide/alone';
import { fall } from '@nattfrid/agent/decide/fall';
import type { Observation, Observed, Person } from '@nattfrid/shared/domain/observation';
import { run } from '@nattfrid/shared/machine/machine';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { aPerson, during, observed, poses, roomWithBed } from '../../support/bodies.ts';
import { told } from '../../support/told.ts';

const room = roomWithBed(5);
const detector = () => alone(fall({ agreed: { persistenceSeconds: 15 }, room, models: ['eyes 1.0'] }), { room });

const up = aPerson(poses.standing);
const bent = aPerson(poses.bending);
const squatting = aPerson(poses.squatting);
const sitting = aPerson(poses['sitting on the floor']);
const crawling = aPerson(poses['on hands and knees']);
const down = aPerson(poses['lying, head to the right']);
const abed = aPerson(poses['lying, head to the left'], { at: [0, 5.5, 0.5] });
const carried: Person = { ...down, unseenFor: milliseconds(5000) };
const { joints: _, ...blurred } = { ...down, box: { ...down.box, height: down.box.width * 1.5 } };
const nurse = aPerson(poses.standing, { at: [1.4, 3.5, 0], track: 2 });
const nurseLying = { ...aPerson(poses['lying, head to the left'], { at: [1.8, 3.5, 0] }), track: 2 };
const farther = aPerson(poses['lying, head to the left'], { at: [1.9, 3.5, 0] });
const elsewhere = { ...nurseLying, track: 9 };
const risen = { ...up, track: 7 };
const thing = { ...down, certainty: 0.3 };
const gap = (from: number, to: number): Observation[] => [
  { type: 'gap', from: instant(from * 1000), at: instant(to * 1000), why: 'too-slow' },
];
const ticks = (from: number, to: number): Observation[] =>
  Array.from({ length: to - from }, (_, index) => ({ type: 'tick', at: instant((from + index) * 1000) }));
const catAt = (x: number): Person => ({
  ...aPerson(poses['lying, head to the right'], { at: [x, 3.5, 0] }),
  track: 12,
});
/** So much of the picture moves. */
const moving = (share: number, events: readonly Observed[]): readonly Observed[] =>
  events.map((one) => ({ ...one, picture: { ...one.picture, moving: share } }));
/** The same, while nothing differs from the remembered room. */
const flickers = (events: readonly Observed[]): readonly Observed[] =>
  events.map((one) => ({ ...one, picture: { ...one.picture, moving: 0.25, changed: 0.01, known: 1 } }));
const shape: Person = { ...blurred, track: 21, box: { ...down.box, height: down.box.width / 3 } };
const asWideAsThePicture = { ...down.box, x: 0, width: 0.8 };
const thread: Person = { ...shape, track: 22, axis: { tilt: 80, elongation: 11 } };
const still = (events: readonly Observation[]) => moving(0, events as readonly Observed[]);
/** Every other look another person's posture. */
const flickering = (from: number, to: number, ...turns: Person[]): Observation[] =>
  during(from, to, []).map((one, index) => ({ ...one, persons: [turns[index % turns.length]!] }));

describe('fall', () => {
  for (const [story, events, expected] of [
    [
      'is told after the agreed time on the floor',
      [during(0, 3, [up]), during(3, 25, [down])],
      ['began fell-from-standing@18'],
    ],
    ['says from where: sitting', [during(0, 5, [sitting]), during(5, 25, [down])], ['began fell-from-sitting@20']],
    ['says from where: out of bed', [during(0, 5, [abed]), during(5, 25, [down])], ['began fell-out-of-bed@20']],
    [
      'does not believe that a sleeper lies on the floor while nothing at all has moved',
      [moving(0, during(0, 30, [abed])), moving(1, during(30, 30.1, [abed])), moving(0, during(30.1, 90, [down]))],
      [],
    ],
    [
      'believes it once something has moved',
      [moving(0, during(0, 30, [abed])), moving(0.05, during(30, 31, [abed])), moving(0, during(31, 50, [down]))],
      ['began fell-out-of-bed@46'],
    ],
    [
      'does not believe joints that say «lying» of whoever is where and as high as they stood',
      [during(0, 3, [up]), during(3, 30, [{ ...down, box: up.box }])],
      [],
    ],
    [
      'counts from anew for whoever was lost and turns up clear of where they lay',
      [
        ...[during(0, 3, [up]), during(3, 9, [down])],
        ...[during(9, 16, [carried]), during(16, 40, [{ ...farther, track: down.track }])],
      ],
      ['began found-lying@31'],
    ],
    [
      'takes what lies and travels for a cat, also when it has gone out of the picture',
      [during(0, 9, []).map((one, index) => ({ ...one, persons: [catAt(-2 + index / 20)] })), during(9, 90, [])],
      [],
    ],
    [
      'takes what somebody has put there, and what a lamp makes appear, for a thing',
      [
        ...[still(during(0, 20, [])), moving(0.05, during(20, 24, [nurse]))],
        ...[moving(0.05, during(24, 26, [nurse, elsewhere])), still(during(26, 50, [nurse, elsewhere]))],
        ...[
          moving(0.4, during(50, 50.2, [nurse, elsewhere])),
          moving(0.01, during(50.2, 51, [nurse, elsewhere, down])),
        ],
        still(during(51, 90, [nurse, elsewhere, down])),
      ],
      [],
    ],
    [
      'believes that somebody lies there who was lost in that very place, though somebody else moves about',
      [
        ...[moving(0.05, during(0, 4, [nurse, up])), moving(0.05, during(4, 5, [nurse, up, { ...down, track: 9 }]))],
        moving(0.05, during(5, 22, [nurse, { ...up, unseenFor: milliseconds(2000) }, { ...down, track: 9 }])),
        still(during(22, 60, [{ ...down, track: 9 }])),
      ],
      ['began found-lying@22'],
    ],
    [
      'takes bars of light that roll through the picture for nobody, and a thread before the lens',
      [
        flickers(during(0, 60, [{ ...shape, axis: { tilt: 88, elongation: 4 } }])),
        ...[flickers(during(60, 90, [{ ...down, track: 23, box: asWideAsThePicture }])), during(90, 120, [thread])],
      ],
      [],
    ],
    [
      'takes what is there from one look to the next for a thing',
      [
        still(during(0, 20, [])),
        moving(0.05, during(20, 20.1, [])),
        still(flickering(20.1, 90, down, up, down, sitting)),
      ],
      [],
    ],
    [
      'finds whoever came in and lies there, though only then a person was seen',
      [still(during(0, 20, [])), moving(0.05, during(20, 21, [])), still(during(21, 60, [down]))],
      ['began found-lying@36'],
    ],
    ['finds somebody who lay there before anybody looked', [during(0, 20, [down])], ['began found-lying@15']],
    [
      'keeps quiet when the person is up again in time',
      [during(0, 2, [up]), during(2, 14, [down]), during(14, 60, [up])],
      [],
    ],
    [
      'ends when the person is up again',
      [during(0, 20, [down]), during(20, 25, [up])],
      ['began found-lying@15', 'ended up-again@21.9'],
    ],
    [
      'ends when the person is in bed again',
      [during(0, 20, [down]), during(20, 25, [abed])],
      ['began found-lying@15', 'ended into-bed@21.9'],
    ],
    [
      'begins again at a second fall',
      [during(0, 20, [down]), during(20, 25, [up]), during(25, 45, [down])],
      ['began found-lying@15', 'ended up-again@21.9', 'began fell-from-standing@40'],
    ],

    ['never for lying in bed', [during(0, 3, [up]), during(3, 300, [abed])], []],
    ['never for sitting on the floor', [during(0, 3, [up]), during(3, 300, [sitting])], []],
    ['never for bending or crawling', [during(0, 60, [bent]), during(60, 120, [crawling])], []],
    ['never for squats', [flickering(0, 60, up, squatting)], []],
    [
      'never for picking something up, read wrongly for a moment',
      [during(0, 5, [up]), during(5, 5.6, [down]), during(5.6, 60, [up])],
      [],
    ],
    [
      'never for a crouch that now and then looks like lying',
      [flickering(0, 120, squatting, squatting, squatting, down)],
      [],
    ],
    ['never for a thing that was never surely a person', [during(0, 120, [thing])], []],

    [
      'is not put off by looks at which the posture is not understood',
      [during(0, 3, [up]), flickering(3, 25, down, blurred, blurred)],
      ['began fell-from-standing@18'],
    ],
    [
      'is not put off by a wrong look now and then',
      [during(0, 3, [up]), flickering(3, 25, down, down, down, up)],
      ['began fell-from-standing@22.7'],
    ],
    [
      'keeps somebody whom the models lose while lying',
      [during(0, 3, [up]), during(3, 6, [down]), during(6, 25, [carried])],
      ['began fell-from-standing@18'],
    ],
    [
      'keeps somebody who vanishes while lying, without a reason',
      [during(0, 3, [up]), during(3, 6, [down]), during(6, 25, [])],
      ['began fell-from-standing@18'],
    ],
    [
      'keeps somebody lying who is lost at the edge of the picture',
      [
        during(0, 3, [up]),
        during(3, 7, [down]),
        [observed(7, [], { gone: [{ track: 1, why: 'edge' }] })],
        during(7.1, 25, []),
      ],
      ['began fell-from-standing@18'],
    ],
    [
      'asks for more sight of a body that never did anything but lie there',
      [during(0, 2, [down]), during(2, 60, [carried])],
      [],
    ],
    [
      'lets go where the room is seen empty again',
      [during(0, 4, [down]), [observed(4, [], { gone: [{ track: 1, why: 'empty' }] })], during(4.1, 25, [])],
      [],
    ],
    [
      'lets go of what was never seen up and goes out at the edge, as an animal does',
      [during(0, 10, [down]), [observed(10, [], { gone: [{ track: 1, why: 'edge' }] })], during(10.1, 60, [])],
      [],
    ],
    [
      'remembers a body that was never seen up for no longer than it was seen',
      [during(0, 5, [down]), during(5, 60, [])],
      [],
    ],
    ['lets go of a moment that looked like lying, and was gone', [during(0, 0.6, [down]), during(0.6, 60, [])], []],
    ['follows who gets up under another number', [during(0, 10, [down]), during(10, 60, [risen])], []],
    [
      'follows who was two tracks and became one',
      [
        during(0, 10, [down]),
        [observed(10, [{ ...down, track: 9 }], { gone: [{ track: 1, why: 'merged', into: 9 }] })],
        during(10.1, 20, [{ ...down, track: 9 }]),
      ],
      ['began found-lying@15'],
    ],
    [
      'waits while the person sits up on the floor',
      [during(0, 8, [down]), during(8, 12, [sitting]), during(12, 25, [down])],
      ['began found-lying@19'],
    ],
    [
      'does not end because the person sits up on the floor',
      [during(0, 20, [down]), during(20, 28, [sitting])],
      ['began found-lying@15'],
    ],

    [
      'neither forgets in a gap nor counts it',
      [during(0, 10, [down]), gap(10, 40), during(40, 60, [down])],
      ['began found-lying@43.1'],
    ],
    ['is never told out of blindness alone', [during(0, 14, [down]), ticks(14, 600)], []],
    [
      'bridges the blink of a slow moment',
      [during(0, 10, [down]), gap(10, 11.5), during(11.5, 20, [down])],
      ['began found-lying@15'],
    ],

    [
      'is held back while somebody stands there, for the agreed time once more',
      [during(0, 40, [down, nurse])],
      ['began found-lying@30 attended'],
    ],
    [
      'is told at once when they leave',
      [during(0, 20, [down, nurse]), during(20, 30, [down])],
      ['began found-lying@20'],
    ],
    [
      'is never cancelled by help',
      [during(0, 20, [down]), during(20, 30, [down, nurse])],
      ['began found-lying@15', 'changed attended@22 attended'],
    ],
    [
      'says when help has gone',
      [during(0, 20, [down]), during(20, 30, [down, nurse]), during(30, 40, [down])],
      ['began found-lying@15', 'changed attended@22 attended', 'changed unattended@32'],
    ],
    [
      'says when the helper is down too',
      [during(0, 20, [down]), during(20, 40, [down, nurseLying])],
      ['began found-lying@15', 'changed another-down@35'],
    ],
    [
      'is told of somebody else who lies there, once nobody sees the first body any more',
      [during(0, 20, [down]), during(20, 60, []), during(60, 80, [elsewhere])],
      ['began found-lying@15', 'ended nobody-there@75', 'began found-lying@75'],
    ],
    [
      'is not told twice of one who is lost and found again under another number',
      [during(0, 20, [down]), during(20, 60, []), during(60, 90, [{ ...down, track: 9 }])],
      ['began found-lying@15'],
    ],
    [
      'goes on counting for one who is lost and found again under another number',
      [during(0, 10, [down]), during(10, 13, []), during(13, 20, [{ ...down, track: 9 }])],
      ['began found-lying@15'],
    ],
    [
      'does not take who got up for help',
      [during(0, 20, [down]), during(20, 25, [risen])],
      ['began found-lying@15', 'ended nobody-there@22'],
    ],
  ] as const)
    it(story, () => expect(told(detector(), events)).toEqual(expected));

  it('carries its evidence in figures, with the models that looked', () => {
    const { effects } = run(detector(), [...during(0, 3, [up]), ...during(3, 3.8, [bent]), ...during(3.8, 20, [down])]);
    expect(effects[0]?.evidence).toEqual({
      code: 'fell-from-standing',
      figures: { lyingForSeconds: 15, fellInSeconds: 0.1, certainty: 0.9 },
      place: 'on-floor',
      bed: 'not-in-bed',
      models: ['eyes 1.0'],
      attended: false,
    });
  });
});

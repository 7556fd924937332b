/** What is agreed of a body that lies, by place and by hour, and slow ways down. */
import { alone } from '@nattfrid/agent/decide/alone';
import { fall } from '@nattfrid/agent/decide/fall';
import type { Person } from '@nattfrid/shared/domain/observation';
import { AgreedAlarms, type FallPlace } from '@nattfrid/shared/domain/plan';
import { run } from '@nattfrid/shared/machine/machine';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { aPerson, during, poses, roomWithBed } from '../../support/bodies.ts';

const room = roomWithBed(5);
const up = aPerson(poses.standing);
const down = aPerson(poses['lying, head to the right']);
const beside = aPerson(poses['lying, head to the right'], { at: [0, 4.6, 0] });
const onTheEdge = aPerson(poses['sitting on a chair'], { at: [0, 5.1, 0] });
const onTheFloor = aPerson(poses['sitting on the floor'], { at: [0, 4.6, 0] });
const { joints: _, ...blurred }: Person = { ...up, box: { ...up.box, width: up.box.height * 0.6 } };
const round = ({ box: { x, y, width, height } }: Person): FallPlace['where'] => ({
  type: 'outline',
  outline: [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ],
});
const toldAfter = (persistenceSeconds: number) => ({ type: 'told-after', persistenceSeconds }) as const;

const tell = (
  places: readonly FallPlace[],
  events: readonly (readonly ReturnType<typeof during>[number][])[],
  zero = 0,
) => {
  const agreed = { persistenceSeconds: 15, places };
  return run(
    alone(fall({ agreed, room, models: [] }), { room, fall: agreed }),
    events.flat().map((one) => ({ ...one, at: instant(one.at + zero) })),
  ).effects.map(({ at, evidence }) => `${evidence.code} ${evidence.place}@${Math.round((at - zero) / 1000)}`);
};

describe('A2.1 a fall', () => {
  const mattress: FallPlace = { where: round(down), lying: { type: 'agreed' } };
  for (const [story, places, events, expected] of [
    [
      'is told as soon as is agreed beside the bed',
      [{ where: { type: 'beside-bed' }, lying: toldAfter(5) }],
      [during(0, 30, [beside])],
      ['found-lying beside-bed@5'],
    ],
    [
      'is told as usual elsewhere',
      [{ where: { type: 'beside-bed' }, lying: toldAfter(5) }],
      [during(0, 30, [down])],
      ['found-lying on-floor@15'],
    ],
    ['is none on a mattress where lying is agreed', [mattress], [during(0, 3, [up]), during(3, 300, [down])], []],
    [
      'is one for who rolls off the mattress, from then on',
      [mattress],
      [during(0, 300, [down]), during(300, 330, [beside])],
      ['fell-out-of-bed beside-bed@315'],
    ],
    [
      'says that it was a slide, however slow',
      [],
      [during(0, 5, [onTheEdge]), during(5, 25, [onTheFloor]), during(25, 45, [beside])],
      ['slid-out-of-bed beside-bed@40'],
    ],
    [
      'says that somebody sank down',
      [],
      [during(0, 5, [up]), during(5, 15, [blurred]), during(15, 35, [down])],
      ['sank-down on-floor@30'],
    ],
  ] as const)
    it(story, () => expect(tell(places, events)).toEqual(expected));

  it('goes by the agreed hours', () => {
    const places = [{ ...mattress, hours: { from: '22:00', to: '06:00' } }];
    const lies = [during(0, 20, [down])];
    expect([tell(places, lies, Date.UTC(2026, 0, 14, 23)), tell(places, lies, Date.UTC(2026, 0, 14, 12))]).toEqual([
      [],
      ['found-lying on-floor@15'],
    ]);
  });

  it('can be agreed away in an outline, and not everywhere', () => {
    const agreed = (where: FallPlace['where']) =>
      AgreedAlarms.safeParse({ fall: { persistenceSeconds: 15, places: [{ where, lying: { type: 'agreed' } }] } })
        .success;
    expect([agreed(round(down)), agreed({ type: 'anywhere' })]).toEqual([true, false]);
  });
});

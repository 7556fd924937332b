import { decide, openJudge } from '@nattfrid/agent/decide/decide';
import type { Finding } from '@nattfrid/agent/decide/finding';
import type { Seen } from '@nattfrid/agent/perceive/seen';
import type { Observed } from '@nattfrid/shared/domain/observation';
import type { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { seconds } from '@nattfrid/shared/time/duration';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';
import { aPerson, during, poses, roomWithBed } from '../../support/bodies.ts';

const abed = aPerson(poses['lying, head to the left'], { at: [0, 5.5, 0.5] });
const standing = aPerson(poses.standing);
const down = aPerson(poses['lying, head to the right']);
const all: AgreedAlarms = { fall: { persistenceSeconds: 5 }, blind: { afterSeconds: 10 } };
const noPixels = {
  type: 'frame',
  width: 2,
  height: 2,
  y: new Uint8Array(4),
  u: new Uint8Array(1),
  v: new Uint8Array(1),
} as const;

/** Plays a story through the stage; `plans` says from when another plan is in force. */
async function play(
  story: readonly Observed[],
  plans: readonly (readonly [number, AgreedAlarms | undefined])[],
  stay = 0,
) {
  const clock = movedClock();
  const toldThen: string[] = [];
  let [lent, plan] = [0, plans[0]?.[1]];
  const seen = async function* (): AsyncGenerator<Seen> {
    for (const observation of story) {
      clock.moveTo(observation.at);
      plan = plans.findLast(([from]) => observation.at >= from * 1000)?.[1];
      lent++;
      const give = () => void lent--;
      const frame = { ...noPixels, at: observation.at, [Symbol.dispose]: give };
      const none = { width: 0, height: 0, changed: new Uint8Array(0), known: new Uint8Array(0) };
      yield { type: 'seen', frame, observation, shapes: [], change: none, [Symbol.dispose]: give };
    }
    await clock.advance(seconds(stay));
  };
  const tell = ({ phase, kind, at, evidence }: Finding) =>
    void toldThen.push(`${kind} ${phase} ${evidence.code}@${at / 1000}`);
  const stage = decide({ plan: () => plan, room: () => unknownRoom, tell, clock, models: [] });
  const inJudged: string[] = [];
  for await (using judged of stage(seen(), new AbortController().signal))
    inJudged.push(...judged.findings.map(({ kind }) => kind));
  return { told: toldThen, inJudged, lent };
}

describe('decide', () => {
  it('tells each finding once, hands it on, and gives every frame back', async () => {
    expect(await play(during(0, 8, [down]), [[0, all]])).toEqual({
      told: ['fall began found-lying@5'],
      inJudged: ['fall'],
      lent: 0,
    });
  });

  it('looks for nothing without a plan', async () => {
    expect((await play(during(0, 8, [down]), [[0, undefined]])).told).toEqual([]);
  });

  it('goes on with what it knows when the terms change', async () => {
    expect(
      (
        await play(during(0, 9, [down]), [
          [0, all],
          [3, { fall: { persistenceSeconds: 7 } }],
        ])
      ).told,
    ).toEqual(['fall began found-lying@7']);
  });

  it('ends what a new plan asks for no more, and forgets it', async () => {
    const plans = [
      [0, all],
      [6, {}],
      [7, all],
    ] as const;
    expect((await play(during(0, 13, [down]), plans)).told).toEqual([
      'fall began found-lying@5',
      'fall ended no-longer-agreed@6',
      'fall began found-lying@12',
    ]);
  });

  it('knows the bed when a new plan asks for falls, but counts the time on the floor from then', () => {
    const room = roomWithBed(5);
    const lines: string[] = [];
    let plan: AgreedAlarms = {};
    const tell = ({ phase, at, evidence: { code, bed } }: Finding) =>
      void lines.push(`${phase} ${code} ${bed}@${at / 1000}`);
    const judge = openJudge({ plan: () => plan, room: () => room, tell, clock: movedClock(), models: [] });
    for (const one of [...during(0, 5, [abed]), ...during(5, 20, [standing]), ...during(20, 60, [down])]) {
      if (one.at >= 30_000 && !plan.fall) plan = all;
      judge.step(one);
    }
    expect(lines).toEqual(['began fell-from-standing not-in-bed@35']);
  });

  it('lets time go by for the detectors when no picture comes', async () => {
    expect((await play(during(0, 2, [down]), [[0, all]], 30)).told).toEqual(['blind began no-picture@12']);
  });
});

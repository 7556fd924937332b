/** New software goes to few at a time, to the next group only when the one before is well, and to nobody once too many have failed. */
import { begin, type Fleet, goOn, heard, next, type Rollout, sent, stop } from '@nattfrid/relay/record/rollout';
import type { UpdateGroup } from '@nattfrid/shared/desk/rollout-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { hours, minutes } from '@nattfrid/shared/time/duration';
import { type Instant, instant, after as later } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const start = instant(Date.parse('2026-11-29T08:00:00Z'));
const soak = hours(24);
const unit = (name: string, group: UpdateGroup, more: Partial<Fleet> = {}): Fleet => ({
  ...{ unit: name as UnitId, group, agent: '0.1.0', isHere: true, isBusy: false },
  ...more,
});

/** Plays minutes; a unit that is asked comes back as `outcome` says, ten minutes later. */
function play(
  fleet: readonly Fleet[],
  outcome: (unit: string) => 'well' | 'failed' | 'waits' | 'silence',
  length = 60 * 24 * 5,
) {
  let rollout: Rollout = begin('0.2.0', 'Adam');
  let now: Instant = start;
  const agents = new Map<string, string | undefined>(fleet.map((one) => [one.unit, one.agent]));
  const asked: { readonly unit: string; readonly at: number }[] = [];
  const due: { readonly unit: UnitId; readonly call: string; readonly at: Instant }[] = [];
  for (let minute = 0; minute < length && rollout.state === 'going'; minute++) {
    now = later(start, minutes(minute));
    for (const one of due.filter(({ at }) => at <= now)) {
      due.splice(due.indexOf(one), 1);
      const came = outcome(one.unit);
      if (came === 'silence') continue;
      if (came === 'well') agents.set(one.unit, '0.2.0');
      rollout = heard(rollout, one.unit, one.call, came, now);
    }
    const [after_, who] = next(
      rollout,
      fleet.map((one) => ({ ...one, agent: agents.get(one.unit) })),
      soak,
      now,
    );
    rollout = after_;
    if (!who) continue;
    const call = `${who} ${minute}`;
    rollout = sent(rollout, who, call, now);
    asked.push({ unit: who, at: minute });
    due.push({ unit: who, call, at: later(now, minutes(10)) });
  }
  return { rollout, asked };
}

const fleet = [
  unit('bench-1', 'bench'),
  ...['pilot-1', 'pilot-2', 'pilot-3'].map((name) => unit(name, 'pilot')),
  ...Array.from({ length: 12 }, (_, at) => unit(`rest-${at}`, 'rest')),
];

describe('a rollout', () => {
  it('goes group by group, each after a day in which the one before was well', () => {
    const { rollout, asked } = play(fleet, () => 'well');
    expect(rollout.state).toBe('done');
    expect(asked).toHaveLength(fleet.length);
    const first = (group: string) => asked.find((one) => one.unit.startsWith(group))!.at;
    const last = (group: string) => asked.findLast((one) => one.unit.startsWith(group))!.at;
    expect(first('pilot') - last('bench')).toBeGreaterThanOrEqual(24 * 60);
    expect(first('rest') - last('pilot')).toBeGreaterThanOrEqual(24 * 60);
  });

  it('asks two at most at a time, and a minute apart', () => {
    const { asked } = play(fleet, () => 'well');
    for (const { at } of asked) {
      expect(asked.filter((other) => other.at > at - 10 && other.at <= at).length).toBeLessThanOrEqual(2);
      expect(asked.filter((other) => other.at === at)).toHaveLength(1);
    }
  });

  for (const how of ['failed', 'silence'] as const)
    it(`stops by itself at the first of few (${how}), and the next groups never get it`, () => {
      const { rollout, asked } = play(fleet, (name) => (name === 'pilot-2' ? how : 'well'));
      expect(rollout.state).toBe('halted');
      expect(asked.some((one) => one.unit.startsWith('rest'))).toBe(false);
    });

  it('goes on with a person’s word, without those that failed, and stops at the next that fail', () => {
    const { rollout } = play(fleet, (name) => (name === 'bench-1' ? 'failed' : 'well'));
    const going = goOn(rollout, 'Sune');
    const [now, who] = next(going, fleet, soak, later(start, hours(30)));
    expect([now.state, who]).toEqual(['going', undefined]);
    expect(goOn(begin('0.2.0', 'Adam'), 'Sune').by).toBe('Adam');
  });

  it('asks nobody any more once a person has stopped it', () => {
    const stopped = stop(begin('0.2.0', 'Adam'), 'Kajsa');
    expect(next(stopped, fleet, soak, start)).toEqual([stopped, undefined]);
    expect(stopped.by).toBe('Kajsa');
  });

  it('leaves a unit alone while somebody looks or an alarm goes on, and asks it later', () => {
    const busy = [unit('bench-1', 'bench', { isBusy: true })];
    expect(next(begin('0.2.0', 'Adam'), busy, soak, start)[1]).toBeUndefined();
    let asks = 0;
    const { asked } = play([unit('bench-1', 'bench')], () => (++asks === 1 ? 'waits' : 'well'), 60);
    expect(asked.map(({ at }) => at)).toEqual([0, 25]);
  });

  it('is not held up by a unit that is away, which gets it when it comes', () => {
    const away = unit('pilot-9', 'pilot', { isHere: false });
    const { rollout, asked } = play([...fleet, away], () => 'well', 60 * 24 * 4);
    expect(asked.some((one) => one.unit.startsWith('rest'))).toBe(true);
    expect(rollout.state).toBe('going');
    const [, who] = next(rollout, [{ ...away, isHere: true }], soak, later(start, hours(24 * 5)));
    expect(who).toBe('pilot-9');
  });

  it('passes over a unit that runs something newer already', () => {
    const { asked } = play([unit('bench-1', 'bench', { agent: '0.3.0' }), unit('rest-1', 'rest')], () => 'well');
    expect(asked.map((one) => one.unit)).toEqual(['rest-1']);
  });
});

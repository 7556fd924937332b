/** The wall clock is set while a look waits: each wait is as long as agreed, and agreed times are the wall clock's. */
import { lookMachine } from '@nattfrid/relay/camera-look/step';
import type { KnownLook, LookFacts } from '@nattfrid/relay/record/look';
import { hours, milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const night = instant(Date.parse('2026-11-21T22:45:00Z'));
const machine = lookMachine({ answerWithin: seconds(10), firstPictureWithin: seconds(20) });
const facts = (more: Partial<LookFacts> = {}): LookFacts => ({
  look: '00000000-0000-4000-8000-000000000001' as never,
  unit: 'unit-1' as never,
  client: 'Anna 3' as never,
  reason: { type: 'window', window: 'late' },
  origin: 'plan',
  attempt: 1,
  dueFrom: night,
  dueUntil: after(night, minutes(30)),
  closes: after(night, minutes(30)),
  retryAfter: minutes(15),
  ...more,
});
const opened = { operator: { id: 'a', name: 'Anna' }, at: night };
const shown = { mode: 'silhouette', until: after(night, seconds(60)), answeredAt: night } as const;
const seen = { ...shown, firstPictureAt: night };
/** What a look is, so many seconds after the clock was set. */
const later = (look: KnownLook, by: ReturnType<typeof milliseconds>, second: number) => {
  const set = machine.step(look, { type: 'clock-set', by })[0];
  const at: Instant = after(after(night, by), seconds(second));
  return machine.step(set, { type: 'tick', at })[0].name;
};

describe.each([
  ['back', milliseconds(-hours(3))],
  ['forward', hours(3)],
] as const)('after the clock was set %s by three hours', (_way, by) => {
  for (const [story, look, second, name] of [
    ['a call still waits for its answer', { name: 'asked', facts: facts(), opened }, 9, 'asked'],
    ['a call that nobody answers has failed as soon as ever', { name: 'asked', facts: facts(), opened }, 10, 'failed'],
    ['a look goes on', { name: 'open', facts: facts(), opened, shown: seen }, 59, 'open'],
    ['a look whose unit is silent ends', { name: 'open', facts: facts(), opened, shown: seen }, 65, 'awaiting-verdict'],
    ['a look without a picture ends', { name: 'open', facts: facts(), opened, shown }, 20, 'failed'],
    ['a retry is not missed', { name: 'due', facts: facts({ attempt: 2 }) }, 60, 'due'],
    ['a retry that nobody makes is missed', { name: 'due', facts: facts({ attempt: 2 }) }, 1800, 'failed'],
  ] as const)
    it(story, () => expect(later(look, by, second)).toBe(name));

  it('a retry is due as long after «not seen» as was agreed', () => {
    const agreed = after(night, minutes(15));
    const now = instant(agreed + by);
    const look = { name: 'due', facts: facts({ attempt: 2, dueFrom: agreed }) } as const;
    const [set] = machine.step(look, { type: 'clock-set', by });
    expect(set.name === 'due' && set.facts.dueFrom).toBe(now);
  });

  it('an agreed time is what the clock on the wall says', () => {
    const look = { name: 'due', facts: facts() } as const;
    expect(machine.step(look, { type: 'clock-set', by })[0]).toBe(look);
  });
});

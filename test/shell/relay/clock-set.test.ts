/** The wall clock of the server is set, by hours: nobody is hidden, nobody is called silent who speaks, and it is told. */
import { hours, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it, vi } from 'vitest';
import { aFall, aPlan } from '../../support/relay-samples.ts';
import { openSite } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

const evening = instant(Date.parse('2026-11-21T21:00:00Z'));
const here = { state: 'here', agent: '0.1.0', models: [] } as const;

describe.each([
  ['back', milliseconds(-hours(3))],
  ['forward', hours(3)],
] as const)('a wall clock that is set %s by three hours', (_way, by) => {
  it('hides no unit that falls silent after it, and no alarm that nobody takes', async () => {
    const clock = movedClock(evening);
    await using site = await openSite({ clock });
    const anna = await site.person('Anna', 'operator');
    const unit = await connectUnit(site.relay, await site.unit('unit-1'), { over: 'tcp' });
    await unit.say('announce', here);
    const fall = aFall();
    await unit.say('alarm-report', fall);
    await clock.advance(seconds(10));
    clock.stepWall(by);
    await unit[Symbol.asyncDispose]();
    await clock.advance(seconds(82));
    const desk = await anna.desk();
    expect(desk.alarms.map(({ kind }) => kind).sort()).toEqual(['fall', 'unit-silent']);
    await clock.advance(seconds(30));
    expect((await anna.desk()).alarms.find(({ kind }) => kind === 'fall')).toMatchObject({ overdue: true });
    await clock.advance(seconds(180));
    expect((await anna.desk()).visits.map(({ why }) => why)).toContain('alarm-not-taken');
  });

  it('in the same second as a word and an alarm calls nobody silent and nothing overdue, and hides neither later', async () => {
    const clock = movedClock(evening);
    await using site = await openSite({ clock });
    const anna = await site.person('Anna', 'operator');
    const unit = await connectUnit(site.relay, await site.unit('unit-1'), { over: 'tcp' });
    await unit.say('announce', here);
    await unit.say('alarm-report', aFall());
    clock.stepWall(by);
    await clock.advance(seconds(3));
    const desk = await anna.desk();
    expect(desk.units.map(({ presence }) => presence)).toEqual(['here']);
    expect(desk.alarms.map(({ kind, overdue }) => [kind, overdue])).toEqual([['fall', false]]);
    expect(desk.visits).toEqual([]);
    await unit[Symbol.asyncDispose]();
    await clock.advance(seconds(130));
    const later = await anna.desk();
    expect(later.alarms.map(({ kind }) => kind).sort()).toEqual(['fall', 'unit-silent']);
    expect(later.alarms.find(({ kind }) => kind === 'fall')).toMatchObject({ overdue: true });
  });

  it('calls none of seven units silent, orders no visit, is told on the desk and stands in the log', async () => {
    const clock = movedClock(evening);
    await using site = await openSite({ clock });
    const karin = await site.person('Karin', 'coordinator');
    const units = await Promise.all(
      Array.from({ length: 7 }, async (_, number) =>
        connectUnit(site.relay, await site.unit(`unit-${number + 1}`), { over: 'tcp' }),
      ),
    );
    for (const unit of units) await unit.say('announce', here);
    await units[0]!.say('alarm-report', aFall());
    await clock.advance(seconds(20));
    clock.stepWall(by);
    await clock.advance(seconds(20));
    const desk = await karin.desk();
    expect(desk.units.map(({ presence }) => presence)).toEqual(units.map(() => 'here'));
    expect(desk.alarms.map(({ kind, overdue }) => [kind, overdue])).toEqual([['fall', false]]);
    expect(desk.visits).toEqual([]);
    expect(desk.relay?.clockSet?.bySeconds).toBe(by / 1000);
    await vi.waitFor(async () => {
      const { lines } = await karin.call('audit');
      expect(lines.filter(({ what }) => what === 'clock-set')).toMatchObject([
        { details: { bySeconds: String(by / 1000) } },
      ]);
    });
    for (const unit of units) await unit[Symbol.asyncDispose]();
  });
});

it('planned times are of the wall clock: after it was set forward into a window, the look is on the list at once', async () => {
  const clock = movedClock(evening);
  await using site = await openSite({ clock });
  const anna = await site.person('Anna', 'operator');
  const home = await site.unit('unit-1');
  await site.sendPlan(aPlan(home.unit, { windows: [{ id: 'late', from: '01:00', to: '01:30', looks: 1 }] }));
  const due = async () => (await anna.desk()).looks.map(({ dueFrom }) => dueFrom);
  const before = await due();
  clock.stepWall(hours(24));
  await clock.advance(seconds(2));
  await vi.waitFor(async () => expect((await due()).length).toBeGreaterThan(before.length));
});

/** What the relay finds out about a unit by itself: who is gone, that there are two of one name, whose clock is wrong, whom no plan governs. */
import { randomUUID } from 'node:crypto';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { writeLetter } from '@nattfrid/shared/wire/envelope';
import { topicOf } from '@nattfrid/shared/wire/topics';
import { describe, expect, it, vi } from 'vitest';
import { openDisk } from '../../support/disk.ts';
import { aPlan, vitals } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { type Credential, connectUnit, publish } from '../../support/speaking-unit.ts';

const here = (more: object = {}) => ({ state: 'here', agent: '1', models: [], ...more }) as const;
const willOf = ({ unit }: Credential, connection: string) => {
  const payload = Buffer.from(
    writeLetter('announce', unit, randomUUID(), instant(Date.now()), { ...here({ connection }), state: 'gone' }),
  );
  return { topic: topicOf(unit, 'announce'), payload, qos: 1, retain: true } as const;
};

async function openWatch(site: Site) {
  const anna = await site.person('Anna', 'operator');
  const home = await site.unit('unit-1');
  const view = async () => (await anna.desk()).units.find((one) => one.unit === home.unit)!;
  const alarms = async () => (await anna.desk()).alarms;
  return { anna, home, view, alarms };
}

describe('a unit is gone', () => {
  it('only by the word of its newest connection', async () => {
    await using site = await openSite();
    const { home, view } = await openWatch(site);
    const [old, young] = [randomUUID(), randomUUID()];
    await using unit = await connectUnit(site.relay, home);
    await unit.say('announce', here({ connection: old }));
    await unit.say('announce', here({ connection: young }));
    await unit.say('announce', { ...here({ connection: old }), state: 'gone' });
    expect((await view()).presence).toBe('here');
    await unit.say('announce', { ...here({ connection: young }), state: 'gone' });
    expect((await view()).presence).toBe('late');
  });

  it('not when a new connection has taken over from the old one', async () => {
    await using site = await openSite();
    const { home, view } = await openWatch(site);
    const [old, young] = [randomUUID(), randomUUID()];
    await using first = await connectUnit(site.relay, home, { will: willOf(home, old) });
    await first.say('announce', here({ connection: old }));
    await using second = await connectUnit(site.relay, home, { will: willOf(home, young) });
    await second.say('announce', here({ connection: young }));
    await systemClock.sleep(milliseconds(300));
    expect((await view()).presence).toBe('here');
  });

  it('not because the relay closes', async () => {
    const site = await openSite();
    const { home, view } = await openWatch(site);
    const connection = randomUUID();
    const unit = await connectUnit(site.relay, home, { will: willOf(home, connection) });
    await unit.say('announce', here({ connection }));
    expect((await view()).presence).toBe('here');
    await site.relay[Symbol.asyncDispose]();
    const database = openDisk(site.database, { readOnly: true });
    expect(database.prepare('select presence from units').get()).toEqual({ presence: 'here' });
    database.close();
    await site[Symbol.asyncDispose]();
  });
});

describe('two units of one name', () => {
  it('are an alarm of the relay and stand on the card, until one of them has been quiet for five minutes', async () => {
    const clock = movedClock(instant(Date.now()));
    await using site = await openSite({ clock });
    const { home, view, alarms } = await openWatch(site);
    const [one, other] = [randomUUID(), randomUUID()];
    for (const run of [one, other, one, other]) {
      await using unit = await connectUnit(site.relay, home, { over: 'tcp' });
      await unit.say('announce', here({ run, connection: randomUUID() }));
      await clock.advance(seconds(5));
    }
    expect(await view()).toMatchObject({ doubledSince: expect.any(String) });
    expect(await alarms()).toMatchObject([
      { kind: 'unit-silent', unit: home.unit, state: 'raised', evidence: { code: 'unit-doubled' } },
    ]);
    await using left = await connectUnit(site.relay, home, { over: 'tcp' });
    for (let beat = 0; beat < 11; beat++) {
      await left.say('vitals', vitals);
      await vi.waitFor(async () => expect((await view()).presence).toBe('here'));
      await clock.advance(seconds(30));
    }
    expect(await view()).not.toHaveProperty('doubledSince');
    expect((await alarms()).map(({ evidence, endedAt }) => [evidence.code, typeof endedAt])).toEqual([
      ['unit-doubled', 'string'],
    ]);
  });
});

it('a unit whose clock is ten minutes ahead is told of at once, and no more when it is right', async () => {
  await using site = await openSite();
  const { home, view } = await openWatch(site);
  await using unit = await connectUnit(site.relay, home);
  const sayAt = (off: number) =>
    publish(
      unit.client,
      topicOf(home.unit, 'vitals'),
      writeLetter('vitals', home.unit, randomUUID(), instant(Date.now() + off * 1000), vitals),
      0,
    );
  await sayAt(600);
  await vi.waitFor(async () => expect(Math.round((await view()).clockOffBySeconds! / 10)).toBe(60));
  await sayAt(0);
  await vi.waitFor(async () => expect(await view()).not.toHaveProperty('clockOffBySeconds'));
});

describe('a unit that can keep no words', () => {
  it('is an alarm of the relay, which changes with the reason and ends when it is well', async () => {
    await using site = await openSite();
    const { home, alarms } = await openWatch(site);
    await using unit = await connectUnit(site.relay, home);
    const codes = async () =>
      (await alarms()).map(({ kind, evidence, endedAt }) => [kind, evidence.code, endedAt !== undefined]);
    await unit.say('vitals', { ...vitals, diskFull: true, cannotKeep: 'disk-full' });
    await vi.waitFor(async () => expect(await codes()).toEqual([['unit-silent', 'disk-full', false]]));
    await unit.say('vitals', { ...vitals, diskFull: true, cannotKeep: 'disk-damaged' });
    await vi.waitFor(async () => expect(await codes()).toEqual([['unit-silent', 'disk-damaged', false]]));
    await unit.say('vitals', vitals);
    await vi.waitFor(async () => expect(await codes()).toEqual([['unit-silent', 'disk-damaged', true]]));
    await unit.say('vitals', { ...vitals, cannotKeep: 'read-only' });
    await vi.waitFor(async () => expect(await codes()).toHaveLength(2));
  });
});

describe('what governs a unit', () => {
  it('is what the unit itself says, with why it has refused the newest plan', async () => {
    await using site = await openSite();
    const { home, view } = await openWatch(site);
    await site.sendPlan(aPlan(home.unit, { version: 2 }));
    await using unit = await connectUnit(site.relay, home);
    await unit.say('plan-answer', { type: 'taken', plan: randomUUID() as never, version: 2 });
    expect(await view()).toMatchObject({ plan: { version: 2, taken: true } });
    // The disk was exchanged: it has no plan any more.
    await unit.say('vitals', { ...vitals, plan: { state: 'none' } });
    await vi.waitFor(async () => expect((await view()).inForce).toEqual({ state: 'none' }));
    await unit.say('plan-answer', { type: 'refused', why: 'other-unit' });
    await vi.waitFor(async () => expect((await view()).inForce).toEqual({ state: 'none', refused: 'other-unit' }));
    await site.sendPlan(aPlan(home.unit, { version: 3 }));
    await unit.say('plan-answer', { type: 'taken', plan: randomUUID() as never, version: 3 });
    const endsAt = new Date(Date.now() + 864e5).toISOString();
    await unit.say('vitals', { ...vitals, plan: { state: 'in-force', version: 3, endsAt } });
    await vi.waitFor(async () => expect((await view()).inForce).toEqual({ state: 'in-force', version: 3, endsAt }));
  });
});

it('a unit that says the same again, and then nothing, stands as silent beside the alarm of it', async () => {
  const clock = movedClock(instant(Date.parse('2026-11-21T21:00:00Z')));
  await using site = await openSite({ clock });
  const { anna, home } = await openWatch(site);
  const unit = await connectUnit(site.relay, home, { over: 'tcp' });
  const id = randomUUID();
  for (let time = 0; time < 2; time++) {
    await unit.say('announce', here(), id);
    await clock.advance(seconds(5));
  }
  await unit[Symbol.asyncDispose]();
  await clock.advance(seconds(120));
  const desk = await anna.desk();
  expect(desk.alarms.map(({ kind }) => kind)).toEqual(['unit-silent']);
  expect(desk.units.map(({ presence }) => presence)).toEqual(['silent']);
});

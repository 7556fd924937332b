/** Stops and pauses through a real relay: handed until they are answered, again to a unit that comes back without them, and never more than that. */
import { randomUUID } from 'node:crypto';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { HaltId, UnitId } from '@nattfrid/shared/domain/ids';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { hours, minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, instant, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import type { Announce } from '@nattfrid/shared/wire/announce';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { HaltLetter } from '@nattfrid/shared/wire/halt-letter';
import { topicOf } from '@nattfrid/shared/wire/topics';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Person } from '../../support/person.ts';
import { aPlan, vitals } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { type Credential, connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

const night = instant(Date.parse('2026-11-22T23:00:00Z'));
const clock = movedClock(night);
let site: Site;
let anna: Person;
let eva: Person;
let home: Credential;
let unit: SpeakingUnit;
let homes = 0;
beforeAll(async () => {
  site = await openSite({ clock });
  [anna, eva] = [await site.person('Anna', 'operator'), await site.person('Eva', 'coordinator')];
});
afterAll(() => site[Symbol.asyncDispose]());
beforeEach(async () => {
  home = await site.unit(`halt-${++homes}`);
  unit = await connectUnit(site.relay, home, { over: 'tcp' });
  return () => unit[Symbol.asyncDispose]();
});

const here = (halts: readonly HaltId[] | undefined, plan?: number): Announce => ({
  state: 'here',
  agent: '0.1.0',
  models: [],
  ...(halts && { halts }),
  ...(plan && { plan: { id: '00000000-0000-4000-8000-0000000000aa', version: plan } }),
});
const announce = (...given: Parameters<typeof here>) => unit.say('announce', here(...given), undefined, clock.now());
const beat = (more: object = {}) => unit.say('vitals', { ...vitals, ...more }, undefined, clock.now());
const takes = ({ halt, type }: HaltLetter) =>
  unit.say('halt-answer', { type: 'taken', halt, letter: type }, undefined, clock.now());
const stop = (by = anna) => by.call('stopUnit', { unit: home.unit }, { why: 'consent-withdrawn' });
const until = printInstant(after(night, hours(8)));
const pause = () => anna.call('pauseUnit', { unit: home.unit }, { until });
const card = async (): Promise<UnitView['halt']> =>
  (await anna.desk()).units.find((one) => one.unit === home.unit)?.halt;
const alarms = async () => (await anna.desk()).alarms.filter((one) => one.unit === home.unit);
const written = async () =>
  (await eva.call('audit')).lines
    .filter(({ what, subject }) => subject === home.unit && /^(unit-(stop|pause|dark)|halt)/.test(what))
    .map(({ who, what }) => `${who} ${what}`)
    .reverse();
/** Of this unit. */
const plan = (version: number) => aPlan(home.unit, { version });

describe('A5.5 a unit that is stopped', () => {
  it('is told at once, of every plan that it was sent, and the card says so when it has answered', async () => {
    await announce([]);
    await site.sendPlan(plan(3));
    const { planVersion } = await stop();
    expect(planVersion).toBe(3);
    const letter = await unit.told('halt-letter');
    expect(letter).toMatchObject({ type: 'stop', planVersion: 3, why: 'consent-withdrawn' });
    expect(await card()).toMatchObject({ type: 'stopped', told: 'not-yet' });
    await takes(letter);
    expect(await card()).toMatchObject({ type: 'stopped', told: 'yes' });
    expect(await written()).toEqual(['Anna unit-stopped', `unit ${home.unit} halt-taken`]);
  });

  it('is told again when it comes back without the stop, before it is given a plan, and not when it has it', async () => {
    await site.sendPlan(plan(1));
    await unit.told('plan-letter');
    await unit[Symbol.asyncDispose]();
    await stop();
    unit = await connectUnit(site.relay, home, { over: 'tcp' });
    const order: string[] = [];
    unit.client.on('message', (topic) => order.push(topic.slice(topic.lastIndexOf('/') + 1)));
    await announce([]);
    const letter = await unit.told('halt-letter');
    await unit.told('plan-letter');
    expect(order.filter((one) => one !== 'relay-state').slice(0, 2)).toEqual(['halt-letter', 'plan-letter']);
    await announce([letter.halt], 1);
    expect(await unit.untold('halt-letter')).toBe(0);
    expect(await card()).toMatchObject({ type: 'stopped', told: 'yes' });
    // Its disk was lost.
    await announce([]);
    expect(await unit.told('halt-letter')).toEqual(letter);
  });

  it('that took it and could not keep it is told again until it answers', async () => {
    await announce([]);
    await stop();
    const letter = await unit.told('halt-letter');
    await beat();
    expect(await unit.untold('halt-letter')).toBe(0);
    await clock.advance(seconds(30));
    await beat();
    expect(await unit.told('halt-letter')).toEqual(letter);
    await takes(letter);
    await clock.advance(seconds(30));
    await beat();
    expect(await unit.untold('halt-letter')).toBe(0);
  });

  it('is not stopped any more when a newer plan was signed, and not told of the old stop either', async () => {
    await announce([]);
    await site.sendPlan(plan(1));
    await stop();
    const letter = await unit.told('halt-letter');
    await takes(letter);
    await site.sendPlan(plan(2));
    expect(await card()).toBeUndefined();
    await announce([]);
    expect(await unit.untold('halt-letter')).toBe(0);
  });

  it('is stopped of the plan that it says that it has, also where this relay has forgotten that plan', async () => {
    await announce([], 7);
    expect((await stop()).planVersion).toBe(7);
  });

  it('that refuses because its plan is a newer one, which this relay does not know, is stopped of that one', async () => {
    await announce([]);
    await stop();
    const first = await unit.told('halt-letter');
    const { halt } = first;
    await unit.say('halt-answer', { type: 'refused', halt, why: 'newer-plan', version: 4 }, undefined, clock.now());
    const second = await unit.told('halt-letter');
    expect(second).toMatchObject({ type: 'stop', planVersion: 4 });
    expect(second.halt).not.toBe(halt);
  });

  it('that is older than stops is shown as one that cannot be stopped from here', async () => {
    await announce(undefined);
    await stop();
    expect(await card()).toMatchObject({ type: 'stopped', told: 'cannot' });
  });

  it('is stopped once, however often it is asked for', async () => {
    expect((await stop()).halt).toBe((await stop()).halt);
  });

  it('of another organisation is as if it were not there', async () => {
    const publicKey = toBase64Url((await makeSignKey()).publicKey);
    await site.relay.addUnit({ unit: 'elsewhere', client: 'Granen 9', publicKey, organisation: 'grannby' });
    for (const unit of ['elsewhere', 'nowhere'])
      await expect(anna.call('stopUnit', { unit: unit as UnitId }, { why: 'plan-ended' })).rejects.toMatchObject({
        code: 'not-found',
      });
  });
});

describe('A7.11 a unit that is paused', () => {
  it('is told from when until when, and that it is over sooner', async () => {
    await announce([]);
    const { halt } = await pause();
    const letter = await unit.told('halt-letter');
    expect(letter).toMatchObject({ type: 'pause', halt, until });
    await takes(letter);
    expect(await card()).toMatchObject({ type: 'paused', until, told: 'yes' });
    await anna.call('endUnitPause', { unit: home.unit });
    const end = await unit.told('halt-letter');
    expect(end).toMatchObject({ type: 'pause-over', halt });
    expect(await card()).toBeUndefined();
    // It comes back, and still has the pause.
    await announce([halt]);
    expect(await unit.told('halt-letter')).toMatchObject({ type: 'pause-over', halt });
    await takes(end);
    await announce([]);
    expect(await unit.untold('halt-letter')).toBe(0);
    expect(await written()).toEqual([
      'Anna unit-paused',
      `unit ${home.unit} halt-taken`,
      'Anna unit-pause-ended',
      `unit ${home.unit} halt-taken`,
    ]);
  });

  it('is paused at most 14 days, and not in the past', async () => {
    const asked = (end: string) => anna.call('pauseUnit', { unit: home.unit }, { until: end });
    await expect(asked('2026-12-24T00:00:00Z')).rejects.toMatchObject({ code: 'request-invalid' });
    await expect(asked('2026-11-20T00:00:00Z')).rejects.toMatchObject({ code: 'request-invalid' });
    expect(await card()).toBeUndefined();
  });
});

describe('A5.5 a unit that was made dark in the home', () => {
  it('is shown so, and written down, and no alarm is raised for what it does not see', async () => {
    await announce([]);
    const since = printInstant(clock.now());
    const halt = { why: 'privacy-switch', since } as const;
    await beat({ camera: 'resting', halt });
    await beat({ camera: 'resting', halt });
    // A heartbeat is not acknowledged: what comes of it is waited for.
    await vi.waitFor(async () => expect(await card()).toEqual({ type: 'dark', why: 'privacy-switch', since }));
    expect(await alarms()).toEqual([]);
    await beat();
    await vi.waitFor(async () => expect(await card()).toBeUndefined());
    expect(await written()).toEqual([`unit ${home.unit} unit-dark`, `unit ${home.unit} unit-dark-over`]);
  });

  it('that falls silent is an alarm all the same', async () => {
    await announce([]);
    await beat({ camera: 'resting', halt: { why: 'privacy-switch', since: printInstant(clock.now()) } });
    await clock.advance(minutes(3));
    await expect.poll(async () => (await alarms()).map(({ kind }) => kind), { timeout: 5000 }).toEqual(['unit-silent']);
  });
});

describe('A2.7 what a plan wants counted only', () => {
  const evidence = { code: 'lying-on-floor', figures: { lyingForSeconds: 20 }, models: [], attended: false };
  const event = (kind: 'fall' | 'left-room', at: string, phase: 'began' | 'ended', id = randomUUID()) =>
    unit.say('shadow-event', { event: id, kind, phase, at, evidence }, undefined, clock.now());
  const counts = async (by = eva) =>
    (
      await by.call('shadowEvents', {
        client: `Alias ${home.unit}` as never,
        from: '2026-11-20T11:00:00Z',
        until: '2026-11-25T11:00:00Z',
      })
    ).counts.map(({ kind, night: of, events }) => [kind, of, events.map(({ began, ended }) => [began, ended])]);

  it('is counted by kind and night, once however often it is told, and nobody is called', async () => {
    const id = randomUUID();
    await event('fall', '2026-11-22T23:30:00.000Z', 'began', id);
    await event('fall', '2026-11-22T23:30:00.000Z', 'began', id);
    await event('fall', '2026-11-22T23:40:00.000Z', 'ended', id);
    await event('fall', '2026-11-23T02:30:00.000Z', 'began');
    await event('fall', '2026-11-23T20:30:00.000Z', 'began');
    await event('left-room', '2026-11-23T01:00:00.000Z', 'began');
    expect(await alarms()).toEqual([]);
    expect(await counts()).toEqual([
      [
        'fall',
        '2026-11-22',
        [
          ['2026-11-22T23:30:00.000Z', '2026-11-22T23:40:00.000Z'],
          ['2026-11-23T02:30:00.000Z', undefined],
        ],
      ],
      ['left-room', '2026-11-22', [['2026-11-23T01:00:00.000Z', undefined]]],
      ['fall', '2026-11-23', [['2026-11-23T20:30:00.000Z', undefined]]],
    ]);
    await expect(counts(anna)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('is no alarm to a relay that is older than it: what that takes for one has «alarm» in its name', () => {
    expect(topicOf(home.unit, 'shadow-event')).not.toMatch(/alarm/);
  });
});

/** A look from the operator's button to the verdict, through a real relay: what is asked, shown, written down, and what follows. */
import { randomUUID } from 'node:crypto';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { AuditLine } from '@nattfrid/shared/desk/routes';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { type MovedClock, movedClock } from '@nattfrid/shared/time/moved-clock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDisk } from '../../support/disk.ts';
import type { Person } from '../../support/person.ts';
import { opening } from '../../support/picture-packets.ts';
import { aFall, aPlan } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { type Credential, connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

let clock: MovedClock;
let site: Site;
let anna: Person;
let bo: Person;
let karin: Person;
beforeAll(async () => {
  clock = movedClock(instant(Date.parse('2026-11-21T21:00:00Z')));
  site = await openSite({ clock });
  [anna, bo, karin] = [
    await site.person('Anna', 'operator'),
    await site.person('Bo', 'operator'),
    await site.person('Eva', 'coordinator'),
  ];
});
afterAll(() => site[Symbol.asyncDispose]());

let home: Credential;
let unit: SpeakingUnit;
let homes = 0;
/** A home whose window is open for half an hour from now. */
beforeEach(async () => {
  home = await site.unit(`home-${++homes}`);
  const now = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', timeStyle: 'short' });
  const from = now.format(clock.now());
  const to = now.format(clock.now() + minutes(30));
  await site.sendPlan(aPlan(home.unit, { windows: [{ id: 'late', from, to, looks: 1 }] }));
  unit = await connectUnit(site.relay, home, { over: 'tcp' });
  return () => unit[Symbol.asyncDispose]();
});

const key = 'k'.repeat(43);
const looks = async () => (await anna.desk()).looks.filter((look) => look.unit === home.unit);
const one = async (id: string) => (await looks()).find((look) => look.look === id)!;
/** Those that looks have led to; a unit that says nothing while the clock runs is an alarm with visits of its own. */
const visits = async () =>
  (await anna.desk()).visits
    .filter((visit) => visit.unit === home.unit)
    .flatMap((visit) => [visit, ...(visit.also ?? [])])
    .filter(({ look }) => look)
    .map(({ why }) => why);
const due = async () =>
  (await looks()).find((look) => look.state === 'due' && Date.parse(look.dueFrom) <= clock.now())!;
const reason = { type: 'window', window: 'late' } as const;
const open = (by: Person, look?: LookView) =>
  by.call(
    'openLook',
    {},
    { unit: home.unit, reason: look?.reason ?? reason, operatorKey: key, ...(look && { look: look.look }) },
  );
const verdict = (by: Person, look: LookView, what: string) =>
  by.call('giveVerdict', { look: look.look }, { verdict: what });
const lines = async (subject: string): Promise<AuditLine[]> =>
  [...(await karin.call('audit')).lines].filter((line) => line.subject === subject).reverse();
const advance = async (length: Parameters<MovedClock['advance']>[0]) => {
  for (let done = 0; done < length; done += 1000) await clock.advance(seconds(1));
};

/** The unit says yes, and a first picture reaches the operator. */
async function show(look: LookView): Promise<void> {
  await unit.told('look-call');
  const until = new Date(clock.now() + 60_000).toISOString();
  await unit.say('look-answer', { type: 'opened', look: look.look, mode: 'silhouette', until });
  const viewer = await anna.socket(`/pictures/view?look=${look.look}`);
  const headers = { authorization: `Bearer ${home.unit}:${home.token}` };
  const camera = await anna.socket(`/pictures/unit?look=${look.look}`, headers);
  camera.send(opening(look.look));
  camera.send(Uint8Array.of(2, 1, 2, 3));
  await vi.waitFor(async () => expect(await one(look.look)).toHaveProperty('firstPictureAt'));
  viewer.close();
  camera.close();
}

describe('a look that is due', () => {
  it('is asked for, seen and judged, and every step stands in the audit log', async () => {
    const look = await due();
    expect((await open(anna, look)).state).toBe('asked');
    const call = await unit.told('look-call');
    expect(call).toMatchObject({ look: look.look, reason, operatorKey: key });
    expect(call.operator).toMatch(/^op-[0-9a-f]{12}$/);
    expect(JSON.stringify(call)).not.toContain('Anna');
    const until = new Date(clock.now() + 60_000).toISOString();
    await unit.say('look-answer', { type: 'opened', look: look.look, mode: 'blur', until });
    expect(await one(look.look)).toMatchObject({ state: 'open', operator: 'Anna', mode: 'blur', until });
    const viewer = await anna.socket(`/pictures/view?look=${look.look}`);
    const camera = await anna.socket(`/pictures/unit?look=${look.look}`, {
      authorization: `Bearer ${home.unit}:${home.token}`,
    });
    camera.send(opening(look.look));
    camera.send(Uint8Array.of(2, 9));
    await vi.waitFor(async () => expect(await one(look.look)).toHaveProperty('firstPictureAt'));
    expect(await verdict(anna, look, 'all-well')).toMatchObject({ state: 'done', verdict: 'all-well' });
    expect(await unit.told('look-close')).toEqual({ look: look.look, operatorKey: key, why: 'operator-closed' });
    await vi.waitFor(() => expect([viewer.readyState, camera.readyState]).toEqual([3, 3]));
    expect((await lines(look.look)).map((line) => `${line.who} ${line.what}`)).toEqual([
      'Anna look-opened',
      'Anna pictures-viewed',
      'Anna verdict-given',
    ]);
    expect(await visits()).toEqual([]);
  });

  it('is written down before the unit is asked: no line, no look', async () => {
    const look = await due();
    using disk = openDisk(site.database);
    disk.exec('alter table audit rename to audit_away');
    try {
      await expect(open(anna, look)).rejects.toMatchObject({ fields: { status: 500 } });
    } finally {
      disk.exec('alter table audit_away rename to audit');
    }
    expect((await one(look.look)).state).toBe('due');
    await open(anna, look);
    await unit.told('look-call');
    expect(await unit.untold('look-call')).toBe(0);
  });

  it('that the unit refuses shows why, is written down, and leads to a visit', async () => {
    const look = await due();
    await open(anna, look);
    await unit.told('look-call');
    await unit.say('look-answer', { type: 'refused', look: look.look, why: 'plan-expired' });
    expect(await one(look.look)).toMatchObject({ state: 'refused', refusal: 'plan-expired' });
    expect((await lines(look.look)).at(-1)).toMatchObject({
      who: `unit ${home.unit}`,
      what: 'look-refused',
      details: { why: 'plan-expired' },
    });
    expect(await visits()).toEqual(['technical-fault']);
  });

  it('is shown on a screen that came before the unit had said yes, and not before that is written down', async () => {
    const look = await due();
    await open(anna, look);
    await unit.told('look-call');
    let screen: 'waits' | 'open' = 'waits';
    const coming = anna.socket(`/pictures/view?look=${look.look}`).then((socket) => {
      screen = 'open';
      return socket;
    });
    // A screen that is let in at once is in before so much else has been answered.
    for (let turn = 0; turn < 20; turn++) await anna.desk();
    expect((await lines(look.look)).map(({ what }) => what)).toEqual(['look-opened']);
    expect(screen).toBe('waits');
    const until = new Date(clock.now() + 60_000).toISOString();
    await unit.say('look-answer', { type: 'opened', look: look.look, mode: 'silhouette', until });
    (await coming).close();
    expect((await lines(look.look)).map(({ what }) => what)).toEqual(['look-opened', 'pictures-viewed']);
  });

  it('that the unit refuses opens no screen, neither one that waited for it nor one that comes late, and no line says that it tried', async () => {
    const look = await due();
    await open(anna, look);
    await unit.told('look-call');
    const coming = anna.socket(`/pictures/view?look=${look.look}`);
    const refused = expect(coming).rejects.toMatchObject({ fields: { status: 409 } });
    await unit.say('look-answer', { type: 'refused', look: look.look, why: 'plan-expired' });
    await refused;
    await expect(anna.socket(`/pictures/view?look=${look.look}`)).rejects.toMatchObject({ fields: { status: 409 } });
    // Whoever did not ask for it has tried to see what is not theirs.
    await expect(bo.socket(`/pictures/view?look=${look.look}`)).rejects.toMatchObject({ fields: { status: 403 } });
    expect((await lines(look.look)).map(({ who, what }) => `${who} ${what}`)).toEqual([
      'Anna look-opened',
      `unit ${home.unit} look-refused`,
      'Bo pictures-denied',
    ]);
  });

  it('A1.6 A5.5 that a unit refuses which was made dark in the home shows so, and leads to a visit', async () => {
    const look = await due();
    await open(anna, look);
    await unit.told('look-call');
    // As a relay that is older than the switch can read it, too.
    const refused = { type: 'refused', look: look.look, why: 'no-plan', halt: 'privacy-switch' } as const;
    await unit.say('look-answer', refused);
    expect(await one(look.look)).toMatchObject({ state: 'refused', refusal: 'privacy-switch' });
    expect(await visits()).toEqual(['technical-fault']);
  });

  it('A1.6 leads to a visit when the unit is not connected', async () => {
    const look = await due();
    await unit[Symbol.asyncDispose]();
    await vi.waitFor(async () => expect((await open(anna, look)).fault).toBe('unit-unreachable'));
    expect(await visits()).toEqual(['technical-fault']);
  });

  it('leads to a visit when the unit does not answer, and is done when the visit is', async () => {
    const look = await due();
    await open(anna, look);
    await advance(seconds(11));
    expect(await one(look.look)).toMatchObject({ state: 'failed', fault: 'no-answer' });
    expect(await visits()).toEqual(['technical-fault']);
    const { visit } = await one(look.look);
    await anna.call('moveVisit', { visit: visit! }, { to: 'done', outcome: 'sleeps well; plug was out' });
    expect(await one(look.look)).toMatchObject({ state: 'done' });
  });

  it('A1.4, A1.5 is tried again when nobody was seen, and then somebody goes there', async () => {
    const first = await due();
    await open(anna, first);
    await show(first);
    const { retry } = await verdict(anna, first, 'not-seen');
    expect(await one(retry!)).toMatchObject({ state: 'due', attempt: 2 });
    await expect(open(anna, await one(retry!))).rejects.toMatchObject({ code: 'not-now' });
    await advance(minutes(15));
    const second = await one(retry!);
    await open(anna, second);
    await show(second);
    await verdict(anna, second, 'not-seen');
    expect(await visits()).toEqual(['not-seen-twice']);
  });

  it('that nobody makes is missed, and somebody goes there', async () => {
    const look = await due();
    await advance(minutes(30));
    expect(await one(look.look)).toMatchObject({ state: 'failed', fault: 'missed' });
    expect(await visits()).toEqual(['technical-fault']);
  });

  it('is over when its unit is gone in its middle, and waits for what was seen', async () => {
    const look = await due();
    await open(anna, look);
    await show(look);
    await unit.say('announce', { state: 'gone', agent: '1', models: [] });
    await vi.waitFor(async () =>
      expect(await one(look.look)).toMatchObject({ state: 'awaiting-verdict', end: 'link-lost' }),
    );
  });

  it('waits for its verdict after the browser was closed', async () => {
    const look = await due();
    await open(anna, look);
    await show(look);
    await unit.say('look-answer', { type: 'ended', look: look.look, why: 'time-up' });
    await advance(minutes(5));
    expect(await one(look.look)).toMatchObject({ state: 'awaiting-verdict', end: 'time-up' });
    await expect(verdict(bo, look, 'all-well')).rejects.toMatchObject({ code: 'not-allowed' });
    await verdict(anna, look, 'help-needed');
    expect(await visits()).toEqual(['help-needed']);
  });

  it('is not opened by two, nor beside another in the same home', async () => {
    const look = await due();
    await open(anna, look);
    await expect(open(bo, look)).rejects.toMatchObject({ code: 'not-now', message: /Anna/ });
    await expect(open(bo)).rejects.toMatchObject({ code: 'not-now', message: /Anna/ });
  });
});

describe('a look that nobody has agreed to', () => {
  it('is asked for all the same, and the refusal is shown and written down', async () => {
    const asked = await anna.call(
      'openLook',
      {},
      { unit: home.unit, reason: { type: 'window', window: 'other' }, operatorKey: key },
    );
    await unit.told('look-call');
    await unit.say('look-answer', { type: 'refused', look: asked.look, why: 'no-such-window' });
    expect(await one(asked.look)).toMatchObject({ state: 'refused', refusal: 'no-such-window' });
    expect((await lines(asked.look)).map((line) => line.what)).toEqual(['look-opened', 'look-refused']);
    expect(await visits()).toEqual([]);
    expect(await anna.call('closeLook', { look: asked.look })).toMatchObject({ state: 'done' });
  });
});

describe('a look for an alarm', () => {
  it('takes the alarm, and gives it its verdict and its visit', async () => {
    const fall = aFall();
    await unit.say('alarm-report', fall);
    const look = await anna.call(
      'openLook',
      {},
      { unit: home.unit, reason: { type: 'alarm', alarm: fall.alarm }, operatorKey: key },
    );
    await show(look);
    const alarm = async () => (await anna.desk()).alarms.find((one) => one.alarm === fall.alarm)!;
    expect(await alarm()).toMatchObject({ state: 'taken', takenBy: 'Anna', look: look.look });
    const done = await verdict(anna, look, 'help-needed');
    expect(await alarm()).toMatchObject({ state: 'closed', verdict: 'help-needed', visit: done.visit });
    expect(await visits()).toEqual(['help-needed']);
  });

  it('ends when the alarm is closed', async () => {
    const fall = aFall();
    await unit.say('alarm-report', fall);
    const look = await anna.call(
      'openLook',
      {},
      { unit: home.unit, reason: { type: 'alarm', alarm: fall.alarm }, operatorKey: key },
    );
    await show(look);
    await anna.call('closeAlarm', { alarm: fall.alarm }, { verdict: 'all-well' });
    expect(await one(look.look)).toMatchObject({ state: 'done' });
    expect(await unit.told('look-close')).toMatchObject({ look: look.look });
  });

  it('that was refused or failed waits for nobody once the alarm has its verdict; one visit is enough', async () => {
    const fall = aFall();
    await unit.say('alarm-report', fall);
    const ask = () =>
      anna.call('openLook', {}, { unit: home.unit, reason: { type: 'alarm', alarm: fall.alarm }, operatorKey: key });
    const refused = await ask();
    await unit.say('look-answer', { type: 'refused', look: refused.look, why: 'another-look-open' });
    const silent = await ask();
    await advance(seconds(11));
    const again = await ask();
    await unit.told('look-call');
    await unit.told('look-call');
    expect(await one(silent.look)).toMatchObject({ state: 'failed', fault: 'no-answer' });
    await show(again);
    await verdict(anna, again, 'help-needed');
    expect((await looks()).filter((look) => look.alarm === fall.alarm).map((look) => look.state)).toEqual([
      'done',
      'done',
      'done',
    ]);
    // The same visit, and whoever makes it knows that help is needed.
    expect(await visits()).toEqual(['technical-fault', 'help-needed']);
    expect((await anna.desk()).visits.filter((visit) => visit.unit === home.unit)).toHaveLength(1);
  });

  it('is not opened for an alarm of another home', async () => {
    const other = await site.unit(`other-${home.unit}`);
    await using neighbour = await connectUnit(site.relay, other, { over: 'tcp' });
    const fall = aFall();
    await neighbour.say('alarm-report', fall);
    const attempt = anna.call(
      'openLook',
      {},
      { unit: home.unit, reason: { type: 'alarm', alarm: fall.alarm }, operatorKey: key },
    );
    await expect(attempt).rejects.toMatchObject({ code: 'not-found' });
  });

  it('of another home is not answered for', async () => {
    const look = await due();
    await open(anna, look);
    const other = await site.unit(`liar-${home.unit}`);
    await using liar = await connectUnit(site.relay, other, { over: 'tcp' });
    await liar.say('look-answer', { type: 'refused', look: look.look, why: 'no-plan' });
    expect(await one(look.look)).toMatchObject({ state: 'asked' });
  });
});

describe('a plan', () => {
  it('is handed to the unit when it has another, until it has taken it', async () => {
    const announce = { state: 'here', agent: '0.1.0', models: [] } as const;
    const shown = async () => (await anna.desk()).units.find((one) => one.unit === home.unit)!.plan;
    await unit.say('announce', announce);
    await unit.told('plan-letter');
    expect(await shown()).toEqual({ version: 1, taken: false });
    const { plan } = await karin.call('plan', { unit: home.unit });
    await unit.say('plan-answer', { type: 'taken', plan: plan!.plan, version: 1 });
    expect(await shown()).toEqual({ version: 1, taken: true });
    await unit.say('announce', { ...announce, plan: { id: plan!.plan, version: 1 } });
    expect(await unit.untold('plan-letter')).toBe(0);
  });

  it('is not taken from anybody else than the municipality, nor for another unit, nor an older one', async () => {
    const forged = {
      body: Buffer.from(JSON.stringify(aPlan(home.unit, { version: 9 }))).toString('base64url'),
      signature: 'A'.repeat(86),
    };
    await expect(karin.call('sendPlan', { unit: home.unit }, forged)).rejects.toMatchObject({
      code: 'signature-wrong',
    });
    await expect(site.sendPlan(aPlan(home.unit, { version: 1 }))).rejects.toMatchObject({ code: 'not-now' });
    await expect(anna.call('sendPlan', { unit: home.unit }, forged)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('that is new takes away what it does not know, and leaves what is the same', async () => {
    const before = await due();
    const { plan } = await karin.call('plan', { unit: home.unit });
    const same = plan!.windows[0]!;
    await site.sendPlan({ ...plan!, plan: randomUUID() as never, version: 2, windows: [same] });
    expect((await due()).look).toBe(before.look);
    await site.sendPlan({ ...plan!, plan: randomUUID() as never, version: 3, windows: [{ ...same, id: 'renamed' }] });
    expect(await one(before.look)).toMatchObject({ state: 'done', end: 'plan-changed' });
    expect((await due()).reason).toEqual({ type: 'window', window: 'renamed' });
  });
});

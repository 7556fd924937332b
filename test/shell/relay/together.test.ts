/** All cameras of a home in one look, through a real relay: each unit says yes or no for itself, and a person judges once. */
import { randomUUID } from 'node:crypto';
import { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { type MovedClock, movedClock } from '@nattfrid/shared/time/moved-clock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Person } from '../../support/person.ts';
import { opening } from '../../support/picture-packets.ts';
import { aFall, aPlan } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { type Credential, connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

let clock: MovedClock;
let site: Site;
let anna: Person;
let eva: Person;
beforeAll(async () => {
  clock = movedClock(instant(Date.parse('2026-11-21T21:00:00Z')));
  site = await openSite({ clock });
  [anna, eva] = [await site.person('Anna', 'operator'), await site.person('Eva', 'coordinator')];
});
afterAll(() => site[Symbol.asyncDispose]());

type Camera = { readonly id: Credential; readonly unit: SpeakingUnit };
let home: string;
let bed: Camera;
let hall: Camera;
let homes = 0;
const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', timeStyle: 'short' });

/** In the same home, open to looks for half an hour, beginning so many minutes from now. */
async function camera(name: string, opensIn = 0): Promise<Camera> {
  const id = await site.unit(`${home.toLowerCase()}-${name}`, home);
  const [from, to] = [opensIn, opensIn + 30].map((after) => wall.format(clock.now() + minutes(after))) as [
    string,
    string,
  ];
  await site.sendPlan(
    aPlan(id.unit, { client: home as never, retryAfterMinutes: 5, windows: [{ id: 'late', from, to, looks: 1 }] }),
  );
  return { id, unit: await connectUnit(site.relay, id, { over: 'tcp' }) };
}

beforeEach(async () => {
  home = `Ek-${++homes}`;
  bed = await camera('bed');
  hall = await camera('hall');
  return async () => {
    await bed.unit[Symbol.asyncDispose]();
    await hall.unit[Symbol.asyncDispose]();
  };
});

const keys = { bed: 'b'.repeat(43), hall: 'h'.repeat(43) };
const looks = async () => (await anna.desk()).looks.filter((look) => look.client === home);
const of = async ({ id }: Camera) => (await looks()).find((look) => look.unit === id.unit)!;
const visits = async () =>
  (await anna.desk()).visits
    .filter((visit) => visit.client === home)
    .flatMap((visit) => [visit, ...(visit.also ?? [])])
    .filter(({ look }) => look)
    .map(({ why }) => why);
const due = async () => (await looks()).filter((look) => look.state === 'due');
const open = (look: LookView) =>
  anna.call(
    'openLook',
    {},
    {
      unit: look.unit,
      reason: look.reason,
      look: look.look,
      operatorKey: keys.bed,
      beside: [{ unit: hall.id.unit, operatorKey: keys.hall }],
    },
  );
const openDue = async () => open((await due())[0]!);
const verdict = (look: LookView, what: string) => anna.call('giveVerdict', { look: look.look }, { verdict: what });
const confirmed = (look: LookView) =>
  anna.call('giveVerdict', { look: look.look }, { verdict: 'all-well', confirmed: true });
const given = async () => (await eva.call('audit')).lines.filter((line) => line.what === 'verdict-given');
const advance = async (length: Parameters<MovedClock['advance']>[0]) => {
  for (let done = 0; done < length; done += 1000) await clock.advance(seconds(1));
};

async function yes({ unit }: Camera): Promise<string> {
  const { look } = await unit.told('look-call');
  const until = new Date(clock.now() + 60_000).toISOString();
  await unit.say('look-answer', { type: 'opened', look, mode: 'silhouette', until });
  return look;
}
async function no({ unit }: Camera): Promise<void> {
  const { look } = await unit.told('look-call');
  await unit.say('look-answer', { type: 'refused', look, why: 'outside-window' });
}
/** Says yes, and a first picture reaches the operator. */
async function shows(one: Camera): Promise<void> {
  await pictures(one, await yes(one));
}
async function pictures(one: Camera, look: string): Promise<void> {
  const viewer = await anna.socket(`/pictures/view?look=${look}`);
  const headers = { authorization: `Bearer ${one.id.unit}:${one.id.token}` };
  const way = await anna.socket(`/pictures/unit?look=${look}`, headers);
  way.send(opening(look));
  way.send(Uint8Array.of(2, 1, 2, 3));
  await vi.waitFor(async () =>
    expect((await looks()).find((known) => known.look === look)).toHaveProperty('firstPictureAt'),
  );
  viewer.close();
  way.close();
}

describe('a home with two cameras', () => {
  it('is on the list once, and opening it asks both units, each with a key of its own', async () => {
    expect(await due()).toHaveLength(1);
    const lead = await openDue();
    const calls = [await bed.unit.told('look-call'), await hall.unit.told('look-call')];
    expect(calls.map((call) => call.operatorKey)).toEqual([keys.bed, keys.hall]);
    expect(calls.map((call) => call.reason)).toEqual([lead.reason, lead.reason]);
    expect(await of(hall)).toMatchObject({ state: 'asked', beside: lead.look, operator: 'Anna' });
  });

  it('has a line in the audit log for each unit before it is asked', async () => {
    const lead = await openDue();
    await hall.unit.told('look-call');
    const lines = (await eva.call('audit')).lines.filter((line) => line.what === 'look-opened');
    const about = lines.filter((line) => [bed.id.unit, hall.id.unit].includes(line.details['unit'] as never));
    expect(about.map(({ who, subject, details }) => [who, subject, details['unit'], details['beside']])).toEqual([
      ['Anna', (await of(hall)).look, hall.id.unit, lead.look],
      ['Anna', lead.look, bed.id.unit, undefined],
    ]);
  });

  it('is not asked at a camera whose plan has no such window now, nor at one that the console has no key for', async () => {
    await hall.unit[Symbol.asyncDispose]();
    hall = await camera('later', 5);
    await openDue();
    await bed.unit.told('look-call');
    expect(await hall.unit.untold('look-call')).toBe(0);
  });

  it('is judged once: one verdict ends the pictures of both', async () => {
    const lead = await openDue();
    await shows(bed);
    await shows(hall);
    await verdict(lead, 'all-well');
    expect((await looks()).map((look) => look.state)).toEqual(['done', 'done']);
    expect(await bed.unit.told('look-close')).toMatchObject({ why: 'operator-closed' });
    expect(await hall.unit.told('look-close')).toMatchObject({ why: 'operator-closed' });
    expect(await visits()).toEqual([]);
  });

  it('is tried again once when nobody was seen, on both cameras, and then visited once', async () => {
    await openDue();
    await shows(bed);
    await shows(hall);
    // Said of the camera that stands beside: it counts for the home.
    await verdict(await of(hall), 'not-seen');
    const [retry, ...more] = await due();
    expect([retry!.attempt, more]).toEqual([2, []]);
    await advance(minutes(5));
    const second = await open(retry!);
    await shows(bed);
    await yes(hall);
    await verdict(second, 'not-seen');
    expect(await visits()).toEqual(['not-seen-twice']);
    expect(new Set((await looks()).map((look) => look.state))).toEqual(new Set(['done']));
  });

  it('sends nobody out because one camera refuses while the other shows', async () => {
    const lead = await openDue();
    await no(bed);
    await shows(hall);
    expect(await of(bed)).toMatchObject({ state: 'refused', refusal: 'outside-window', beside: (await of(hall)).look });
    expect(await visits()).toEqual([]);
    await confirmed(lead);
    expect((await looks()).map((look) => look.state)).toEqual(['done', 'done']);
    expect(await visits()).toEqual([]);
  });

  it('sends somebody out, once, when neither can show anything', async () => {
    await openDue();
    await no(bed);
    await no(hall);
    expect((await looks()).map((look) => look.state)).toEqual(['refused', 'refused']);
    expect(await visits()).toEqual(['technical-fault']);
    const { visit } = await of(hall);
    await anna.call('moveVisit', { visit: visit! }, { to: 'done', outcome: 'sleeps well' });
    expect((await looks()).map((look) => look.state)).toEqual(['done', 'done']);
  });

  it('is asked at both again when it is tried again', async () => {
    await openDue();
    await no(bed);
    await no(hall);
    await anna.call(
      'openLook',
      {},
      {
        ...{ unit: hall.id.unit, reason: { type: 'window', window: 'late' }, look: (await of(hall)).look },
        operatorKey: keys.hall,
        beside: [{ unit: bed.id.unit, operatorKey: keys.bed }],
      },
    );
    expect(await bed.unit.told('look-call')).toMatchObject({ operatorKey: keys.bed });
    expect(await hall.unit.told('look-call')).toMatchObject({ operatorKey: keys.hall });
  });

  it('shows what it can where one unit is not connected, and what one shows can be judged', async () => {
    await bed.unit[Symbol.asyncDispose]();
    const answer = await openDue();
    expect(answer).toMatchObject({ unit: hall.id.unit, state: 'asked' });
    await shows(hall);
    expect(await of(bed)).toMatchObject({ state: 'failed', fault: 'unit-unreachable' });
    await confirmed(answer);
    expect(await visits()).toEqual([]);
    bed = { id: bed.id, unit: await connectUnit(site.relay, bed.id, { over: 'tcp' }) };
  });

  it('can be judged by what the other camera shows while one is open without a picture', async () => {
    const lead = await openDue();
    await yes(bed);
    await expect(verdict(lead, 'all-well')).rejects.toMatchObject({ code: 'not-now' });
    await shows(hall);
    await confirmed(lead);
    expect((await looks()).map((look) => look.state)).toEqual(['done', 'done']);
  });

  it('asks once more before «all well» counts for a camera that has shown nothing, and marks it in the log', async () => {
    const lead = await openDue();
    await shows(bed);
    await no(hall);
    const before = (await given()).length;
    await expect(verdict(lead, 'all-well')).rejects.toMatchObject({
      code: 'needs-confirming',
      message: expect.stringContaining(hall.id.unit),
    });
    expect((await given()).length).toBe(before);
    expect(await of(bed)).toMatchObject({ state: 'open' });
    await confirmed(lead);
    expect((await given())[0]).toMatchObject({
      subject: lead.look,
      details: { verdict: 'all-well', notShown: hall.id.unit },
    });
    expect((await looks()).map((look) => look.state)).toEqual(['done', 'done']);
  });

  it('asks once more for a camera that was never asked, while nothing else than «all well» is asked about', async () => {
    const [look] = await due();
    const { unit, reason, look: id } = look!;
    const lead = await anna.call('openLook', {}, { unit, reason, look: id, operatorKey: keys.bed });
    await shows(bed);
    // Given after the window has closed: what counts is what was agreed when the look was opened.
    await anna.call('closeLook', { look: lead.look });
    await advance(minutes(31));
    await expect(verdict(lead, 'all-well')).rejects.toMatchObject({ code: 'needs-confirming' });
    expect(await verdict(lead, 'help-needed')).toMatchObject({ state: 'done', verdict: 'help-needed' });
    expect((await given())[0]!.details).toEqual({ verdict: 'help-needed', operator: expect.any(String) });
  });

  it('asks nothing once more where a camera has no such window, nor what cannot be done anyway', async () => {
    for (const { unit } of [bed, hall]) await unit[Symbol.asyncDispose]();
    home = `Ek-${++homes}`;
    bed = await camera('bed');
    hall = await camera('later', 5);
    const lead = await openDue();
    await yes(bed);
    await expect(verdict(lead, 'all-well')).rejects.toMatchObject({ code: 'not-now' });
    await expect(confirmed(lead)).rejects.toMatchObject({ code: 'not-now' });
    await pictures(bed, lead.look);
    await verdict(lead, 'all-well');
    expect((await given())[0]!.details).toEqual({ verdict: 'all-well', operator: expect.any(String) });
  });

  it('goes back onto the list once when it is closed before anything was seen', async () => {
    const lead = await openDue();
    await yes(bed);
    await yes(hall);
    await anna.call('closeLook', { look: lead.look });
    expect((await due()).map((look) => look.look)).toEqual([lead.look]);
    expect(await hall.unit.told('look-close')).toMatchObject({ why: 'operator-closed' });
    await openDue();
    await bed.unit.told('look-call');
    await hall.unit.told('look-call');
  });

  it('hands each unit the proof that the console has signed for it, and no other', async () => {
    const proof = (signature: string) => ({ key: 'k'.repeat(43), at: '2026-11-21T21:00:00Z', signature });
    const [look] = await due();
    await anna.call(
      'openLook',
      {},
      {
        ...{ unit: bed.id.unit, reason: look!.reason, look: look!.look },
        ...{ operatorKey: keys.bed, console: proof('b'.repeat(86)) },
        beside: [{ unit: hall.id.unit, operatorKey: keys.hall, console: proof('h'.repeat(86)) }],
      },
    );
    expect(await bed.unit.told('look-call')).toMatchObject({ console: { signature: 'b'.repeat(86) } });
    expect(await hall.unit.told('look-call')).toMatchObject({ console: { signature: 'h'.repeat(86) } });
  });

  it('goes on with the other camera when the pictures of one are not its unit’s', async () => {
    const lead = await openDue();
    await shows(bed);
    await shows(hall);
    await anna.call('closeLook', { look: lead.look }, { why: 'key-changed' });
    expect(await bed.unit.told('look-close')).toMatchObject({ look: lead.look, why: 'key-changed' });
    expect(await of(bed)).toMatchObject({ state: 'failed' });
    expect(await of(hall)).toMatchObject({ state: 'open' });
    await confirmed(await of(hall));
    expect((await looks()).map((look) => look.state)).toEqual(['done', 'done']);
    expect(await visits()).toEqual([]);
  });

  it('sends somebody out when the pictures of neither are its unit’s', async () => {
    const lead = await openDue();
    await shows(bed);
    await shows(hall);
    const { look } = await of(hall);
    await anna.call('closeLook', { look: lead.look }, { why: 'key-changed' });
    await anna.call('closeLook', { look }, { why: 'key-changed' });
    expect(await visits()).toEqual(['technical-fault']);
  });

  describe('where the console knows another key of the unit that leads', () => {
    const openUntrusted = async (beside: readonly object[]) => {
      const [look] = await due();
      const { unit, reason, look: id } = look!;
      return anna.call('openLook', {}, { unit, reason, look: id, operatorKey: keys.bed, untrusted: true, beside });
    };
    const hallToo = () => [{ unit: hall.id.unit, operatorKey: keys.hall }];

    it('asks the other unit alone, and sends nobody out as long as that one shows', async () => {
      const lead = await openUntrusted(hallToo());
      expect(lead).toMatchObject({ unit: hall.id.unit, state: 'asked' });
      await shows(hall);
      expect(await bed.unit.untold('look-call')).toBe(0);
      expect(await of(bed)).toMatchObject({ state: 'failed', fault: 'key-changed', beside: lead.look });
      expect(await visits()).toEqual([]);
      await confirmed(lead);
      expect((await looks()).map((look) => look.state)).toEqual(['done', 'done']);
      expect(await visits()).toEqual([]);
    });

    it('sends somebody out when the other can show nothing, and when there is no other', async () => {
      await openUntrusted(hallToo());
      await no(hall);
      expect(await visits()).toEqual(['technical-fault']);
      await hall.unit[Symbol.asyncDispose]();
      home = `Ek-${++homes}`;
      bed = await camera('bed');
      hall = await camera('later', 5);
      expect(await openUntrusted(hallToo())).toMatchObject({ state: 'failed', fault: 'key-changed' });
      expect(await visits()).toEqual(['technical-fault']);
    });

    it('has no line in the log of an access to it, and one of why there was none', async () => {
      await openUntrusted(hallToo());
      await hall.unit.told('look-call');
      const { lines } = await eva.call('audit');
      const about = lines.filter(({ details }) => details['unit'] === bed.id.unit && details['why'] !== undefined);
      expect(about.map(({ what, details }) => [what, details['why']])).toEqual([['look-failed', 'key-changed']]);
      const opened = lines.filter((line) => line.what === 'look-opened' && line.details['unit'] === bed.id.unit);
      expect(opened).toEqual([]);
    });
  });

  it('waits for one verdict when it is closed after something was seen on either', async () => {
    const lead = await openDue();
    await yes(bed);
    await shows(hall);
    const closed = await anna.call('closeLook', { look: lead.look });
    expect(closed).toMatchObject({ unit: hall.id.unit, state: 'awaiting-verdict' });
    expect(await of(bed)).toMatchObject({ state: 'done' });
    await advance(seconds(31));
    expect(await due()).toEqual([]);
    await confirmed(closed);
    expect(await visits()).toEqual([]);
  });
});

describe('an alarm in a home with two cameras', () => {
  const openAlarm = async (beside: { window?: string } = { window: 'late' }, more: object = {}) => {
    const fall = aFall(randomUUID());
    await hall.unit.say('alarm-report', fall);
    const look = await anna.call(
      'openLook',
      {},
      {
        ...{ unit: hall.id.unit, reason: { type: 'alarm', alarm: fall.alarm }, operatorKey: keys.hall, ...more },
        beside: [{ unit: bed.id.unit, operatorKey: keys.bed, ...beside }],
      },
    );
    return { look, alarm: async () => (await anna.desk()).alarms.find((one) => one.alarm === fall.alarm)! };
  };

  it('opens the camera that raised it, and the other for its own window', async () => {
    const { look } = await openAlarm();
    expect(await hall.unit.told('look-call')).toMatchObject({ reason: { type: 'alarm' }, look: look.look });
    expect(await bed.unit.told('look-call')).toMatchObject({ reason: { type: 'window', window: 'late' } });
  });

  it('is told of as it is, and never as due first: the console that has it open already would end its picture', async () => {
    const socket = await anna.socket('/live');
    const told: LookView[] = [];
    socket.on('message', (data) => {
      const event = LiveEvent.parse(JSON.parse(String(data)));
      if (event.type === 'look') told.push(event.look);
    });
    const { look } = await openAlarm();
    const states = (which: (one: LookView) => boolean) => told.filter(which).map(({ state }) => state);
    await vi.waitFor(() => expect(states((one) => one.beside === look.look)).toEqual(['asked']));
    expect(states((one) => one.look === look.look)).toEqual(['asked']);
    socket.terminate();
  });

  it('asks the other for no window but the one that its console has named', async () => {
    for (const beside of [{}, { window: 'never' }]) {
      const { look, alarm } = await openAlarm(beside);
      expect((await looks()).filter((one) => one.beside === look.look)).toEqual([]);
      await anna.call('closeAlarm', { alarm: (await alarm()).alarm }, { verdict: 'all-well', confirmed: true });
    }
  });

  it('ends both with the verdict that closes it', async () => {
    const { look, alarm } = await openAlarm();
    await shows(bed);
    await yes(hall);
    // The camera that raised the alarm has shown nothing: what another room shows does not close it.
    await expect(verdict(look, 'all-well')).rejects.toMatchObject({ code: 'not-now' });
    await verdict(look, 'help-needed');
    expect(await alarm()).toMatchObject({ state: 'closed', verdict: 'help-needed' });
    const opened = (await looks()).filter((one) => one.look === look.look || one.beside === look.look);
    expect(opened.map((one) => one.state)).toEqual(['done', 'done']);
    expect(await visits()).toEqual(['help-needed']);
  });

  it('leads to its visit when its own camera fails, whatever the other shows', async () => {
    await openAlarm();
    await shows(bed);
    const { look } = await hall.unit.told('look-call');
    await hall.unit.say('look-answer', { type: 'ended', look, why: 'unit-failed' });
    expect(await visits()).toEqual(['technical-fault']);
  });

  it('leads to its visit when the console knows another key of its own unit, and the other camera is seen all the same', async () => {
    const { look, alarm } = await openAlarm({ window: 'late' }, { untrusted: true });
    expect(look).toMatchObject({ unit: hall.id.unit, state: 'failed', fault: 'key-changed' });
    expect(await visits()).toEqual(['technical-fault']);
    await shows(bed);
    expect(await hall.unit.untold('look-call')).toBe(0);
    expect(await alarm()).toMatchObject({ state: 'taken' });
    await anna.call('closeAlarm', { alarm: (await alarm()).alarm }, { verdict: 'all-well', confirmed: true });
    expect(
      (await looks()).filter((one) => one.look === look.look || one.beside === look.look).map((one) => one.state),
    ).toEqual(['done', 'done']);
  });
});

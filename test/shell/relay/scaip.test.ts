/** Alarms handed over to an alarm receiving centre, through a real relay: every transport, both answers, and none is lost. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay } from '@nattfrid/relay/relay';
import type { ReceiverSettings, ReceiverView } from '@nattfrid/shared/desk/receiver-view';
import { silent } from '@nattfrid/shared/log/logger';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { openAlarmCentre } from '@nattfrid/stand-ins/alarm-centre/alarm-centre';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { wholeOf } from '../../support/disk.ts';
import type { Person } from '../../support/person.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite, orThrow, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

const clock = movedClock(instant(Date.parse('2026-11-21T21:00:00Z')));
let site: Site;
let unit: SpeakingUnit;
let [anna, admin]: Person[] = [];
const tls = { cert: '', key: '' };

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-centre-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const named = ['-subj', '/CN=central', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', ...curve, ...named], { stdio: 'ignore' });
  Object.assign(tls, { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') });
  rmSync(folder, { recursive: true });
  site = await openSite({ clock, settings: { silentAfterSeconds: 86_000, lateAfterSeconds: 80_000 } });
  [anna, admin] = [await site.person('Anna', 'operator'), await site.person('Adam', 'administrator')];
  unit = await connectUnit(site.relay, await site.unit('sovrum-1', 'Åsa'), { over: 'tcp' });
});
afterAll(async () => {
  await unit[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});
/** What a test has left open would stand before the alarms of the next one. */
afterEach(async () => {
  for (const { alarm, state } of (await anna!.desk()).alarms) if (state !== 'closed') await close(alarm);
});

/** Set up for one test, and taken away after it. */
async function receiver(
  settings: Partial<ReceiverSettings> & Pick<ReceiverSettings, 'primary'>,
  password?: string,
  by = admin!,
) {
  const whole = { name: 'Larmcentralen', transport: 'tcp', controller: '26317', heartbeatMinutes: 0, ...settings };
  const saved = await by.call('saveReceiver', {}, { settings: whole, ...(password && { password }) });
  const view = async (): Promise<ReceiverView> =>
    (await by.call('receivers')).receivers.find((one) => one.receiver === saved.receiver)!;
  return {
    ...saved,
    view,
    /** Until nothing waits any more. */
    emptied: () => vi.waitFor(async () => expect(await view()).toMatchObject({ waiting: 0 }), { timeout: 5000 }),
    [Symbol.asyncDispose]: async () => void (await by.call('removeReceiver', { receiver: saved.receiver })),
  };
}
const until = <Out>(holds: () => Out | Promise<Out>) => vi.waitFor(holds, { timeout: 5000, interval: 10 });
const events = (centre: { readonly taken: readonly { readonly fields: Record<string, string> }[] }) =>
  centre.taken.map(({ fields: { mty, dty, stc } }) => `${mty} ${dty} ${stc}`);
async function fall() {
  const report = aFall();
  await unit.say('alarm-report', report);
  return report;
}
const close = async (alarm: string) => {
  await anna!.call('takeAlarm', { alarm });
  await anna!.call('closeAlarm', { alarm }, { verdict: 'all-well', confirmed: true });
};

describe('A6.2 A6.5 an alarm reaches the alarm receiving centre', () => {
  for (const transport of ['udp', 'tcp', 'tls'] as const)
    for (const style of ['in-reply', 'by-itself'] as const)
      it(`over ${transport}, answered ${style}`, async () => {
        await using centre = await openAlarmCentre({ transport, tls, manner: { style } });
        const own = {
          primary: `larm@${centre.address}`,
          transport,
          ...(transport === 'tls' && { authority: tls.cert }),
        };
        await using one = await receiver(own);
        const { alarm } = await fall();
        await until(() => expect(centre.taken).toHaveLength(1));
        expect(centre.heard[0]).toMatchObject({
          fields: { cid: '26317', mty: 'ME', dty: '0005', stc: '0009', stt: 'Fall', dte: 'Åsa', did: 'sovrum-1' },
          from: expect.stringContaining('sip'),
          contentType: 'application/scaip+xml',
        });
        expect(centre.heard[0]!.from).toContain(':26317@');
        await one.emptied();
        expect(await one.view()).toMatchObject({ answeredAt: expect.any(String) });
        // Handing over is no verdict.
        expect((await anna!.desk()).alarms.find((each) => each.alarm === alarm)).toMatchObject({ state: 'raised' });
        await close(alarm);
        await until(() => expect(events(centre)).toEqual(['ME 0005 0009', 'RE 0049 0093']));
      });

  it('with the content type, root, codes and controller that the receiver wants, and only what it wants', async () => {
    await using centre = await openAlarmCentre({ transport: 'tcp' });
    await using one = await receiver({
      primary: centre.address,
      contentType: 'application/xml',
      root: 'scaip',
      padded: false,
      homes: { Åsa: '4711' } as never,
      events: ['fall'],
      codes: { fall: { mty: 'ME', dty: '3', stc: '10' } },
    });
    await close((await fall()).alarm);
    await one.emptied();
    expect(centre.heard).toHaveLength(1);
    expect(centre.heard[0]).toMatchObject({
      contentType: 'application/xml',
      fields: { cid: '4711', dty: '3', stc: '10' },
    });
    expect(centre.heard[0]!.xml).toContain('<scaip><ref>');
  });

  for (const [at, second] of [
    ['everybody', 31],
    ['fallback', 211],
  ] as const)
    it(`A6.3 at the step of the chain that it waits for (${at}), and nothing of what somebody here has taken before`, async () => {
      await using centre = await openAlarmCentre({ transport: 'tcp' });
      await using one = await receiver({ primary: centre.address, at, events: ['fall', 'closed'] });
      const eva = await site.person(`Eva-${at}`, 'coordinator');
      const desk = { kind: 'desk', crew: 'single', looks: 'always', visits: 'never' } as const;
      const { team } = await eva.call('addTeam', {}, { ...desk, name: `Bord ${at}` });
      await anna!.call('joinShift', { team });
      const fallback = { telephone: '0500-123 456', words: 'Ring' };
      await eva.call('setAlarmLine', {}, { steps: [{ to: team, withinMinutes: 0.5 }], fallback });
      await close((await fall()).alarm);
      const { alarm } = await fall();
      await clock.advance(seconds(second - 2));
      expect(centre.heard).toEqual([]);
      await clock.advance(seconds(4));
      await until(() => expect(events(centre)).toEqual(['ME 0005 0009']));
      await close(alarm);
      await one.emptied();
      expect(events(centre)).toEqual(['ME 0005 0009', 'RE 0049 0093']);
      await anna!.call('leaveShift', { team }, {});
      await eva.call('setAlarmLine', {}, { steps: [{ to: 'everybody', withinMinutes: 60 }], fallback });
    });

  it('where it asks for a login, whose password is nowhere to be read', async () => {
    const [user, password] = ['kommunen', 'hemligt-åäö-4711'];
    await using centre = await openAlarmCentre({ transport: 'udp', manner: { login: { user, password } } });
    await using one = await receiver({ primary: centre.address, transport: 'udp', user }, password);
    await fall();
    await until(() => expect(centre.taken).toHaveLength(1));
    await one.emptied();
    expect(JSON.stringify(await one.view())).not.toContain(password);
    expect(wholeOf(site.database)).not.toContain('hemligt');
    expect(await one.view()).toMatchObject({ hasPassword: true });
  });
});

describe('A6.2 no alarm is lost', () => {
  it('goes to the second address at once where the first is dead, and after 8 s where it is silent', async () => {
    await using first = await openAlarmCentre({ transport: 'udp', manner: { silent: true } });
    await using second = await openAlarmCentre({ transport: 'udp' });
    await using _one = await receiver({ primary: first.address, secondary: second.address, transport: 'udp' });
    await fall();
    await until(() => expect(first.heard).toHaveLength(1));
    await clock.advance(seconds(7));
    expect(second.heard).toEqual([]);
    await clock.advance(seconds(2));
    await until(() => expect(second.taken).toHaveLength(1));
    expect(second.taken[0]!.ref).toBe(first.heard[0]!.ref);
    await first.die();
    await fall();
    await until(() => expect(second.taken).toHaveLength(2));
  });

  for (const [name, manner] of [
    ['503', { sip: 503 }],
    ['405', { sip: 405 }],
    ['480', { sip: 480 }],
    ['busy (6)', { status: 6 }],
  ] as const)
    it(`goes to the second address at once where the first says ${name}`, async () => {
      await using first = await openAlarmCentre({ transport: 'tcp', manner });
      await using second = await openAlarmCentre({ transport: 'tcp' });
      await using _one = await receiver({ primary: first.address, secondary: second.address });
      await fall();
      await until(() => expect(second.taken).toHaveLength(1));
      expect(first.taken).toEqual([]);
    });

  it('alarms the operators when nobody answers, goes on trying, and is taken once, with the same ref, when the centre is back', async () => {
    await using centre = await openAlarmCentre({ transport: 'tcp' });
    await using one = await receiver({ primary: centre.address, events: ['fall'] });
    await centre.die();
    await fall();
    const raised = async () => (await anna!.desk()).alarms.filter(({ evidence }) => evidence.code === 'centre-silent');
    await until(async () => expect(await raised()).toMatchObject([{ state: 'raised', unit: 'sovrum-1' }]));
    expect((await anna!.desk()).relay).toMatchObject({ receiversSilent: [{ name: 'Larmcentralen' }] });
    expect(await one.view()).toMatchObject({ waiting: 1, failing: { why: expect.stringContaining('ECONNREFUSED') } });
    for (let turn = 0; turn < 5; turn++) await clock.advance(minutes(1));
    expect(await raised()).toHaveLength(1);
    await centre.rise();
    await until(async () => {
      await clock.advance(seconds(10));
      expect(centre.taken).toHaveLength(1);
    });
    await one.emptied();
    const [over] = await raised();
    expect(over).toMatchObject({ state: 'raised', endedAt: expect.any(String) });
    expect((await anna!.desk()).relay?.receiversSilent).toBeUndefined();
    await close(over!.alarm);
    // That a receiver is silent is told to people, and not to receivers.
    expect(events(centre)).toEqual(['ME 0005 0009']);
  });

  it('alarms nobody for what needs nobody: that an alarm was closed here', async () => {
    await using one = await receiver({ primary: '127.0.0.1:9', events: ['closed'] });
    await close((await fall()).alarm);
    await until(async () => expect(await one.view()).toMatchObject({ waiting: 1, failing: {} }));
    const { alarms, relay } = await anna!.desk();
    expect(alarms.filter(({ evidence, state }) => evidence.code === 'centre-silent' && state !== 'closed')).toEqual([]);
    expect(relay).toMatchObject({ receiversSilent: [{ name: 'Larmcentralen' }] });
  });

  it('asks over a new connection where the old one brings nothing, and keeps one that does', async () => {
    await using centre = await openAlarmCentre({ transport: 'tcp' });
    await using one = await receiver({ primary: centre.address, events: ['fall'] });
    for (let turn = 1; turn < 3; turn++) {
      await fall();
      await until(() => expect(centre.taken).toHaveLength(turn));
    }
    expect(centre.connections).toBe(1);
    centre.behave({ silent: true });
    await fall();
    await until(() => expect(centre.heard).toHaveLength(3));
    await clock.advance(seconds(21));
    centre.behave({ silent: false });
    await until(async () => {
      await clock.advance(seconds(1));
      expect(centre.taken).toHaveLength(3);
    });
    expect(centre.connections).toBe(2);
    await one.emptied();
  });

  it('tells what has happened meanwhile in its order', async () => {
    await using centre = await openAlarmCentre({ transport: 'tcp', manner: { status: 5 } });
    await using one = await receiver({ primary: centre.address });
    const { alarm } = await fall();
    await unit.say('alarm-report', aFall(alarm, 'ended'));
    await close(alarm);
    await until(async () => expect(await one.view()).toMatchObject({ waiting: 3, failing: { why: '5 Ändå' } }));
    await clock.advance(seconds(10));
    expect(new Set(centre.heard.map(({ fields: { mty } }) => mty))).toEqual(new Set(['ME']));
    centre.behave({ status: 0 });
    await until(async () => {
      await clock.advance(seconds(10));
      expect(events(centre)).toEqual(['ME 0005 0009', 'RE 0005 0070', 'RE 0049 0093']);
    });
  });

  it('is sent once more with only what must be there, and is then a defect that a person sees', async () => {
    await using centre = await openAlarmCentre({ transport: 'tcp', manner: { status: 7 } });
    await using one = await receiver({ primary: centre.address });
    await fall();
    await until(async () =>
      expect(await one.view()).toMatchObject({ waiting: 0, refused: [{ event: 'fall', status: 7 }] }),
    );
    expect(centre.heard.map(({ ref, fields: { stt } }) => [ref === centre.heard[0]!.ref, stt])).toEqual([
      [true, 'Fall'],
      [true, undefined],
    ]);
    const { alarms } = await anna!.desk();
    expect(alarms.filter(({ evidence }) => evidence.code === 'centre-refused')).toMatchObject([{ state: 'raised' }]);
  });

  it('goes on after a restart of the relay', async () => {
    await using own = await openSite();
    const boss = await own.person('Bo', 'administrator');
    await using centre = await openAlarmCentre({ transport: 'tcp', manner: { silent: true } });
    await receiver({ primary: centre.address }, undefined, boss);
    const credential = await own.unit('unit-1');
    await using speaking = await connectUnit(own.relay, credential, { over: 'tcp' });
    await speaking.say('alarm-report', aFall());
    await until(() => expect(centre.heard).toHaveLength(1));
    await own.relay[Symbol.asyncDispose]();
    centre.behave({ silent: false });
    await using _again = await openRelay(orThrow(checkSettings(own.settings)), {
      clock: movedClock(instant(Date.now())),
      log: silent,
      newId: randomUUID,
    });
    await until(async () => expect(centre.taken).toHaveLength(1));
    expect(new Set(centre.heard.map(({ ref }) => ref)).size).toBe(1);
  });
});

describe('A6.5 a receiver', () => {
  it('is tested by a button, and says by which address it has answered, or why not', async () => {
    await using centre = await openAlarmCentre({ transport: 'tcp' });
    await using one = await receiver({ primary: '127.0.0.1:9', secondary: centre.address });
    const test = () => admin!.call('testReceiver', { receiver: one.receiver });
    expect(await test()).toEqual({ outcome: 'taken', by: 'secondary', words: '' });
    expect(events(centre)).toEqual(['IN 0002 0103']);
    await centre.die();
    expect(await test()).toMatchObject({ outcome: 'no-answer', words: expect.stringContaining('ECONNREFUSED') });
    expect(await one.view()).toMatchObject({ waiting: 0 });
  });

  it('hears a heartbeat at once and then each agreed time', async () => {
    await using centre = await openAlarmCentre({ transport: 'udp' });
    await using _one = await receiver({ primary: centre.address, transport: 'udp', heartbeatMinutes: 10 });
    await until(() => expect(events(centre)).toEqual(['PI 0002 0102']));
    await clock.advance(minutes(9));
    expect(centre.taken).toHaveLength(1);
    await clock.advance(minutes(2));
    await until(() => expect(centre.taken).toHaveLength(2));
    expect(centre.heard[0]!.xml).toContain('<crd>no-voice:</crd>');
  });

  it('that does not answer a heartbeat is told on every screen', async () => {
    await using one = await receiver({ primary: '127.0.0.1:9', heartbeatMinutes: 10 });
    await until(async () =>
      expect((await anna!.desk()).relay).toMatchObject({ receiversSilent: [{ name: 'Larmcentralen' }] }),
    );
    expect(await one.view()).toMatchObject({ failing: { why: expect.stringContaining('ECONNREFUSED') } });
  });

  it('is set up by administrators alone, and what is done to it stands in the log', async () => {
    await expect(anna!.call('receivers')).rejects.toMatchObject({ code: 'not-allowed' });
    const eva = await site.person('Eva', 'auditor');
    const whats = (await eva.call('audit')).lines.map(({ what }) => what);
    expect(whats).toEqual(expect.arrayContaining(['receiver-saved', 'receiver-tested', 'receiver-removed']));
  });
});

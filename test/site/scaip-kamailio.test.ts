/** A6.2 against what is not ours: kamailio as registrar and proxy, sipp as the centre. They take, refuse, delay and die; no alarm is lost. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceiverSettings } from '@nattfrid/shared/desk/receiver-view';
import { openKamailio } from '@nattfrid/stand-ins/alarm-centre/kamailio';
import { openSipp, type Sipp, type SippManner } from '@nattfrid/stand-ins/alarm-centre/sipp';
import { freePort } from '@nattfrid/stand-ins/free-port';
import { describe, expect, it, vi } from 'vitest';
import { aFall } from '../support/relay-samples.ts';
import { openSite } from '../support/relay-under-test.ts';
import { connectUnit } from '../support/speaking-unit.ts';

const missing = ['kamailio', 'sipp'].filter((name) => {
  try {
    execFileSync('which', [name], {
      stdio: 'ignore',
      env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
    });
    return false;
  } catch {
    return true;
  }
});
if (missing.length > 0)
  console.log(
    `SKIPPED: alarms are not handed over to kamailio and sipp: ${missing.join(' and ')} missing (apt-get install kamailio kamailio-tls-modules sip-tester).`,
  );

describe.skipIf(missing.length > 0)('A6.2 kamailio and sipp', () => {
  it('receive, refuse, delay and die, and each alarm is taken, by one ref, over UDP, TCP and TLS', async () => {
    const [port, tlsPort, centrePort] = [await freePort(), await freePort(), await freePort()];
    const settings = settingsFor(port, tlsPort);
    const folder = mkdtempSync(join(tmpdir(), 'nattfrid-kamailio-'));
    await using stack = new AsyncDisposableStack();
    stack.defer(() => rmSync(folder, { recursive: true, force: true }));
    const proxy = stack.use(await openKamailio(folder, port, tlsPort));
    const site = stack.use(await openSite({ settings: { receiverNextSeconds: 1.5, receiverRoundSeconds: 3 } }));
    const [anna, admin] = [await site.person('Anna', 'operator'), await site.person('Adam', 'administrator')];
    const { receiver } = await admin.call('saveReceiver', {}, { settings: settings('udp') });
    const unit = stack.use(await connectUnit(site.relay, await site.unit('sovrum-1', 'Åsa'), { over: 'tcp' }));

    let centre: Sipp | undefined;
    const seen: string[] = [];
    const fell: string[] = [];
    const stop = async () => {
      await centre?.[Symbol.asyncDispose]();
      seen.push(...(centre?.taken() ?? []));
      centre = undefined;
    };
    stack.defer(stop);
    const start = async (manner: SippManner) => {
      await stop();
      centre = await openSipp(mkdtempSync(join(folder, 'centre-')), centrePort, manner, port);
    };
    const view = async () => (await admin.call('receivers')).receivers[0]!;
    const alarm = async () => {
      const { alarm: id } = aFall();
      fell.push(id);
      await unit.say('alarm-report', aFall(id));
      // Closed at once, so that the next one has a card of its own.
      await anna.call('closeAlarm', { alarm: id }, { verdict: 'all-well', confirmed: true });
    };
    const holds = (wanted: object, how: string) =>
      vi.waitFor(async () => expect(await view(), how).toMatchObject(wanted), { timeout: 15_000, interval: 50 });
    const taken = (how: string) => holds({ waiting: 0 }, how);
    const failing = (why: RegExp) =>
      holds({ waiting: 1, failing: { why: expect.stringMatching(why) } }, `fails with ${why}`);

    await start('in-reply');
    await proxy.register(centrePort);
    for (const transport of ['udp', 'tcp', 'tls'] as const) {
      const own = transport === 'tls' ? { authority: proxy.certificate } : {};
      await admin.call('saveReceiver', {}, { receiver, settings: { ...settings(transport), ...own } });
      await alarm();
      await taken(`in the reply, over ${transport}`);
      await start('by-itself');
      await alarm();
      await taken(`by itself, over ${transport}`);
      await start('in-reply');
    }
    await start('503');
    await alarm();
    // A proxy passes 503 on as 500 (RFC 3261 section 16.7).
    await failing(/50[03]/);
    await start('in-reply');
    await taken('after a 503');
    await proxy.register(centrePort, 'INVITE');
    await alarm();
    await failing(/405/);
    await proxy.register(centrePort);
    await taken('after a 405');
    await proxy.register(centrePort, 'MESSAGE', 0);
    await alarm();
    await failing(/480/);
    await proxy.register(centrePort);
    await taken('after a 480');
    await start('slow');
    await alarm();
    await taken('slowly');
    await stop();
    await alarm();
    await failing(/no answer in time|408|503|500|477/);
    await start('in-reply');
    await taken('after the centre had died');
    await proxy.die();
    await alarm();
    await failing(/ECONNREFUSED|line has ended|connection has ended/);
    await proxy.rise();
    await proxy.register(centrePort);
    await taken('after the proxy had died');
    await stop();

    console.log(
      `scaip: ${fell.length} alarms, ${new Set(seen).size} taken, ${seen.length - new Set(seen).size} taken twice by one ref`,
    );
    expect(new Set(seen).size).toBe(fell.length);
    expect(seen).toHaveLength(fell.length);
  }, 100_000);
});

const settingsFor = (port: number, tlsPort: number) => (transport: ReceiverSettings['transport']) => ({
  name: 'Larmcentralen',
  transport,
  primary: `larm@127.0.0.1:${transport === 'tls' ? tlsPort : port}`,
  controller: '26317',
  heartbeatMinutes: 0,
  events: ['fall'],
});

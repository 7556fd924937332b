/** A running unit that is stopped while somebody looks, by the switch while the relay is gone, and by a stop that it finds when it comes back: dark within seconds. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { LookEnd } from '@nattfrid/shared/domain/look';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { elapsed, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { WhyStopped } from '@nattfrid/shared/wire/halt-letter';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessTable } from '../../agent/src/store/access-table.ts';
import { openDatabase } from '../../agent/src/store/database.ts';
import { unit } from '../stand-ins/home/client.ts';
import { type HomeUnderTest, homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';
import { openViewer } from '../support/viewer.ts';

describe.skipIf(homeMissing() !== undefined)('A5.5 a unit that watches', { timeout: 180_000 }, () => {
  let site: HomeUnderTest;
  let folder: string;
  const file = (name: string) => join(folder, name);
  const card = <Result>(find: (view: UnitView) => Result | undefined) =>
    site.until((desk) => desk.units.map(find).find((one) => one !== undefined));
  const watches = () => card(({ halt, vitals }) => (!halt && vitals?.camera === 'connected') || undefined);
  const rests = (type: NonNullable<UnitView['halt']>['type']) =>
    card(({ halt, vitals }) => (halt?.type === type && vitals?.camera === 'resting') || undefined);
  /** Nobody has the camera's pictures any more. */
  async function letGo(): Promise<void> {
    while (site.camera.clients > 0) await systemClock.sleep(milliseconds(20));
  }
  async function letGoSince(what: string, ordered: number): Promise<void> {
    await letGo();
    console.log(`dark ${((elapsed() - ordered) / 1000).toFixed(2)} s after ${what}`);
  }
  const stop = (why: WhyStopped) => site.desk.call('stopUnit', { unit }, { why });
  const found = (look: LookId, name: LookView['state']) =>
    site.until((desk) => desk.looks.find((one) => one.look === look && one.state === name));

  /** A look in which something has been seen. */
  async function openLook(): Promise<LookId> {
    const key = await makeOperatorKey();
    const reason = { type: 'window', window: 'natt' } as const;
    const due = await site.until((desk) => desk.looks.find((one) => one.state === 'due')?.look ?? 'none');
    const { look } = await site.desk.call(
      'openLook',
      {},
      {
        unit,
        reason,
        operatorKey: toBase64Url(key.publicKey),
        ...(due !== 'none' && { look: due }),
      },
    );
    await found(look, 'open');
    using viewer = openViewer({
      address: site.home.address,
      cookie: site.desk.cookie,
      look,
      key,
      unitPublicKey: fromBase64Url(site.home.publicKey),
    });
    await viewer.seen(2);
    return look;
  }
  const endedBy = async (look: LookId): Promise<LookEnd | undefined> => (await found(look, 'awaiting-verdict')).end;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nattfrid-switch-'));
    writeFileSync(file('pin'), '0\n');
    writeFileSync(file('lamp'), `#!/bin/sh\necho "$1" >> ${file('lamp-said')}\n`, { mode: 0o755 });
    site = await openHomeUnderTest({
      plan: { alarms: { fall: { persistenceSeconds: 3 } } },
      unitSettings: { privacySwitch: file('pin'), lamp: file('lamp') },
      relaySettings: { firstPictureWithinSeconds: 120, answerWithinSeconds: 60 },
    });
    await watches();
  }, 180_000);
  afterAll(async () => {
    await site?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lets go of its camera and ends the look that is open when a consent is taken back, until a newer plan is signed', async () => {
    await site.until((desk) => desk.alarms.find(({ kind, endedAt }) => kind === 'fall' && !endedAt));
    const look = await openLook();
    const ordered = elapsed();
    await stop('consent-withdrawn');
    await letGoSince('the stop, with a look open', ordered);
    expect(await endedBy(look)).toBe('consent-withdrawn');
    await rests('stopped');
    expect((await card(({ inForce }) => inForce))?.state).toBe('stopped');
    // What it had told of is over for it; a person closes the alarm.
    const alarm = await site.until((desk) => desk.alarms.find(({ kind, endedAt }) => kind === 'fall' && endedAt));
    expect(alarm.state).toBe('raised');
    expect(readFileSync(file('lamp-said'), 'utf8').trim().split('\n').slice(-2)).toEqual(['off', 'dark']);

    const again = await site.desk.call(
      'openLook',
      {},
      {
        unit,
        reason: { type: 'alarm', alarm: alarm.alarm },
        operatorKey: toBase64Url((await makeOperatorKey()).publicKey),
      },
    );
    expect((await found(again.look, 'refused')).refusal).toBe('consent-withdrawn');
    await site.home.replan({});
    await watches();
  });

  for (const why of ['plan-ended', 'client-ended'] as const)
    it(`is stopped as quickly by: ${why}`, async () => {
      const ordered = elapsed();
      await stop(why);
      await letGoSince(why, ordered);
      await rests('stopped');
      await site.home.replan({});
      await watches();
    });

  it('A7.11 rests in a pause, and goes on when it is over', async () => {
    const ordered = elapsed();
    await site.desk.call('pauseUnit', { unit }, { until: printInstant(after(systemClock.now(), minutes(30))) });
    await letGoSince('the pause', ordered);
    await rests('paused');
    await site.desk.call('endUnitPause', { unit }, {});
    await watches();
  });

  it('is dark by its own switch while the relay is gone, and tells it when it can', async () => {
    site.home.relay.kill('SIGKILL');
    await site.home.relay.ended;
    const switched = elapsed();
    writeFileSync(file('pin'), '1\n');
    await letGoSince('the switch, without a relay', switched);
    await site.home.startRelay();
    await rests('dark');
    expect((await site.desk.call('desk', {}, {})).alarms.some(({ kind }) => kind === 'blind')).toBe(false);
    writeFileSync(file('pin'), '0\n');
    await watches();
  });

  it('finds the stop when it comes back from being cut off, and keeps it over a power cut without a relay', async () => {
    site.home.agent.kill('SIGKILL');
    await site.home.agent.ended;
    await stop('consent-withdrawn');
    expect(await card(({ halt }) => halt)).toMatchObject({ type: 'stopped', told: 'not-yet' });
    const came = site.home.startAgent();
    await came.said('Relay reached');
    const reached = elapsed();
    await letGoSince('the unit has come back', reached);
    await card(({ halt }) => (halt?.type === 'stopped' && halt.told === 'yes') || undefined);

    came.kill('SIGKILL');
    await came.ended;
    site.home.relay.kill('SIGKILL');
    await site.home.relay.ended;
    const asked = site.camera.asked.length;
    const alone = site.home.startAgent();
    await alone.said('The relay is tried again');
    expect(site.camera.asked.length).toBe(asked);
    await site.home.startRelay();
    await rests('stopped');

    alone.kill('SIGTERM');
    await alone.ended;
    using database = openDatabase(join(site.home.data, 'unit.db'));
    const access = accessTable(database);
    expect(access.firstBroken()).toBeUndefined();
    // Beside them stands that the relay has asked how it is.
    const dark = access.lines().filter(({ subject, what }) => subject === 'unit' && what.startsWith('dark-'));
    expect(dark.map(({ what }) => what.split(' ').slice(0, 2).join(' '))).toEqual([
      ...['consent-withdrawn', 'plan-ended', 'client-ended', 'paused', 'privacy-switch'].flatMap((why) => [
        `dark-began ${why}`,
        `dark-ended ${why}`,
      ]),
      'dark-began consent-withdrawn',
    ]);
  });
});

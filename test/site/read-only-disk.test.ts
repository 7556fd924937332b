/** The disk of the relay's database lets nothing be written any more, while the relay runs and when it starts: told in words, and no alarm is lost. */
import { join } from 'node:path';
import { LiveEvent } from '@nattfrid/shared/desk/live-event';
import { expect, it, vi } from 'vitest';
import { failingDiskMissing, openFailingDisk } from '../support/failing-disk.ts';
import { password, signIn } from '../support/person.ts';
import { openRelayProcess, type RelayProcess } from '../support/relay-process.ts';
import { aFall } from '../support/relay-samples.ts';
import { openSmallDisk, smallDiskMissing } from '../support/small-disk.ts';
import { connectUnit } from '../support/speaking-unit.ts';
import { newUnit } from '../support/unit-process.ts';

const words = 'The relay cannot save: its disk may only be read';
const patient = { timeout: 20_000, interval: 100 };
const [noFailing, noSmall] = [failingDiskMissing(), smallDiskMissing()];
if (noFailing ?? noSmall) console.log(`SKIPPED: a relay on a read-only disk is not tried: ${noFailing ?? noSmall}`);

async function people(relay: RelayProcess) {
  await relay.command(['add-operator', 'anna@testby.se', 'Anna', 'operator'], password);
  return newUnit(relay, 'enhet-1');
}

const health = async (url: string) => {
  const response = await fetch(`${url}/healthz`);
  return { status: response.status, ...((await response.json()) as { words?: string }) };
};

it.skipIf(noFailing !== undefined)(
  'a disk that goes read-only while the relay runs: not well, red on the desk, nothing acknowledged; whole again, the alarm comes',
  { timeout: 120_000 },
  async () => {
    using disk = openFailingDisk();
    await using relay = openRelayProcess({ NATTFRID_DATABASE: join(disk.folder, 'relay.sqlite') });
    const credential = await people(relay);
    const url = await relay.start();
    const anna = await signIn({ url }, 'anna@testby.se');
    const live = await anna.socket('/live');
    const heard: LiveEvent[] = [];
    live.on('message', (data) => heard.push(LiveEvent.parse(JSON.parse(String(data)))));
    const before = aFall();
    const fall = aFall();
    {
      await using unit = await connectUnit({ url, mqttPort: undefined }, credential);
      await unit.say('alarm-report', before);
      expect(await health(url)).toMatchObject({ status: 200 });

      disk.fail();
      await expect(unit.say('alarm-report', fall)).rejects.toThrow('before the acknowledgement');
    }
    expect(await health(url)).toMatchObject({ status: 503, words: expect.stringContaining(words) });
    await vi.waitFor(
      () => expect(heard.findLast((event) => event.type === 'relay')?.relay.cannotSave?.words).toContain(words),
      patient,
    );
    const cannot = expect.objectContaining({ words: expect.stringContaining(words) });
    {
      await using unit = await connectUnit({ url, mqttPort: undefined }, credential);
      expect(await unit.told('relay-state')).toEqual(
        expect.objectContaining({ type: 'cannot-save', words: expect.stringContaining(words) }),
      );
    }
    // Whoever has signed in sees it as well, and what was saved before.
    const desk = await anna.desk();
    expect(desk.relay?.cannotSave).toEqual(cannot);
    expect(desk.relay?.cannotSave?.why).toBe('read-only');
    expect(desk.alarms.map(({ alarm }) => alarm)).toEqual([before.alarm]);
    await expect(anna.call('takeAlarm', { alarm: before.alarm })).rejects.toMatchObject({ code: 'cannot-save' });
    live.terminate();

    await relay.stop();
    disk.mend();
    const again = await relay.start();
    expect(await health(again)).toMatchObject({ status: 200 });
    await using back = await connectUnit({ url: again, mqttPort: undefined }, credential);
    await back.say('alarm-report', fall);
    const after = await (await signIn({ url: again }, 'anna@testby.se')).desk();
    expect(after.alarms.map(({ alarm }) => alarm).sort()).toEqual([before.alarm, fall.alarm].sort());
    expect(after.relay).not.toHaveProperty('cannotSave');
  },
);

it.skipIf(noSmall !== undefined)(
  'a relay that is started on a read-only disk ends and says what to do; with the right to write it starts and has everything',
  { timeout: 60_000 },
  async () => {
    using disk = openSmallDisk(8);
    await using relay = openRelayProcess({ NATTFRID_DATABASE: join(disk.folder, 'relay.sqlite') });
    const credential = await people(relay);
    disk.readOnly(true);
    const refused = await relay.command([]);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/may only be read/);
    disk.readOnly(false);
    const url = await relay.start();
    expect(await health(url)).toMatchObject({ status: 200 });
    await using unit = await connectUnit({ url, mqttPort: undefined }, credential);
    await unit.say('alarm-report', aFall());
    expect((await (await signIn({ url }, 'anna@testby.se')).desk()).alarms).toHaveLength(1);
  },
);

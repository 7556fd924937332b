/** Mains that are gone are told apart from a link that is gone: by the unit's last word, and by its battery that lasts. */
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it, vi } from 'vitest';
import { vitals } from '../../support/relay-samples.ts';
import { openSite } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

async function openHomes() {
  const clock = movedClock(instant(Date.now()));
  const site = await openSite({ clock });
  const anna = await site.person('Anna', 'operator');
  const units = [await site.unit('unit-1'), await site.unit('unit-2')] as const;
  const alarms = async () =>
    (await anna.desk()).alarms
      .map(({ unit, evidence, endedAt }) => `${unit} ${evidence.code}${endedAt ? ' over' : ''}`)
      .toSorted();
  return { clock, site, units, alarms };
}

describe('A3.8 a unit that falls silent', () => {
  it('after the word that its power is gone is told as that, and one without such a word as not heard', async () => {
    const { clock, site, units, alarms } = await openHomes();
    await using _site = site;
    for (const [at, one] of units.entries()) {
      await using unit = await connectUnit(site.relay, one, { over: 'tcp' });
      await unit.say('vitals', { ...vitals, power: at === 0 ? 'battery' : 'mains' });
      // Acknowledged, and so is what came before it.
      await unit.say('announce', { state: 'here', agent: '0.1.0', models: [] });
    }
    for (const length of [46, 45, 5]) await clock.advance(seconds(length));
    expect(await alarms()).toEqual(['unit-1 power-gone', 'unit-2 unit-silent']);
    await using back = await connectUnit(site.relay, units[0], { over: 'tcp' });
    await back.say('vitals', { ...vitals, power: 'mains' });
    await vi.waitFor(async () => expect(await alarms()).toEqual(['unit-1 power-gone over', 'unit-2 unit-silent']));
  });
});

describe('a unit with a battery', () => {
  it('calls nobody for a fuse that is put back, and somebody where its mains stay away for ten minutes', async () => {
    const { clock, site, units, alarms } = await openHomes();
    await using _site = site;
    await using unit = await connectUnit(site.relay, units[0], { over: 'tcp' });
    const beats = async (many: number, power: 'mains' | 'battery') => {
      for (let beat = 0; beat < many; beat++) {
        await unit.say('vitals', { ...vitals, power });
        await unit.say('announce', { state: 'here', agent: '0.1.0', models: [] });
        await clock.advance(minutes(1));
      }
    };
    await beats(9, 'battery');
    await beats(1, 'mains');
    const ofPower = async () => (await alarms()).filter((one) => one.includes('battery'));
    expect(await ofPower()).toEqual([]);
    await beats(12, 'battery');
    expect(await ofPower()).toEqual(['unit-1 unit-on-battery']);
    await beats(1, 'mains');
    expect(await ofPower()).toEqual(['unit-1 unit-on-battery over']);
  });
});

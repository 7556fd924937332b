/** The relay's process is stopped for three hours and goes on, as in a paused virtual machine: told once, and nobody is called silent. */
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { falseClockMissing, openFalseClock } from '../bench/storm/false-clock.ts';
import { password, signIn } from '../support/person.ts';
import { openRelayProcess } from '../support/relay-process.ts';
import { addUnitProcess } from '../support/unit-process.ts';

const threeHours = 10_800;
const patient = { timeout: 60_000, interval: 200 };
const why = falseClockMissing();
if (why) console.log(`SKIPPED: a stopped relay is not tried: ${why}`);

it.skipIf(why !== undefined)(
  'a relay that was stopped for three hours says so once, calls no unit silent and orders no visit',
  {
    timeout: 180_000,
  },
  async () => {
    await using relay = openRelayProcess();
    // The steady clock goes on while a process is stopped: it goes forward together with the wall clock.
    const clock = openFalseClock(join(relay.folder, 'clock'), { steady: true })!;
    for (const [name, role] of [
      ['Anna', 'operator'],
      ['Karin', 'coordinator'],
    ] as const)
      await relay.command(['add-operator', `${name}@testby.se`, name, role], password);
    Object.assign(relay.environment, clock.environment);
    const url = await relay.start();
    const units = [];
    for (const unit of ['enhet-1', 'enhet-2']) units.push(await addUnitProcess(relay, url, { unit }));
    await using stack = new AsyncDisposableStack();
    for (const unit of units) stack.use(unit.start());
    const karin = await signIn({ url }, 'Karin@testby.se');
    const presences = async () => (await karin.desk()).units.map(({ presence }) => presence);
    await vi.waitFor(async () => expect(await presences()).toEqual(['here', 'here']), patient);

    const live = await karin.socket('/live');
    const told: string[] = [];
    live.on('message', (data) => told.push(String(data)));
    relay.signal('SIGSTOP');
    clock.step(threeHours);
    relay.signal('SIGCONT');

    await vi.waitFor(async () => expect((await karin.desk()).relay).toHaveProperty('stoodStill'), patient);
    const desk = await karin.desk();
    expect(desk.relay?.stoodStill?.seconds).toBeGreaterThanOrEqual(threeHours);
    expect(desk.relay?.stoodStill?.seconds).toBeLessThan(threeHours + 60);
    // Until both have been heard again, and silence would have been told of.
    await vi.waitFor(async () => {
      for (const [at, { lastHeardAt }] of (await karin.desk()).units.entries())
        expect(lastHeardAt).not.toBe(desk.units[at]?.lastHeardAt);
    }, patient);
    expect(await presences()).toEqual(['here', 'here']);
    expect(await karin.desk()).toMatchObject({ alarms: [], visits: [] });
    expect(told.filter((event) => event.includes('unit-silent'))).toEqual([]);
    const { lines } = await karin.call('audit');
    expect(lines.filter(({ what }) => what === 'stood-still')).toHaveLength(1);
    expect(lines.filter(({ what }) => what === 'clock-set')).toEqual([]);
    live.terminate();
  },
);

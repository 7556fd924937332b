/** A unit whose clock is wrong by more than half a minute, as after a long time without a time server: told at once, on its card and as a task. */
import { join } from 'node:path';
import { unitTasks } from '@nattfrid/console/state/unit-tasks';
import { systemClock } from '@nattfrid/shared/time/clock';
import { expect, it, vi } from 'vitest';
import { falseClockMissing, openFalseClock } from '../bench/storm/false-clock.ts';
import { password, signIn } from '../support/person.ts';
import { openRelayProcess } from '../support/relay-process.ts';
import { addUnitProcess } from '../support/unit-process.ts';

const patient = { timeout: 60_000, interval: 200 };
const why = falseClockMissing();
if (why) console.log(`SKIPPED: a unit with a wrong clock is not tried: ${why}`);

it.skipIf(why !== undefined)(
  'a unit whose clock is behind or ahead by more than 30 s is told of while it runs, and no more when it is right',
  {
    timeout: 180_000,
  },
  async () => {
    await using relay = openRelayProcess();
    const clock = openFalseClock(join(relay.folder, 'clock'))!;
    await relay.command(['add-operator', 'anna@testby.se', 'Anna', 'operator'], password);
    const url = await relay.start();
    const unit = await addUnitProcess(relay, url);
    const anna = await signIn({ url }, 'anna@testby.se');
    const card = async () => (await anna.desk()).units[0]!;

    clock.step(-300);
    await using _agent = unit.start(clock.environment);
    const off = async (least: number, most: number) => {
      await vi.waitFor(async () => {
        const bySeconds = (await card()).clockOffBySeconds ?? 0;
        expect(bySeconds).toBeGreaterThan(least);
        expect(bySeconds).toBeLessThan(most);
      }, patient);
      expect(unitTasks(await card(), systemClock.now()).map(({ type }) => type)).toContain('clock-off');
    };
    await off(-310, -290);
    clock.step(45);
    await off(40, 50);
    clock.step(0);
    await vi.waitFor(async () => expect(await card()).not.toHaveProperty('clockOffBySeconds'), patient);
  },
);

/** Two units of one identity, as when a disk is cloned: noticed and an alarm; and two agents over one folder: the second is refused. */
import { expect, it, vi } from 'vitest';
import { password, signIn } from '../support/person.ts';
import { openRelayProcess } from '../support/relay-process.ts';
import { addUnitProcess } from '../support/unit-process.ts';

const patient = { timeout: 120_000, interval: 200 };

async function openOne() {
  await using stack = new AsyncDisposableStack();
  const relay = stack.use(openRelayProcess());
  await relay.command(['add-operator', 'anna@testby.se', 'Anna', 'operator'], password);
  const url = await relay.start();
  const unit = await addUnitProcess(relay, url);
  const anna = await signIn({ url }, 'anna@testby.se');
  const owned = stack.move();
  return { unit, anna, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

it('a second agent with a copy of the data folder and the same token is an alarm and stands on the card', {
  timeout: 180_000,
}, async () => {
  await using site = await openOne();
  const copy = site.unit.copied();
  await using _one = site.unit.start();
  await vi.waitFor(async () => expect((await site.anna.desk()).units[0]?.presence).toBe('here'), patient);
  expect((await site.anna.desk()).alarms).toEqual([]);
  await using _other = copy.start();
  await vi.waitFor(async () => {
    const { alarms, units } = await site.anna.desk();
    expect(alarms).toMatchObject([{ unit: site.unit.unit, state: 'raised', evidence: { code: 'unit-doubled' } }]);
    expect(units[0]).toHaveProperty('doubledSince');
  }, patient);
});

it('a second agent over the same data folder ends with 2 and says what to do; the first is not disturbed', {
  timeout: 60_000,
}, async () => {
  await using site = await openOne();
  await using first = site.unit.start();
  await first.said('Agent started');
  await using second = site.unit.start();
  expect(await second.ended).toBe(2);
  expect(second.lines.join('\n')).toMatch(/Another agent runs over the same folder/);
  await vi.waitFor(async () => expect((await site.anna.desk()).units[0]?.presence).toBe('here'), patient);
  expect(first.lines.join('\n')).not.toMatch(/Another agent/);
});

/** The relay's process is killed in the middle of alarms, again and again: every alarm is there afterwards, and each of them once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDisk } from '../support/disk.ts';
import { password, signIn } from '../support/person.ts';
import { openRelayProcess, type RelayProcess } from '../support/relay-process.ts';
import { aFall } from '../support/relay-samples.ts';
import { type Credential, connectUnit } from '../support/speaking-unit.ts';

const rounds = 3;
const alarmsInRound = 12;

let relay: RelayProcess;
beforeAll(() => {
  relay = openRelayProcess();
});
afterAll(() => relay[Symbol.asyncDispose]());

it('loses no alarm and doubles none when it is killed', async () => {
  const added = await relay.command(['add-unit', 'unit-1', 'Anna 3', '--public-key', 'k'.repeat(43)]);
  await relay.command(['add-operator', 'anna@testby.se', 'Anna', 'operator'], password);
  const home = { unit: 'unit-1' as never, token: added.out.trim() };
  const sent = new Set<string>();
  const acknowledged = new Set<string>();

  let url = await relay.start();
  for (let round = 0; round < rounds; round++) {
    const fresh = Array.from({ length: alarmsInRound }, () => ({ id: randomUUID(), fall: aFall() }));
    for (const { fall } of fresh) sent.add(fall.alarm);
    const first = Promise.withResolvers<void>();
    const told = tell(url, home, fresh, (alarm) => {
      acknowledged.add(alarm);
      first.resolve();
    });
    // Some are acknowledged by now, some are on their way, some may be on the disk without anybody knowing.
    await first.promise;
    await relay.stop('SIGKILL');
    await told;
    url = await relay.start();
    const there = new Set(await alarmsAt(url));
    expect([...acknowledged].filter((alarm) => !there.has(alarm))).toEqual([]);
    // What was not acknowledged is sent again, under the same name, as the unit's outbox does.
    await tell(url, home, fresh, (alarm) => acknowledged.add(alarm));
  }
  expect([...acknowledged].sort()).toEqual([...sent].sort());
  expect((await alarmsAt(url)).sort()).toEqual([...sent].sort());
});

it('stops in order when it is asked to', async () => {
  expect(await relay.stop()).toBe(0);
});

/** Publishes all of them at once; resolves when each is acknowledged or the connection is lost. */
async function tell(
  url: string,
  home: Credential,
  alarms: readonly { id: string; fall: ReturnType<typeof aFall> }[],
  acked: (alarm: string) => void,
): Promise<void> {
  await using unit = await connectUnit({ url, mqttPort: undefined }, home);
  unit.client.setMaxListeners(alarms.length + 20);
  await Promise.allSettled(
    alarms.map(({ id, fall }) => unit.say('alarm-report', fall, id).then(() => acked(fall.alarm))),
  );
}

/** Those with a card on the desk, and those that stand behind the card of another, which counts them. */
async function alarmsAt(url: string): Promise<string[]> {
  const desk = await (await signIn({ url }, 'anna@testby.se')).desk();
  const falls = desk.alarms.filter(({ kind }) => kind === 'fall');
  using disk = openDisk(relay.database, { readOnly: true });
  const held = disk.prepare('select alarm from held_alarms').all();
  expect(falls.reduce((sum, { more = 0 }) => sum + more, 0)).toBe(held.length);
  return [...falls.map(({ alarm }) => alarm), ...held.map((row) => String(row['alarm']))];
}

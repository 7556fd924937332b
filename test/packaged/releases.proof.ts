/** Versions one apart understand each other: the last release's real programs at today's packages, each way round. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openHomeUnderTest } from '../support/home-under-test.ts';
import { away, root } from './built.ts';

const [last] = JSON.parse(readFileSync(join(root, 'packaging/releases.json'), 'utf8')) as readonly {
  version: string;
}[];
const before = join(root, `build/packages-${last!.version}`);

beforeAll(() => {
  if (existsSync(before) && readdirSync(before).filter((file) => file.endsWith('.cdx.json')).length >= 2) return;
  console.log(`Building ${last!.version}: some minutes.`);
  const { status, stderr } = spawnSync(
    join(root, 'scripts/package'),
    ['--from', last!.version, '--folder-only', '--out', before],
    {
      encoding: 'utf8',
    },
  );
  expect([status, stderr]).toEqual([0, '']);
});

describe(`beside the last release, ${last!.version}`, () => {
  for (const [words, relayOf, agentOf] of [
    ['its agent at the relay of today, as in an upgrade that begins with the relay', undefined, before],
    ['its relay with the agent of today, as after a relay that was put back', before, undefined],
  ] as const)
    it(`${words}: the plan is taken, a fall becomes an alarm, and somebody takes it`, async () => {
      using relay = away('nattfrid-relay', relayOf);
      using agent = away('nattfrid-agent', agentOf);
      await using site = await openHomeUnderTest({
        programs: { relay: relay.program, agent: agent.program },
        relaySettings: { console: join(relay.inside, 'console') },
      });
      await site.home.agent.said('Plan taken');
      const { alarm } = await site.until(({ alarms }) => alarms.find(({ kind }) => kind === 'fall'));
      await site.desk.call('takeAlarm', { alarm }, {});
      expect(
        await site.until(({ alarms }) => alarms.find((one) => one.alarm === alarm && one.state === 'taken')),
      ).toBeDefined();
      // A newer plan over the same wire, while they run.
      expect(await site.home.replan({ mode: 'blur' })).toBe(2);
      await site.until(({ units }) => units.find(({ plan }) => plan?.version === 2 && plan.taken));
    });
});

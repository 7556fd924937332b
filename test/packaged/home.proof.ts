/** A home of packaged programs alone: paired with the relay, the plan taken, somebody falls, and the desk has the alarm and the picture's look. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openHomeUnderTest } from '../support/home-under-test.ts';
import { away } from './built.ts';

it('a fall becomes an alarm at the desk, and the console of the package is served', async () => {
  using relay = away('nattfrid-relay');
  using agent = away('nattfrid-agent');
  await using site = await openHomeUnderTest({
    programs: { relay: relay.program, agent: agent.program },
    relaySettings: { console: join(relay.inside, 'console') },
  });
  for (const [packaged, { pid }] of [
    [relay, site.home.relay],
    [agent, site.home.agent],
  ] as const)
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toContain(packaged.inside.slice(-20));
  await site.home.agent.said('Plan taken');
  const alarm = await site.until(({ alarms }) => alarms.find(({ kind }) => kind === 'fall'));
  expect(alarm).toMatchObject({ state: 'raised' });
  const page = await fetch(site.home.address);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<script type="module"')]);
});

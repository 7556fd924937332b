/** A relay remembers where a unit's access log ends, and finds one that was cut off or made anew. */
import { expect, it } from 'vitest';
import { vitals } from '../../support/relay-samples.ts';
import { openSite } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

it.for([
  ['grows', { line: 8, hash: 'h8' }, undefined],
  ['stays as it is', { line: 7, hash: 'h7' }, undefined],
  ['was emptied', { line: 0, hash: '' }, { was: '7:h7', is: '0:' }],
  ['was cut off', { line: 3, hash: 'h3' }, { was: '7:h7', is: '3:h3' }],
  ['was made anew', { line: 7, hash: 'x7' }, { was: '7:h7', is: '7:x7' }],
] as const)('a log that %s stands in the audit log as what it is', async ([, accessLog, found]) => {
  await using site = await openSite();
  const karin = await site.person('Karin', 'coordinator');
  await using unit = await connectUnit(site.relay, await site.unit('unit-1'), { over: 'tcp' });
  await unit.say('vitals', { ...vitals, accessLog: { line: 7, hash: 'h7' } });
  await unit.say('vitals', { ...vitals, accessLog });
  // Said, and then acknowledged, after them.
  await unit.say('plan-answer', { type: 'refused', why: 'not-a-plan' });
  const { lines } = await karin.call('audit');
  const of = (what: string) => lines.filter((line) => line.what === what).map(({ details }) => details);
  expect([of('unit-log-head'), of('unit-log-cut')]).toEqual([[{ head: '7:h7' }], found ? [found] : []]);
});

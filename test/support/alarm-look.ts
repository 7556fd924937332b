/** An open look for an alarm, in a home of its own. */
import type { Person } from './person.ts';
import { aFall } from './relay-samples.ts';
import type { Site } from './relay-under-test.ts';
import { connectUnit } from './speaking-unit.ts';

/** @param by opens the look, to which the unit says yes @param now by the clocks of unit and relay, in ms since 1970 */
export async function openAlarmLook(site: Site, by: Person, name: string, now = Date.now()) {
  const home = await site.unit(name);
  const unit = await connectUnit(site.relay, home);
  const fall = aFall();
  await unit.say('alarm-report', fall);
  const reason = { type: 'alarm', alarm: fall.alarm };
  const { look } = await by.call('openLook', {}, { unit: home.unit, reason, operatorKey: 'k'.repeat(43) });
  const until = new Date(now + 60_000).toISOString();
  await unit.say('look-answer', { type: 'opened', look, mode: 'silhouette', until });
  return { home, unit, look };
}

/** Pure. How many devices an alarm has reached, by what has become of each ring. */
import type { PushReach } from '@nattfrid/shared/desk/push-view';
import type { Ring } from '../store/push-table.ts';

/** @param rings all of one alarm: of a device that was rung twice, the later one counts */
export function reachOf(rings: readonly Ring[]): PushReach | undefined {
  const latest = new Map<string, Ring>();
  for (const ring of rings) {
    const known = latest.get(ring.device);
    if (!known || ring.madeAt > known.madeAt || (ring.madeAt === known.madeAt && ring.overdue))
      latest.set(ring.device, ring);
  }
  const all = [...latest.values()];
  const [first] = all;
  if (!first) return undefined;
  const many = (which: (ring: Ring) => boolean) => all.filter(which).length;
  return {
    alarm: first.alarm,
    organisation: first.organisation,
    devices: all.length,
    reached: many(({ state }) => state === 'delivered'),
    failed: many(({ state, attempts }) => state === 'given-up' || (state === 'waiting' && attempts > 0)),
  };
}

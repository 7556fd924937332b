/** What the unit says about itself: when it connects, with each beat, and before the next beat where something has changed. */
import type { Announce } from '@nattfrid/shared/wire/announce';
import type { Health } from '../health/health.ts';
import type { PlanKeeper } from '../plan/plan.ts';
import type { Outbox } from '../report/outbox.ts';
import type { Telling } from '../report/tell-findings.ts';
import type { RoomKeeper } from '../room/keep-room.ts';
import type { RoomWatch } from '../room/watch-room.ts';
import type { Link } from './link.ts';

export function self(parts: {
  readonly version: string;
  readonly models: Announce['models'];
  readonly plan: Pick<PlanKeeper, 'current'>;
  readonly room: Pick<RoomKeeper, 'version'>;
  readonly roomWatch: Pick<RoomWatch, 'changes' | 'changed'>;
  readonly health: Pick<Health, 'vitals' | 'changed'>;
  readonly outbox: Pick<Outbox, 'diskFull'>;
  readonly telling: Pick<Telling, 'waiting'>;
}): Pick<Link, 'announce' | 'vitals' | 'changed'> {
  const { version, models, plan, roomWatch, health, outbox, telling } = parts;
  return {
    announce() {
      const { current } = plan;
      const held = current ? { plan: { id: current.plan, version: current.version } } : {};
      const confirmed = parts.room.version;
      const room = confirmed === undefined ? {} : { room: { version: confirmed } };
      return { state: 'here', agent: version, models, ...held, ...room };
    },
    vitals() {
      const { changes } = roomWatch;
      return {
        ...health.vitals(),
        // Findings wait in memory only where the disk takes no more.
        ...(outbox.diskFull || telling.waiting > 0 ? { diskFull: true } : {}),
        ...(changes.length > 0 ? { roomChanged: changes } : {}),
      };
    },
    changed: (signal) => Promise.race([health.changed(signal), roomWatch.changed(signal)]),
  };
}

/** What the unit says about itself: when it connects, with each beat, and before the next beat where something has changed. */
import type { Clock } from '@nattfrid/shared/time/clock';
import type { AccessHead } from '@nattfrid/shared/wire/access-head';
import type { Announce } from '@nattfrid/shared/wire/announce';
import type { CannotKeep, PowerState } from '@nattfrid/shared/wire/vitals';
import type { HaltKeeper } from '../halt/keep-halts.ts';
import type { Health } from '../health/health.ts';
import type { PlanKeeper } from '../plan/plan.ts';
import { planState } from '../plan/plan-state.ts';
import type { ReadyKeeper } from '../ready/keep-readiness.ts';
import type { RoomKeeper } from '../room/keep-room.ts';
import type { RoomWatch } from '../room/watch-room.ts';
import type { Link } from './link.ts';

export function self(parts: {
  readonly version: string;
  readonly models: Announce['models'];
  readonly plan: Pick<PlanKeeper, 'current' | 'newest'>;
  readonly room: Pick<RoomKeeper, 'version'>;
  readonly halts: Pick<HaltKeeper, 'held' | 'dark'>;
  readonly ready: Pick<ReadyKeeper, 'now'>;
  readonly roomWatch: Pick<RoomWatch, 'changes' | 'changed'>;
  readonly health: Pick<Health, 'vitals' | 'changed'>;
  /** Why words cannot be kept on the disk now; undefined: they can. */
  readonly cannotKeep: () => CannotKeep | undefined;
  /** Where the access log ends; undefined: the disk does not say. */
  readonly accessHead: () => AccessHead | undefined;
  /** What feeds the unit; undefined: nothing here can tell it. */
  readonly power: () => PowerState | undefined;
  /** Tells one run of the program from the next. */
  readonly run: string;
  readonly clock: Clock;
}): Pick<Link, 'announce' | 'vitals' | 'changed'> {
  const { version, models, run, plan, halts, roomWatch, health, cannotKeep, clock } = parts;
  return {
    announce() {
      // The newest, so that it is not sent again.
      const { newest } = plan;
      const held = newest ? { plan: { id: newest.plan, version: newest.version } } : {};
      const confirmed = parts.room.version;
      const room = confirmed === undefined ? {} : { room: { version: confirmed } };
      return { state: 'here', agent: version, models, run, ...held, ...room, halts: halts.held };
    },
    vitals() {
      const { changes } = roomWatch;
      // Counting what waits may be what finds the damage.
      const vitals = health.vitals();
      const head = parts.accessHead();
      const why = cannotKeep();
      const power = parts.power();
      return {
        ...vitals,
        plan: planState(plan.current, clock.now(), halts.dark, parts.ready.now),
        ...(halts.dark ? { halt: halts.dark } : {}),
        ...(power ? { power } : {}),
        ...(head ? { accessLog: head } : {}),
        ...(why ? { diskFull: true, cannotKeep: why } : {}),
        ...(changes.length > 0 ? { roomChanged: changes } : {}),
      };
    },
    changed: (signal) => Promise.race([health.changed(signal), roomWatch.changed(signal)]),
  };
}

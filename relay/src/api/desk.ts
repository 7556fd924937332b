/** The whole desk at one moment: what is open, and what was finished in the last hours. */
import type { Desk } from '@nattfrid/shared/desk/live-event';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after } from '@nattfrid/shared/time/instant';
import type { Alarms } from '../alarms/alarms.ts';
import type { BreakGlasses } from '../break-glass/break-glass.ts';
import type { Consoles } from '../consoles/consoles.ts';
import type { Looks } from '../looks/looks.ts';
import type { Night } from '../night/night.ts';
import type { Push } from '../push/push.ts';
import type { Serve } from '../serve/serve.ts';
import type { Store } from '../store/database.ts';
import { fromMemory } from '../store/from-memory.ts';
import type { OwnState } from '../tell/own-state.ts';
import type { Units } from '../units/units.ts';
import type { Visits } from '../visits/visits.ts';

export type ReadDesk = () => Promise<Desk>;

const finishedFor = hours(12);

export function deskReader(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly looks: Looks;
  readonly visits: Visits;
  readonly units: Units;
  readonly consoles: Pick<Consoles, 'onDesk'>;
  readonly night: Pick<Night, 'view'>;
  readonly push: Pick<Push, 'onDesk'>;
  readonly own: Pick<OwnState, 'view'>;
  readonly serve: Pick<Serve, 'onDesk'>;
  readonly breakGlasses: Pick<BreakGlasses, 'onDesk' | 'waits'>;
}): ReadDesk {
  const { store, clock, alarms, looks, visits, units, consoles, night, push, own, breakGlasses, serve } = parts;
  const saved = fromMemory(() => {
    const since = after(clock.now(), milliseconds(-finishedFor));
    // Of one moment, so that no alarm stands there without its visit.
    return store.read(async (db) => {
      const known = await alarms.onDesk(db, since);
      return {
        alarms: known,
        push: await push.onDesk(db, known),
        looks: await looks.onDesk(db, since),
        visits: await visits.onDesk(db, since),
        units: await units.onDesk(db),
        consoles: await consoles.onDesk(db),
        night: await night.view(db),
        tests: await serve.onDesk(db),
      };
    });
  });
  return async () => ({
    ...(await saved()),
    relay: own.view,
    breakGlass: breakGlasses.onDesk,
    breakGlassWaits: breakGlasses.waits,
  });
}

/**
 * Pure. THE table of what break-glass ever opens, beside the table of roles: by route, so that nothing else is. No look, no picture, no
 * plan, consent or key is in it; a look's own gate stands in the unit, which is told nothing of this.
 */
import type { BreakGlassWhat } from './break-glass.ts';
import type { RouteName } from './routes.ts';

export const opensRoutes = {
  'visit-card': ['visitCard'],
  alarms: ['takeAlarm', 'closeAlarm'],
} as const satisfies Record<BreakGlassWhat, readonly RouteName[]>;

export const opens = (what: BreakGlassWhat, route: RouteName): boolean =>
  (opensRoutes[what] as readonly RouteName[]).includes(route);

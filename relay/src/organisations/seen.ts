/** Pure. What of the desk somebody sees: the live stream and the desk are asked here, for each who listens. */
import type { BreakGlassView } from '@nattfrid/shared/desk/break-glass';
import type { Desk, LiveEvent } from '@nattfrid/shared/desk/live-event';
import { nightOf } from '@nattfrid/shared/desk/night-of';
import type { NightView } from '@nattfrid/shared/desk/night-view';
import { may } from '@nattfrid/shared/desk/permissions';
import type { RelayView } from '@nattfrid/shared/desk/relay-view';
import type { Role } from '@nattfrid/shared/desk/role';
import type { TestView } from '@nattfrid/shared/desk/serve-view';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { BreakGlasses } from '../break-glass/break-glass.ts';
import type { Reacher, Thing } from './reach.ts';
import type { ReachNow } from './reach-now.ts';
import { alarmThing, lookThing, ownThing, reservedThing, unitThing, visitThing } from './things.ts';

export interface Viewer extends Reacher {
  readonly role: Role;
  readonly session: string;
}

/** @returns what of it this person sees; undefined: nothing */
export type Seen = (who: Viewer, event: LiveEvent) => LiveEvent | undefined;
export type DeskFor = (who: Viewer, desk: Desk) => Desk;
/** @returns what of it this person sees; undefined: nothing */
export type UnitFor = (who: Viewer, unit: UnitView) => UnitView | undefined;
export type NightFor = (who: Viewer, night: NightView) => NightView;

type Views = {
  [Name in 'alarms' | 'looks' | 'visits' | 'units']: Desk[Name][number];
} & { readonly consoles: NonNullable<Desk['consoles']>[number] };

const emptyDesk: Desk = { alarms: [], looks: [], visits: [], units: [], consoles: [] };

const seesTest = (who: Viewer, test: TestView): boolean =>
  may(who.role, 'take-tests') && test.organisation === who.organisation;

export function seenBy(
  reach: Pick<ReachNow, 'unit' | 'alias' | 'may'>,
  breakGlasses: Pick<BreakGlasses, 'shows'>,
): {
  readonly event: Seen;
  readonly desk: DeskFor;
  readonly night: NightFor;
  readonly unit: UnitFor;
} {
  const ofUnit = (unit: string, thing: (organisation: string) => Thing) => {
    const organisation = reach.unit(unit);
    return organisation === undefined ? undefined : thing(organisation);
  };
  const things: { readonly [Name in keyof Views]: (view: Views[Name]) => Thing | undefined } = {
    alarms: (view) => ofUnit(view.unit, (organisation) => alarmThing(organisation, view)),
    looks: (view) => ofUnit(view.unit, (organisation) => lookThing(organisation, view)),
    visits: (view) => ofUnit(view.unit, visitThing),
    units: (view) => ofUnit(view.unit, unitThing),
    consoles: (view) => {
      const organisation = reach.alias(view.operator);
      return organisation === undefined ? undefined : ownThing(organisation);
    },
  };
  const sees = <Name extends keyof Views>(who: Viewer, name: Name, view: Views[Name]): boolean => {
    const thing = things[name](view);
    return thing !== undefined && may(who.role, 'see-desk') && reach.may(who, 'see-desk', thing);
  };
  /** Also one that two people have opened for whoever it is. */
  const seesAlarm = (who: Viewer, alarm: Views['alarms']): boolean =>
    sees(who, 'alarms', alarm) || breakGlasses.shows(who, alarm.client, reach.unit(alarm.unit));
  const unitFor = (who: Viewer, unit: UnitView): UnitView =>
    unit.training || reach.unit(unit.unit) === who.organisation ? unit : leastOf(unit);
  // No two meet in a home, of whichever organisation they are.
  const nightFor: NightFor = (who, night) =>
    nightOf(night, who.organisation, (one) => reach.may(who, 'see-desk', reservedThing(one)));
  const deskFor: DeskFor = (who, desk) =>
    may(who.role, 'see-desk')
      ? {
          alarms: desk.alarms.filter((one) => seesAlarm(who, one)),
          looks: desk.looks.filter((one) => sees(who, 'looks', one)),
          visits: desk.visits.filter((one) => sees(who, 'visits', one)),
          units: desk.units.filter((one) => sees(who, 'units', one)).map((one) => unitFor(who, one)),
          ...(desk.relay && { relay: relayFor(who, desk.relay) }),
          ...(desk.consoles && { consoles: desk.consoles.filter((one) => sees(who, 'consoles', one)) }),
          ...(desk.night && { night: nightFor(who, desk.night) }),
          ...(desk.push && { push: desk.push.filter(({ organisation }) => organisation === who.organisation) }),
          ...breakGlassFor(who, desk),
          ...(desk.tests && { tests: desk.tests.filter((one) => seesTest(who, one)) }),
        }
      : {
          ...emptyDesk,
          alarms: desk.alarms.filter((one) => breakGlasses.shows(who, one.client, reach.unit(one.unit))),
          ...(desk.relay && { relay: relayFor(who, desk.relay) }),
          ...breakGlassFor(who, desk),
        };

  const seen: Seen = (who, event) => {
    switch (event.type) {
      case 'desk':
        return { ...event, desk: deskFor(who, event.desk) };
      case 'alarm':
        return seesAlarm(who, event.alarm) ? event : undefined;
      case 'look':
        return sees(who, 'looks', event.look) ? event : undefined;
      case 'visit':
        return sees(who, 'visits', event.visit) ? event : undefined;
      case 'unit':
        return sees(who, 'units', event.unit) ? { ...event, unit: unitFor(who, event.unit) } : undefined;
      case 'console':
        return sees(who, 'consoles', event.console) ? event : undefined;
      case 'night':
        return may(who.role, 'see-desk') ? { ...event, night: nightFor(who, event.night) } : undefined;
      case 'left-in-hand':
        return may(who.role, 'see-desk') && event.left.organisation === who.organisation ? event : undefined;
      case 'short-of-hands':
        return may(who.role, 'see-desk') && event.organisation === who.organisation ? event : undefined;
      case 'push':
        return may(who.role, 'see-desk') && event.push.organisation === who.organisation ? event : undefined;
      case 'relay':
        return { ...event, relay: relayFor(who, event.relay) };
      case 'break-glass':
        return concerns(who, event.access) ? event : undefined;
      case 'break-glass-waits':
        return may(who.role, 'check-log') && event.waits.organisation === who.organisation ? event : undefined;
      case 'test':
        return seesTest(who, event.test) ? event : undefined;
      // Told to a locked console alone, which is told nothing else (`bell.ts`).
      case 'bell':
        return undefined;
      case 'beat':
        return event;
    }
  };
  const one: UnitFor = (who, unit) => (sees(who, 'units', unit) ? unitFor(who, unit) : undefined);
  return { event: seen, desk: deskFor, night: nightFor, unit: one };
}

/** For another organisation: what a look or an alarm needs, and nothing of how the home is set up. */
const leastOf = ({ unit, client, place, presence, lastHeardAt, plan, inForce, publicKey }: UnitView): UnitView => ({
  unit,
  client,
  ...(place !== undefined && { place }),
  presence,
  ...(lastHeardAt !== undefined && { lastHeardAt }),
  ...(plan && { plan }),
  ...(inForce && { inForce }),
  publicKey,
});

/** One's own, and what one's answer is waited for. */
const concerns = (who: Viewer, { whoId, organisation }: BreakGlassView): boolean =>
  whoId === who.id || (organisation === who.organisation && may(who.role, 'grant-break-glass'));

const breakGlassFor = (
  who: Viewer,
  { breakGlass, breakGlassWaits }: Desk,
): Pick<Desk, 'breakGlass' | 'breakGlassWaits'> => ({
  ...(breakGlass && { breakGlass: breakGlass.filter((one) => concerns(who, one)) }),
  ...(breakGlassWaits && may(who.role, 'check-log') && { breakGlassWaits: own(who, breakGlassWaits) }),
});

const own = <One extends { readonly organisation: string }>(who: Viewer, all: readonly One[]): readonly One[] =>
  all.filter(({ organisation }) => organisation === who.organisation);

const relayFor = (who: Viewer, { receiversSilent, nodesUnwell, ...relay }: RelayView): RelayView => ({
  ...relay,
  ...(nodesUnwell && may(who.role, 'see-nodes') && { nodesUnwell }),
  ...(receiversSilent && { receiversSilent: own(who, receiversSilent) }),
});

/** Pure. The desk: one view of the night, from the relay's live events and its answers to what was done here. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { BreakGlassId, BreakGlassView } from '@nattfrid/shared/desk/break-glass';
import type { ConsoleView } from '@nattfrid/shared/desk/console-view';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LeftInHand, NightView, WindowLoad } from '@nattfrid/shared/desk/night-view';
import type { PushReach } from '@nattfrid/shared/desk/push-view';
import type { RelayView } from '@nattfrid/shared/desk/relay-view';
import type { TestView } from '@nattfrid/shared/desk/serve-view';
import { isForEverybody } from '@nattfrid/shared/desk/told-to';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import type { AlarmId, LookId, UnitId, VisitId } from '@nattfrid/shared/domain/ids';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { between, type Instant, instant } from '@nattfrid/shared/time/instant';

export type Link =
  | { readonly name: 'connecting'; readonly since: Instant }
  | { readonly name: 'up' }
  | { readonly name: 'down'; readonly since: Instant };

export interface Known {
  readonly name: 'known';
  readonly link: Link;
  readonly alarms: ReadonlyMap<AlarmId, AlarmView>;
  readonly looks: ReadonlyMap<LookId, LookView>;
  readonly visits: ReadonlyMap<VisitId, VisitView>;
  readonly units: ReadonlyMap<UnitId, UnitView>;
  /** Consoles that wait for a colleague's word, and those of which something was told since; by `consoleId`. */
  readonly consoles: ReadonlyMap<string, ConsoleView>;
  /** How many devices each alarm has reached by Web Push. */
  readonly push: ReadonlyMap<AlarmId, PushReach>;
  /** How the relay itself is. */
  readonly relay: RelayView;
  /** Who is at work, what was handed over, whose home is next. */
  readonly night: NightView;
  /** One's own break-glass, and what waits for one's own answer: asked for, or open. */
  readonly breakGlass: ReadonlyMap<BreakGlassId, BreakGlassView>;
  /** So many wait for somebody to look at them; for whoever checks the log. */
  readonly breakGlassWaits: number;
  /** Test alarms of the last hour. */
  readonly tests: ReadonlyMap<AlarmId, TestView>;
  /** The last who has gone with something in hand, and the last window that was told to be too much. */
  readonly left?: LeftInHand;
  readonly short?: WindowLoad;
  /** Of the console that the relay serves now; an older relay does not tell. */
  readonly build?: string;
  /** When the relay was last heard, by this browser's clock. */
  readonly heardAt: Instant;
  /** How far the relay's clock is ahead of this browser's. */
  readonly ahead: Duration;
}
export type DeskState = { readonly name: 'unknown'; readonly link: Link } | Known;

export type OwnAnswer =
  | { readonly type: 'alarm'; readonly alarm: AlarmView }
  | { readonly type: 'look'; readonly look: LookView }
  | { readonly type: 'visit'; readonly visit: VisitView }
  | { readonly type: 'console'; readonly console: ConsoleView }
  | { readonly type: 'night'; readonly night: NightView }
  | { readonly type: 'break-glass'; readonly access: BreakGlassView };

/** Several people may share a browser, and each has several. */
export const consoleId = ({ operator, console }: Pick<ConsoleView, 'operator' | 'console'>): string =>
  `${operator} ${console}`;

export type DeskEvent =
  | { readonly type: 'live'; readonly event: LiveEvent; readonly at: Instant }
  /** The relay's answer to something done here, which comes before the live stream tells it. */
  | { readonly type: 'answered'; readonly answer: OwnAnswer }
  | { readonly type: 'link-up'; readonly at: Instant }
  | { readonly type: 'link-down'; readonly at: Instant }
  | { readonly type: 'signed-out'; readonly at: Instant };

/** `rings`: at once and for everybody; one that is told to a team first rings with whoever is in it (`frame/announcer.tsx`). */
type DeskEffect = { readonly type: 'ring'; readonly rings: boolean; readonly alarm?: AlarmView };

export function desk(begun: Instant): Machine<DeskState, DeskEvent, DeskEffect> {
  return { initial: { name: 'unknown', link: { name: 'connecting', since: begun } }, step };
}

function step(state: DeskState, event: DeskEvent): readonly [DeskState, readonly DeskEffect[]] {
  switch (event.type) {
    case 'live':
      return heard(state, event.event, event.at);
    case 'answered':
      return state.name === 'known' ? [answered(state, event.answer), []] : [state, []];
    case 'link-up':
      return [{ ...state, link: { name: 'up' } }, []];
    case 'link-down':
      return state.link.name === 'down' ? [state, []] : [{ ...state, link: { name: 'down', since: event.at } }, []];
    case 'signed-out':
      return [{ name: 'unknown', link: { name: 'connecting', since: event.at } }, []];
  }
}

function heard(state: DeskState, event: LiveEvent, at: Instant): readonly [DeskState, readonly DeskEffect[]] {
  if (event.type === 'desk') return whole(state, event, at);
  // A change before the whole desk was told needs no keeping: the whole desk follows, and contains it.
  if (state.name === 'unknown') return [state, []];
  const here = { ...state, heardAt: at };
  switch (event.type) {
    case 'beat':
      return [{ ...here, ahead: between(at, instant(Date.parse(event.now))) }, []];
    case 'alarm': {
      const fresh =
        !event.alarm.quiet && event.alarm.state === 'raised' && state.alarms.get(event.alarm.alarm)?.state !== 'raised';
      const louder = event.alarm.overdue && state.alarms.get(event.alarm.alarm)?.overdue === false;
      const alarms = new Map(state.alarms).set(event.alarm.alarm, event.alarm);
      return [{ ...here, alarms }, fresh || louder ? [ring(event.alarm)] : []];
    }
    case 'look':
      return [{ ...here, looks: new Map(state.looks).set(event.look.look, event.look) }, []];
    case 'visit': {
      const { visit } = event;
      const louder = visit.overdue && !state.visits.get(visit.visit)?.overdue;
      const visits = new Map(state.visits).set(visit.visit, visit);
      return [{ ...here, visits }, louder ? [{ type: 'ring', rings: true }] : []];
    }
    case 'console':
      return [withConsole(here, event.console), []];
    case 'relay':
      return [{ ...here, relay: event.relay }, []];
    case 'night':
      return [{ ...here, night: event.night }, []];
    case 'left-in-hand':
      return [{ ...here, left: event.left }, []];
    case 'short-of-hands':
      return [{ ...here, short: event.load }, []];
    case 'push':
      return [{ ...here, push: new Map(state.push).set(event.push.alarm, event.push) }, []];
    case 'break-glass':
      return [withBreakGlass(here, event.access), []];
    case 'break-glass-waits':
      return [{ ...here, breakGlassWaits: event.waits.accesses }, []];
    case 'test':
      return [{ ...here, tests: new Map(state.tests).set(event.test.alarm, event.test) }, []];
    // A locked console is told of it, and has no desk.
    case 'bell':
      return [here, []];
    case 'unit':
      return [{ ...here, units: new Map(state.units).set(event.unit.unit, event.unit) }, []];
  }
}

/** The relay tells the whole desk on every connection; only alarms that are new here ring. */
function whole(
  state: DeskState,
  event: Extract<LiveEvent, { type: 'desk' }>,
  at: Instant,
): readonly [DeskState, readonly DeskEffect[]] {
  const before = state.name === 'known' ? state.alarms : new Map<AlarmId, AlarmView>();
  const known: Known = {
    name: 'known',
    link: { name: 'up' },
    alarms: new Map(event.desk.alarms.map((alarm) => [alarm.alarm, alarm])),
    looks: new Map(event.desk.looks.map((look) => [look.look, look])),
    visits: new Map(event.desk.visits.map((visit) => [visit.visit, visit])),
    units: new Map(event.desk.units.map((unit) => [unit.unit, unit])),
    consoles: new Map((event.desk.consoles ?? []).map((one) => [consoleId(one), one])),
    push: new Map((event.desk.push ?? []).map((one) => [one.alarm, one])),
    breakGlass: new Map((event.desk.breakGlass ?? []).map((one) => [one.access, one])),
    tests: new Map((event.desk.tests ?? []).map((test) => [test.alarm, test])),
    breakGlassWaits: (event.desk.breakGlassWaits ?? []).reduce((all, { accesses }) => all + accesses, 0),
    relay: event.desk.relay ?? {},
    night: event.desk.night ?? nobodyAtWork,
    ...(event.build !== undefined && { build: event.build }),
    heardAt: at,
    ahead: between(at, instant(Date.parse(event.now))),
  };
  const fresh = event.desk.alarms.filter(
    (alarm) => !alarm.quiet && alarm.state === 'raised' && !before.has(alarm.alarm),
  );
  return [known, fresh.map(ring)];
}

const nobodyAtWork: NightView = { teams: [], shifts: [], handovers: [], reserved: [] };

const ring = (alarm: AlarmView): DeskEffect => ({ type: 'ring', rings: isForEverybody(alarm), alarm });

const withConsole = (state: Known, one: ConsoleView): Known => ({
  ...state,
  consoles: new Map(state.consoles).set(consoleId(one), one),
});

function withBreakGlass(state: Known, one: BreakGlassView): Known {
  const breakGlass = new Map(state.breakGlass);
  if (one.state === 'over') breakGlass.delete(one.access);
  else breakGlass.set(one.access, one);
  return { ...state, breakGlass };
}

const alarmOrder = ['raised', 'taken', 'closed'] as const;
const lookOrder = ['due', 'asked', 'open', 'refused', 'failed', 'awaiting-verdict', 'done'] as const;
const consoleOrder = ['unconfirmed', 'known', 'confirmed', 'withdrawn'] as const;
const visitOrder = ['needed', 'on-the-way', 'there', 'done'] as const;

/** An answer may arrive after the live stream has told something newer, and then changes nothing. */
function answered(state: Known, answer: OwnAnswer): Known {
  switch (answer.type) {
    case 'alarm': {
      const { alarm } = answer;
      const before = state.alarms.get(alarm.alarm);
      if (before && alarmOrder.indexOf(before.state) > alarmOrder.indexOf(alarm.state)) return state;
      return { ...state, alarms: new Map(state.alarms).set(alarm.alarm, alarm) };
    }
    case 'look': {
      const { look } = answer;
      const before = state.looks.get(look.look);
      // A look that has failed may be opened again, which starts its states over.
      const again = (look.openedAt ?? '') > (before?.openedAt ?? '');
      if (before && !again && lookOrder.indexOf(before.state) > lookOrder.indexOf(look.state)) return state;
      return { ...state, looks: new Map(state.looks).set(look.look, look) };
    }
    case 'visit': {
      const { visit } = answer;
      const before = state.visits.get(visit.visit);
      if (before && visitOrder.indexOf(before.state) > visitOrder.indexOf(visit.state)) return state;
      return { ...state, visits: new Map(state.visits).set(visit.visit, visit) };
    }
    case 'night':
      return { ...state, night: answer.night };
    case 'break-glass':
      return withBreakGlass(state, answer.access);
    case 'console': {
      const before = state.consoles.get(consoleId(answer.console));
      if (before && consoleOrder.indexOf(before.state) > consoleOrder.indexOf(answer.console.state)) return state;
      return withConsole(state, answer.console);
    }
  }
}

/** Whether everything that is shown of them is the same: all but when the relay was heard. */
export function isSameContent(one: DeskState, other: DeskState): boolean {
  if (one === other) return true;
  if (one.name === 'unknown' || other.name === 'unknown') return false;
  return content(one).every((name) => one[name] === other[name]) && content(one).length === content(other).length;
}

const passing: readonly string[] = ['heardAt', 'ahead', 'link'];
const content = (state: Known) => (Object.keys(state) as (keyof Known)[]).filter((name) => !passing.includes(name));

/** The relay's time at an instant of this browser's clock. */
export const relayTime = (state: DeskState, now: Instant): Instant =>
  state.name === 'known' ? instant(now + state.ahead) : now;

/** Two missed beats and some; a link that is known to be broken makes the desk stale sooner. */
const longestSilence = milliseconds(12_000);
const longestGap = milliseconds(3_000);

export type Freshness =
  | { readonly name: 'fresh' }
  | { readonly name: 'stale'; readonly since: Instant }
  | { readonly name: 'never-heard' };

/** Whether the desk is up to date. */
export function freshness(state: DeskState, now: Instant): Freshness {
  const broken = state.link.name !== 'up' && now - state.link.since > longestGap;
  if (state.name === 'unknown')
    return broken && state.link.name === 'down' ? { name: 'never-heard' } : { name: 'fresh' };
  if (broken || now - state.heardAt > longestSilence) return { name: 'stale', since: state.heardAt };
  return { name: 'fresh' };
}

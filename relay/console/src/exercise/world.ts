/** One home that nobody lives in, as the desk of whoever trains shows it. It is forgotten with its page. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { ExerciseName } from '@nattfrid/shared/desk/exercise-routes';
import type { Desk, LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Me } from '@nattfrid/shared/desk/me';
import type { NightView } from '@nattfrid/shared/desk/night-view';
import { trainingMark } from '@nattfrid/shared/desk/organisation';
import type { Role } from '@nattfrid/shared/desk/role';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import type { AlarmId, ClientAlias, LookId, TeamId, UnitId, VisitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';

export interface World {
  readonly exercise: ExerciseName;
  readonly me: Me;
  readonly alarms: Map<AlarmId, AlarmView>;
  readonly looks: Map<LookId, LookView>;
  readonly visits: Map<VisitId, VisitView>;
  readonly unit: UnitView;
  desk(): Desk;
  /** Remembers it, and shows it on the desk. */
  put(event: Extract<LiveEvent, { type: 'alarm' | 'look' | 'visit' }>): void;
  hear(listener: (event: LiveEvent) => void): () => void;
  step(step: string): void;
  missed(): void;
  now(by?: Duration): string;
}

export const home = `${trainingMark} Astrid` as ClientAlias;
/** Of a key: 32 bytes of nothing. Nobody has its private half, and nothing is ever sealed for it. */
export const noKey = 'A'.repeat(43);

const roles: Readonly<Record<ExerciseName, Role>> = {
  'answer-alarm': 'operator',
  'make-look': 'operator',
  'make-visit': 'night-patrol',
  'sign-plan': 'coordinator',
  'confirm-room': 'installer',
};

/** Whoever trains a visit is on shift in a car. */
function inCar(who: string, since: string): NightView {
  const [team, organisation] = ['00000000-0000-4000-8000-000000000002' as TeamId, 'ovning'];
  const car = { name: 'Bil 1', kind: 'car', crew: 'single', looks: 'never', visits: 'always' } as const;
  return {
    teams: [{ team, organisation, ...car }],
    shifts: [{ shift: 'ovning', team, organisation, who, operatorId: 'ovning', since }],
    handovers: [],
    reserved: [],
  };
}

/** @param tell called with each step that has been done, and with what was missed */
export function openWorld(
  clock: Pick<Clock, 'now'>,
  exercise: ExerciseName,
  name: string,
  tell: (what: { readonly type: 'step'; readonly step: string } | { readonly type: 'missed' }) => void,
): World {
  const alarms = new Map<AlarmId, AlarmView>();
  const looks = new Map<LookId, LookView>();
  const visits = new Map<VisitId, VisitView>();
  const listeners = new Set<(event: LiveEvent) => void>();
  const now = (by: Duration = milliseconds(0)) => printInstant(after(clock.now(), by));
  const unit: UnitView = {
    unit: 'ovning-1' as UnitId,
    client: home,
    place: 'Sovrum',
    presence: 'here',
    lastHeardAt: now(),
    plan: { version: 1, taken: true },
    publicKey: noKey,
  };
  return {
    exercise,
    me: { name, email: 'ovning@example.invalid', role: roles[exercise], organisation: 'ovning', id: 'ovning' },
    alarms,
    looks,
    visits,
    unit,
    now,
    desk: () => ({
      alarms: [...alarms.values()],
      looks: [...looks.values()],
      visits: [...visits.values()],
      units: [unit],
      ...(exercise === 'make-visit' && { night: inCar(name, now()) }),
    }),
    put(event) {
      if (event.type === 'alarm') alarms.set(event.alarm.alarm, event.alarm);
      else if (event.type === 'look') looks.set(event.look.look, event.look);
      else visits.set(event.visit.visit, event.visit);
      for (const listener of listeners) listener(event);
    },
    hear(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    step: (step) => tell({ type: 'step', step }),
    missed: () => tell({ type: 'missed' }),
  };
}

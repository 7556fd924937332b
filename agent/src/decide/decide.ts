/** Stage: what was seen to what was found in it. Steps every detector that the plan asks for; alarms leave here, at once. */
import { noLongerAgreed } from '@nattfrid/shared/domain/evidence-code';
import type { Gap, Observation } from '@nattfrid/shared/domain/observation';
import type { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import type { Room } from '@nattfrid/shared/domain/room';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Stage } from '../flow/stage.ts';
import type { Seen } from '../perceive/seen.ts';
import { bedStates, told as toldBeds } from '../situation/bed-state.ts';
import { withSight } from '../situation/with-sight.ts';
import type { Detector, DetectorKind } from './detector.ts';
import { detectors } from './detectors.ts';
import type { Finding } from './finding.ts';
import type { Judged } from './judged.ts';

export interface Deciding {
  /** What the plan in force asks for, now; undefined: there is no plan, and nothing is looked for. */
  readonly plan: () => AgreedAlarms | undefined;
  readonly room: () => Room;
  /** Told of each finding before anything downstream is; must not throw. */
  readonly tell: (finding: Finding) => void;
  /** Goes on when no picture comes, so that the detectors are told that time goes by. */
  readonly clock: Clock;
  /** Names and versions of the models that look. */
  readonly models: readonly string[];
  /** Other detectors than the house's: only for tests. */
  readonly kinds?: readonly DetectorKind[];
}

/** How often the detectors are told that time goes by while no picture comes. */
export const tickPeriod = seconds(1);

/** Each finding is told once, and also stands in the Judged of the look that led to it; of a tick it is only told. */
export function decide(options: Deciding): Stage<Seen | Gap, Judged> {
  return async function* (source, signal) {
    const judge = openJudge(options);
    using _ticking = options.clock.every(tickPeriod, () => judge.tick(options.clock.now()));
    for await (const input of source) {
      const findings = judge.step(input.type === 'seen' ? input.observation : input);
      const judged = judgedOf(input, { findings, ...judge.known() });
      if (signal.aborted) return judged[Symbol.dispose]();
      yield judged;
    }
  };
}

const judgedOf = (input: Seen | Gap, made: Pick<Judged, 'findings' | 'beds' | 'eyesight'>): Judged => ({
  type: 'judged',
  input,
  ...made,
  [Symbol.dispose]() {
    if (input.type === 'seen') input[Symbol.dispose]();
  },
});

interface Running {
  readonly detector: Detector<unknown>;
  state: unknown;
  /** What it has begun and not ended. */
  open: Finding | undefined;
}

/** The detectors at work: their states outlive a new room or changed terms, and end with the plan that asked for them. */
export function openJudge({ plan, room, tell, models, kinds = detectors }: Deciding) {
  const running = new Map<DetectorKind, Running>();
  let builtFor: { readonly alarms: AgreedAlarms | undefined; readonly place: Room } | undefined;
  let last: Instant | undefined;
  let watching: { readonly place: Room; readonly beds: ReturnType<typeof sightedBeds> } | undefined;
  let watched: BedsWatched | undefined;
  const watchBeds = (observation: Observation) => {
    const place = room();
    if (watching?.place !== place) watching = { place, beds: sightedBeds(place) };
    [watched] = watching.beds.step(watched ?? watching.beds.initial, observation);
  };

  const rebuild = (at: Instant): Finding[] => {
    const [alarms, place] = [plan(), room()];
    if (builtFor && builtFor.alarms === alarms && builtFor.place === place) return [];
    builtFor = { alarms, place };
    return kinds.flatMap((kind) => {
      const before = running.get(kind);
      const detector = alarms && kind.build(alarms, place, models);
      if (detector)
        running.set(kind, before ? { ...before, detector } : { detector, state: detector.initial, open: undefined });
      else running.delete(kind);
      return detector || !before?.open ? [] : [endedByPlan(before.open, at)];
    });
  };
  const step = (observation: Observation): readonly Finding[] => {
    const findings = rebuild(observation.at);
    watchBeds(observation);
    for (const one of running.values()) {
      const [state, found] = one.detector.step(one.state, observation);
      one.state = state;
      for (const finding of found) one.open = finding.phase === 'ended' ? undefined : finding;
      findings.push(...found);
    }
    for (const finding of findings) tell(finding);
    if (observation.type !== 'tick') last = observation.at;
    return findings;
  };
  return {
    step,
    known: (): Pick<Judged, 'beds' | 'eyesight'> => ({
      beds: watched ? toldBeds(watched.inner) : [],
      eyesight: watched?.watched?.eyesight ?? { name: 'sees' },
    }),
    /** Only where nothing else has told of the time for longer than one period. */
    tick(now: Instant): void {
      last ??= now;
      if (now - last > milliseconds(1.5 * tickPeriod)) step({ type: 'tick', at: now });
    },
  };
}

const sightedBeds = (room: Room) => withSight(bedStates(room));
type BedsWatched = ReturnType<typeof sightedBeds>['initial'];

const endedByPlan = ({ kind, evidence }: Finding, at: Instant): Finding => ({
  phase: 'ended',
  kind,
  at,
  evidence: { ...evidence, code: noLongerAgreed, figures: {} },
});

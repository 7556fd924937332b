/** Stage: what was seen to what was found in it. Steps the situation, and with it every detector that the plan asks for; alarms leave here, at once. */
import { noLongerAgreed } from '@nattfrid/shared/domain/evidence-code';
import type { Gap, Observation } from '@nattfrid/shared/domain/observation';
import type { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import type { Room } from '@nattfrid/shared/domain/room';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Stage } from '../flow/stage.ts';
import type { Seen } from '../perceive/seen.ts';
import { bedStates } from '../situation/bed-state.ts';
import { type Situation, situationIn } from '../situation/situation.ts';
import { type Detector, type DetectorKind, happened } from './detector.ts';
import { detectors } from './detectors.ts';
import type { Finding } from './finding.ts';
import type { Judged } from './judged.ts';
import { mayLieIn } from './lying-place.ts';

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

/**
 * The situation and the detectors at work. Both states outlive a new room and changed terms; a detector's ends with the plan that
 * asked for it, while the situation goes on whatever the plan asks for.
 */
export function openJudge({ plan, room, tell, models, kinds = detectors }: Deciding) {
  const running = new Map<DetectorKind, Running>();
  let builtFor: BuiltFor | undefined;
  let situation: Situation | undefined;
  let last: Instant | undefined;

  const rebuilt = (at: Instant): readonly [BuiltFor, Finding[]] => {
    const [alarms, place] = [plan(), room()];
    if (builtFor && builtFor.alarms === alarms && builtFor.place === place) return [builtFor, []];
    const ended = kinds.flatMap((kind) => {
      const before = running.get(kind);
      const detector = alarms && kind.build(alarms, place, models);
      if (detector)
        running.set(kind, before ? { ...before, detector } : { detector, state: detector.initial, open: undefined });
      else running.delete(kind);
      return detector || !before?.open ? [] : [endedByPlan(before.open, at)];
    });
    builtFor = { alarms, place, machine: situationIn({ room: place, mayLie: mayLieIn(place, alarms?.fall) }) };
    return [builtFor, ended];
  };
  const step = (observation: Observation): readonly Finding[] => {
    const [{ machine }, findings] = rebuilt(observation.at);
    [situation] = machine.step(situation ?? machine.initial, observation);
    const event = happened(observation, situation);
    for (const one of running.values()) {
      const [state, found] = one.detector.step(one.state, event);
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
      beds: situation ? bedStates(situation.beds) : [],
      eyesight: situation?.watched.eyesight ?? { name: 'sees' },
    }),
    /** Only where nothing else has told of the time for longer than one period. */
    tick(now: Instant): void {
      last ??= now;
      if (now - last > milliseconds(1.5 * tickPeriod)) step({ type: 'tick', at: now });
    },
  };
}

interface BuiltFor {
  readonly alarms: AgreedAlarms | undefined;
  readonly place: Room;
  readonly machine: ReturnType<typeof situationIn>;
}

const endedByPlan = ({ kind, evidence }: Finding, at: Instant): Finding => ({
  phase: 'ended',
  kind,
  at,
  evidence: { ...evidence, code: noLongerAgreed, figures: {} },
});

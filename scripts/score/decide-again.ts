/** Pure. Decides recorded observations anew, with other terms or limits if wished: no model runs, so it takes milliseconds. */
import { alone, together } from '../../agent/src/decide/alone.ts';
import { detectors } from '../../agent/src/decide/detectors.ts';
import { fall } from '../../agent/src/decide/fall.ts';
import type { Finding } from '../../agent/src/decide/finding.ts';
import type { Limits } from '../../agent/src/situation/posture.ts';
import type { Observation, Observed } from '../../shared/src/domain/observation.ts';
import type { AgreedAlarms } from '../../shared/src/domain/plan.ts';
import { run } from '../../shared/src/machine/machine.ts';
import { type Instant, instant } from '../../shared/src/time/instant.ts';
import { roomOf } from './labelled-clip.ts';
import type { Recorded } from './record.ts';
import type { ToldAlarm } from './scored-clip.ts';

/** Midnight in Stockholm, as a recording that is replayed begins. */
const start = instant(Date.UTC(2026, 0, 14, 23));

/** All that the plan asks for, as the unit would tell it. */
export function decideAgain({ clip, observations }: Recorded, plan: AgreedAlarms): readonly ToldAlarm[] {
  const events = observations.map(moved);
  const room = roomOf(clip);
  const asked = detectors.flatMap((kind) => kind.build(plan, room, []) ?? []);
  const findings = run(together(asked, { room, fall: plan.fall }), events).effects;
  return findings.map(told).sort((one, other) => one.at - other.at);
}

export interface Settings {
  readonly persistenceSeconds: number;
  /** How sure a person must be for the detectors, which themselves take 0.5. */
  readonly certainty: number;
  readonly limits: Limits;
}

/** Falls only. What was seen last is taken to stay so, for long enough that the longest persistence can run out. */
export function decideFall({ clip, observations }: Recorded, settings: Settings): readonly ToldAlarm[] {
  const { persistenceSeconds, certainty, limits } = settings;
  const terms = { agreed: { persistenceSeconds }, room: roomOf(clip), models: [], limits };
  const events = [...observations, ...held(observations.at(-1), persistenceSeconds)].map(moved);
  return run(alone(fall(terms), terms), certainty === 0.5 ? events : events.map(asSureAs(certainty))).effects.map(told);
}

const told = ({ kind, phase, at, evidence }: Finding): ToldAlarm => ({
  kind,
  phase,
  at: Math.round((at - start) / 10) / 100,
  code: evidence.code,
});

const moved = (one: Observation): Observation => {
  const at = later(one.at);
  return one.type === 'gap' ? { ...one, at, from: later(one.from) } : { ...one, at };
};
const later = (at: Instant): Instant => instant(start + at);

const held = (last: Observation | undefined, seconds: number): readonly Observation[] =>
  last?.type === 'observed'
    ? Array.from({ length: seconds * 10 }, (_, at) => ({
        ...last,
        picture: { ...last.picture, alive: true },
        at: instant(last.at + (at + 1) * 100),
      }))
    : [];

/** Certainties bent so that `limit` comes to lie where the detectors draw the line. */
const asSureAs =
  (limit: number) =>
  (one: Observation): Observation =>
    one.type === 'observed' ? bent(one, limit) : one;
const bent = (one: Observed, limit: number): Observed => ({
  ...one,
  persons: one.persons.map((person) => {
    const sure = person.certainty;
    const certainty = sure < limit ? (0.5 * sure) / limit : 0.5 + (0.5 * (sure - limit)) / (1 - limit);
    return { ...person, certainty };
  }),
});

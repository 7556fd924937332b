/** Pure. Runs the detectors on recorded observations, with other thresholds where given; no model runs, so it takes milliseconds. */
import { alone, together } from '@nattfrid/agent/decide/alone';
import { detectors } from '@nattfrid/agent/decide/detectors';
import { fall } from '@nattfrid/agent/decide/fall';
import type { Finding } from '@nattfrid/agent/decide/finding';
import type { Limits } from '@nattfrid/agent/situation/posture';
import type { Observation, Observed } from '@nattfrid/shared/domain/observation';
import type { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import { run } from '@nattfrid/shared/machine/machine';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { roomOf } from './labelled-clip.ts';
import type { Recorded } from './record.ts';
import type { ToldAlarm } from './scored-clip.ts';

/** Midnight in Stockholm, when a replayed recording begins. */
const start = instant(Date.UTC(2026, 0, 14, 23));

/** Alarms of all detectors that the plan asks for. */
export function decideAgain({ clip, observations }: Recorded, plan: AgreedAlarms): readonly ToldAlarm[] {
  const events = observations.map(moved);
  const room = roomOf(clip);
  const asked = detectors.flatMap((kind) => kind.build(plan, room, []) ?? []);
  const findings = run(together(asked, { room, fall: plan.fall }), events).effects;
  return findings.map(told).sort((one, other) => one.at - other.at);
}

export interface FallSettings {
  readonly persistenceSeconds: number;
  /** Least certainty of a person that counts; the detectors' own is 0.5. */
  readonly certainty: number;
  readonly limits: Limits;
}

/** Falls only. The last observation is repeated for the persistence, so that it can run out after the recording's end. */
export function decideFall({ clip, observations }: Recorded, settings: FallSettings): readonly ToldAlarm[] {
  const { persistenceSeconds, certainty, limits } = settings;
  const terms = { agreed: { persistenceSeconds }, room: roomOf(clip), models: [], limits };
  const events = [...observations, ...held(observations.at(-1), persistenceSeconds)].map(moved);
  return run(
    alone(fall(terms), terms),
    certainty === 0.5 ? events : events.map(withCertaintyLimit(certainty)),
  ).effects.map(told);
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

/** Rescales certainties piecewise linearly, so that `limit` maps to the detectors' 0.5. */
const withCertaintyLimit =
  (limit: number) =>
  (one: Observation): Observation =>
    one.type === 'observed' ? rescaled(one, limit) : one;
const rescaled = (one: Observed, limit: number): Observed => ({
  ...one,
  persons: one.persons.map((person) => {
    const sure = person.certainty;
    const certainty = sure < limit ? (0.5 * sure) / limit : 0.5 + (0.5 * (sure - limit)) / (1 - limit);
    return { ...person, certainty };
  }),
});

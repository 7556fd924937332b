/** Pure. A night that was played and scored: its findings against the ground truth of its timeline. */
import type { Finding } from '@nattfrid/agent/decide/finding';
import type { BedStateName } from '@nattfrid/shared/domain/evidence-code';
import type { NightTimeline } from './night-timeline.ts';
import { type BedMinutes, type NightScore, scoreBed, scoreNight, type ToldAlarm } from './score-night.ts';
import type { Night } from './script.ts';

/** The unit's bed state at one look; undefined where its detectors give none. `at`: second of the night. */
export interface BedSaid {
  readonly at: number;
  readonly is: BedStateName | undefined;
}

export interface PlayedNight {
  readonly night: Night;
  readonly timeline: NightTimeline;
  readonly told: readonly ToldAlarm[];
  readonly bedSaid: readonly BedSaid[];
  readonly score: NightScore;
  readonly bed: BedMinutes;
  readonly pictures: number;
  /** Of work. */
  readonly seconds: number;
}

export function scored(
  night: Night,
  timeline: NightTimeline,
  found: readonly Finding[],
  bedSaid: readonly BedSaid[],
): Omit<PlayedNight, 'pictures' | 'seconds'> {
  const start = Date.parse(night.begins);
  const told = found.map(
    ({ kind, phase, at, evidence }): ToldAlarm => ({ kind, phase, code: evidence.code, at: (at - start) / 1000 }),
  );
  return {
    night,
    timeline,
    told,
    bedSaid,
    score: scoreNight(timeline.wanted, told),
    bed: scoreBed(timeline.bed, bedSaid),
  };
}

export function bedOf(judged: {
  readonly beds?: readonly { readonly name: BedStateName }[];
}): BedStateName | undefined {
  return judged.beds?.[0]?.name;
}

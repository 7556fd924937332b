/** Decides a kept night anew from its observations, for a change of the detectors alone: no model runs, so it takes seconds. */
import { openJudge, tickPeriod } from '@nattfrid/agent/decide/decide';
import type { Finding } from '@nattfrid/agent/decide/finding';
import type { Observation } from '@nattfrid/shared/domain/observation';
import { elapsed } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { type BedSaid, bedOf, type PlayedNight, scored } from './played-night.ts';
import { roomOf } from './room-of-night.ts';
import type { Night } from './script.ts';
import { staged } from './staged-night.ts';

export function decideNightAgain(night: Night, seen: Iterable<Observation>): PlayedNight {
  const begun = elapsed();
  const start = instant(Date.parse(night.begins));
  const clock = movedClock(start);
  const room = roomOf(night);
  const found: Finding[] = [];
  const bedSaid: BedSaid[] = [];
  let pictures = 0;
  const judge = openJudge({
    plan: () => night.alarms,
    room: () => room,
    tell: (one) => found.push(one),
    clock,
    models: [],
  });
  using _ticking = clock.every(tickPeriod, () => judge.tick(clock.now()));
  for (const one of seen) {
    judge.step(one);
    bedSaid.push({ at: (one.at - start) / 1000, is: bedOf(judge.known()) });
    if (one.type === 'observed') pictures++;
    clock.moveTo(one.at);
  }
  const { timeline } = staged(night);
  return { ...scored(night, timeline, found, bedSaid), pictures, seconds: (elapsed() - begun) / 1000 };
}

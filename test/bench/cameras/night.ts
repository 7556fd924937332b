/** A night of 8 h with a camera as the unit has seen it for some seconds, on a moved clock: which alarms and faults would there have been? */
import { type CameraState, keepCamera } from '@nattfrid/agent/camera/keep-camera';
import { openJudge } from '@nattfrid/agent/decide/decide';
import type { Finding } from '@nattfrid/agent/decide/finding';
import { openHealth } from '@nattfrid/agent/health/health';
import type { Observed } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import type { FaultCode } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { type Duration, hours, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import type { Call, CourseItem } from './course.ts';
import { nightCamera } from './night-camera.ts';

export interface Night {
  /** `kind code`, of each that has begun. */
  readonly alarms: readonly string[];
  /** Reasons that one of them took while it lasted. */
  readonly reasons: readonly string[];
  /** Reasons for which the camera counted as lost, and how often. */
  readonly faults: ReadonlyMap<FaultCode, number>;
  /** Share of the time in which somebody looked at a picture at least every two and a half seconds. */
  readonly seen: number;
}

const night = hours(8);
/** As in the plans that the house draws up. */
const alarms = { blind: { afterSeconds: 60 } };
/** Milliseconds. */
const closeEnough = 2500;

/** The product's own: what keeps the camera, what watches over it, and the detectors with their blindness. */
export async function playNight(calls: readonly Call[], length: Duration = night): Promise<Night> {
  const clock = movedClock(instant(1_800_000_000_000));
  const told: string[] = [];
  const reasons = new Set<string>();
  const faults = new Map<FaultCode, number>();
  const found = ({ phase, kind, evidence }: Finding) => {
    if (phase === 'began') told.push(`${kind} ${evidence.code}`);
    if (phase === 'changed') reasons.add(`${kind} ${evidence.code}`);
  };
  using health = openHealth({ clock, log: silent, found, outboxDepth: () => 0, lookOpen: () => false });
  const judge = openJudge({ plan: () => alarms, room: () => unknownRoom, tell: found, clock, models: [] });
  const camera = nightCamera(calls, { clock, givesUp: (fault) => kept.giveUp(fault) });
  const kept = keepCamera(camera, {
    ...{ clock, random: () => 0.5, log: silent },
    changed(state: CameraState) {
      health.camera(state);
      if (typeof state === 'object') faults.set(state.lost.code, (faults.get(state.lost.code) ?? 0) + 1);
    },
  });
  using _ticking = clock.every(seconds(1), () => judge.tick(clock.now()));
  const stop = new AbortController();
  let [seen, last]: [number, Instant | undefined] = [0, undefined];
  const watching = (async () => {
    for await (const one of kept.open(stop.signal)) {
      if (one.type === 'gap') {
        judge.step(one);
        continue;
      }
      const item = camera.meaning(one);
      if (!item || !isTold(item)) continue;
      const { at } = one;
      if (item.type === 'packet') {
        if (last !== undefined && at - last <= closeEnough) seen += at - last;
        last = at;
        judge.step(emptyRoom(at));
      } else judge.step({ type: 'gap', from: instant(at - item.lasts), at, why: item.why });
    }
  })();
  await clock.advance(length);
  stop.abort();
  await clock.advance(milliseconds(1));
  await watching;
  return { alarms: told, reasons: [...reasons], faults, seen: seen / length };
}

const isTold = (item: CourseItem): boolean => item.type === 'gap' || item.seen;

const emptyRoom = (at: Instant): Observed => ({
  ...{ type: 'observed', at, persons: [] },
  picture: { brightness: 0.4, contrast: 0.3, changed: 0, known: 1, aspect: 4 / 3, alive: true },
});

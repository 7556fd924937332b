/** A camera as the unit sees it: its own camera and decode stages, put together as the agent does. */
import { keepCamera } from '@nattfrid/agent/camera/keep-camera';
import { openCamera } from '@nattfrid/agent/camera/open-camera';
import { decode } from '@nattfrid/agent/decode/decode';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { asFault, type Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { CameraAdvice } from '@nattfrid/shared/wire/vitals';
import { type Call, openCourse } from './course.ts';
import { openSeeing, type Seen } from './seeing.ts';
import { isWhole } from './whole.ts';

export interface UnitSeen extends Seen {
  /** In the order in which they were told, each kind once. */
  readonly faults: readonly Fault[];
  readonly advice: readonly CameraAdvice[];
  /** Seconds of the longest time for which it counted as lost. */
  readonly lost: number;
  /** All that came, call by call, for a night of the same. */
  readonly course: readonly Call[];
}

export interface SeeOptions {
  readonly ffmpeg: string;
  readonly clock: Clock;
  /** What the unit's setting `camera.certificate` says. */
  readonly certificate: string | undefined;
  /** How many times as fast as life the clock runs: the decoder's own time is then no measure. */
  readonly quick: number;
}

/** Milliseconds: older ones are not shown to an operator. */
const oldest = 2000;

/** @param signal ends it */
export async function unitSees(
  url: string,
  { ffmpeg, clock, certificate, quick }: SeeOptions,
  signal: AbortSignal,
): Promise<UnitSeen> {
  const faults: Fault[] = [];
  const advice = new Set<CameraAdvice>();
  const course = openCourse(clock.steady);
  const seeing = openSeeing(clock.steady, oldest * quick);
  let [lostSince, lost]: [number | undefined, number] = [undefined, 0];
  const note = (fault: Fault) => {
    if (!faults.some((one) => one.message === fault.message)) faults.push(fault);
  };
  const told = (isLost: boolean) => {
    const now = clock.steady();
    if (lostSince !== undefined) lost = Math.max(lost, now - lostSince);
    lostSince = isLost ? (lostSince ?? now) : undefined;
  };
  try {
    const advised = (all: readonly CameraAdvice[]) => all.forEach((one) => void advice.add(one));
    const camera = keepCamera(course.of(openCamera({ url, certificate }, { clock, log: silent, ffmpeg, advised })), {
      ...{ clock, random: () => 0.5, log: silent },
      changed(state) {
        if (state === 'connected') told(false);
        if (typeof state === 'string') return;
        told(true);
        note(state.lost);
      },
    });
    const stage = decode({
      speed: quick > 1 ? 'max' : 'life',
      ...{ ffmpeg, pace: pace(), log: silent, clock, pool: openPool(silent) },
      undecodable(fault) {
        note(fault);
        course.givesUp(fault);
        camera.giveUp(fault);
      },
    });
    for await (const one of stage(camera.open(signal), signal)) {
      if (one.type === 'gap') {
        course.gap(one);
        continue;
      }
      using frame = one;
      course.frame(frame.at);
      seeing.picture(isWhole(frame.y, frame.width, frame.height), clock.now() - frame.at);
    }
  } catch (error) {
    if (!signal.aborted) note(asFault(error));
  }
  told(false);
  return { ...seeing.seen(), faults, advice: [...advice], lost: lost / 1000, course: course.calls() };
}

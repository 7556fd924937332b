/** What the unit made of a camera: each call with its pictures, gaps and end, in times since the call; recorded while it is watched. */
import type { Camera } from '@nattfrid/agent/camera/camera';
import type { Gap } from '@nattfrid/shared/domain/observation';
import { asFault, type Fault, type FaultCode } from '@nattfrid/shared/fault/fault';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

/** `after`: milliseconds since the call. */
export type CourseItem =
  /** `seen`: it came out of the decoder as well. */
  | { readonly type: 'packet'; readonly after: number; readonly seen: boolean }
  /** A gap of the decoder's. */
  | { readonly type: 'gap'; readonly after: number; readonly lasts: number; readonly why: Gap['why'] };

export interface Call {
  readonly items: readonly CourseItem[];
  /** Milliseconds for which it is known. */
  readonly lasts: number;
  /** `cut`: whoever watched has gone, and what would have come is not known. */
  readonly end: 'cut' | { readonly by: 'camera' | 'unit'; readonly code: FaultCode };
}

export interface CourseRecorder {
  /** The same camera, listened to. */
  of(camera: Camera): Camera;
  /** A picture that was taken then has come out of the decoder. */
  frame(taken: Instant): void;
  gap(gap: Gap): void;
  /** The unit hangs up by itself: it can do nothing with what comes. */
  givesUp(fault: Fault): void;
  calls(): readonly Call[];
}

type Packet = { type: 'packet'; after: number; seen: boolean; readonly taken: Instant };

interface Open {
  readonly began: Duration;
  readonly items: (Packet | (CourseItem & { type: 'gap' }))[];
  lasts: number;
  end: Call['end'];
}

/** @param steady by the camera's clock */
export function openCourse(steady: () => Duration): CourseRecorder {
  const calls: Open[] = [];
  const ended = (call: Open, end: Call['end']) => {
    call.lasts = steady() - call.began;
    call.end = end;
  };
  return {
    of: (camera) => ({
      name: camera.name,
      async *open(signal) {
        const call: Open = { began: steady(), items: [], lasts: 0, end: 'cut' };
        calls.push(call);
        try {
          for await (const packet of camera.open(signal)) {
            call.items.push({ type: 'packet', after: steady() - call.began, seen: false, taken: packet.at });
            yield packet;
          }
        } catch (error) {
          if (!signal.aborted) ended(call, { by: 'camera', code: asFault(error).code });
          throw error;
        } finally {
          if (call.lasts === 0) call.lasts = steady() - call.began;
        }
      },
    }),
    frame(taken) {
      for (const call of calls.toReversed()) {
        const own = call.items.findLast((one) => one.type === 'packet' && one.taken === taken);
        if (own?.type !== 'packet') continue;
        own.seen = true;
        return;
      }
    },
    gap(gap) {
      const call = calls.at(-1);
      // What the watch over the camera tells by itself it will tell again.
      if (!call || gap.why === 'camera-lost') return;
      call.items.push({ type: 'gap', after: steady() - call.began, lasts: gap.at - gap.from, why: gap.why });
    },
    givesUp(fault) {
      const call = calls.at(-1);
      if (call) ended(call, { by: 'unit', code: fault.code });
    },
    calls: () => calls.map(({ items, lasts, end }) => ({ items, lasts, end })),
  };
}

/** A camera that does for a night, on a moved clock, what a course tells of a few seconds. */
import type { Camera } from '@nattfrid/agent/camera/camera';
import type { Packet } from '@nattfrid/agent/camera/packet';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Call, CourseItem } from './course.ts';

export interface NightCamera extends Camera {
  /** What a packet stands for. */
  meaning(packet: Packet): CourseItem | undefined;
}

/** Three seconds without a picture are what the detectors call a hole: one in two seconds says the same to them as twenty. */
const thinned = 2000;

/** @param givesUp called where the unit hung up by itself */
export function nightCamera(
  calls: readonly Call[],
  { clock, givesUp }: { readonly clock: Clock; readonly givesUp: (fault: Fault) => void },
): NightCamera {
  const { opening, held, again } = scriptOf(calls.map((one) => ({ ...one, items: thinnedOut(one.items) })));
  const meant = new WeakMap<Packet, CourseItem>();
  let turn = 0;
  const next = (): Call | undefined => {
    const number = turn++;
    if (number < opening.length) return opening[number];
    return held ?? again[(number - opening.length) % Math.max(1, again.length)];
  };
  return {
    name: 'the camera',
    meaning: (packet) => meant.get(packet),
    async *open(signal) {
      const call = next();
      const began = clock.steady();
      const until = (after: number) => clock.sleep(milliseconds(Math.max(0, began + after - clock.steady())), signal);
      if (!call) return await until(Number.MAX_SAFE_INTEGER);
      const { items } = call;
      const from = items[0]?.after ?? 0;
      const round = call.lasts - from;
      for (let gone = 0; ; gone += round) {
        for (const item of items) {
          await until(gone + item.after);
          if (signal.aborted) return;
          const packet: Packet = { type: 'packet', at: clock.now(), codec: 'h264', key: true, data: key };
          meant.set(packet, item);
          yield packet;
        }
        if (call !== held || round <= 0) break;
      }
      await until(call.end === 'cut' ? Number.MAX_SAFE_INTEGER : call.lasts);
      if (signal.aborted || call.end === 'cut') return;
      const fault = new Fault(call.end.code, 'As it was when it was watched.');
      if (call.end.by === 'camera') throw fault;
      givesUp(fault);
    },
  };
}

const key = Uint8Array.of(1);

/**
 * What was cut off counts as held where it had lasted longer than all that the camera has ended: it goes on so. Else it would have ended
 * as those before it did, which then come again and again.
 */
export function scriptOf(calls: readonly Call[]): {
  readonly opening: readonly Call[];
  readonly held: Call | undefined;
  readonly again: readonly Call[];
} {
  const last = calls.at(-1);
  const ended = calls.filter((one) => one.end !== 'cut');
  const gave = ended.filter((one) => one.items.length > 0);
  const longest = Math.max(0, ...gave.map((one) => one.lasts));
  const holds = last?.end === 'cut' && last.lasts > longest && (last.items.length > 0 || ended.length === 0);
  return { opening: ended, held: holds ? last : undefined, again: gave.length > 0 ? gave : ended };
}

/** Of packets of one kind that are close together only as many as leave no hole that was not there. */
function thinnedOut(items: readonly CourseItem[]): readonly CourseItem[] {
  const last = { seen: Number.NEGATIVE_INFINITY, unseen: Number.NEGATIVE_INFINITY };
  const next = { seen: Number.POSITIVE_INFINITY, unseen: Number.POSITIVE_INFINITY };
  const following = items
    .toReversed()
    .map((item) => {
      if (item.type === 'gap') return 0;
      const kind = item.seen ? 'seen' : 'unseen';
      const after = next[kind];
      next[kind] = item.after;
      return after;
    })
    .toReversed();
  return items.filter((item, index) => {
    if (item.type === 'gap') return true;
    const kind = item.seen ? 'seen' : 'unseen';
    if ((following[index] ?? 0) - last[kind] <= thinned) return false;
    last[kind] = item.after;
    return true;
  });
}

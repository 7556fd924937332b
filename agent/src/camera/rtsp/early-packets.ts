/** The packets that come before the answer to PLAY. */
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { DataEvent, RtspResponse } from './event.ts';

/** Packets without an answer to PLAY after which the camera plays, and their bytes. */
const enoughEarly = { packets: 500, bytes: 2 * 1024 * 1024 } as const;
/** It has sent packets for so long: slow cameras send few. */
const longEnough = seconds(2);
export const playsAlready: RtspResponse = { type: 'response', status: 200, headers: new Map(), body: '' };

/** Cameras send their first pictures before they answer PLAY, and some never do: the packets are kept. Before PLAY there are none to keep. */
export function earlyPackets(method: string) {
  const packets: DataEvent[] = [];
  let bytes = 0;
  let first: Duration | undefined;
  return {
    packets,
    /** @param at by a clock that never steps. @returns true: it has sent so many, or for so long, that it plays */
    take(event: DataEvent, at: Duration): boolean {
      if (method !== 'PLAY') return false;
      packets.push(event);
      bytes += event.payload.length;
      first ??= at;
      if (at - first >= longEnough) return true;
      return packets.length >= enoughEarly.packets || bytes >= enoughEarly.bytes;
    },
  };
}

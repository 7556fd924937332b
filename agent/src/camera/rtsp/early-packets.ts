/** The packets that come before the answer to PLAY. */
import type { DataEvent, RtspResponse } from './event.ts';

/** Packets without an answer to PLAY after which the camera plays, and their bytes. */
const enoughEarly = { packets: 500, bytes: 2 * 1024 * 1024 } as const;
export const playsAlready: RtspResponse = { type: 'response', status: 200, headers: new Map(), body: '' };

/** Cameras send their first pictures before they answer PLAY, and some never do: the packets are kept. Before PLAY there are none to keep. */
export function earlyPackets(method: string) {
  const packets: DataEvent[] = [];
  let bytes = 0;
  return {
    packets,
    /** @returns true: it has sent so many that it plays */
    take(event: DataEvent): boolean {
      if (method !== 'PLAY') return false;
      packets.push(event);
      bytes += event.payload.length;
      return packets.length >= enoughEarly.packets || bytes >= enoughEarly.bytes;
    },
  };
}

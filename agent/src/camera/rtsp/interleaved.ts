/** Pure. Packets that are interleaved in an RTSP connection, behind a `$` and a channel (RFC 2326 §10.12). */
import type { RtspEvent } from './event.ts';

/** What stands at an index of the bytes. */
export type Found =
  | { readonly end: number; readonly event?: RtspEvent; readonly junk?: number }
  | 'incomplete'
  | 'body'
  | 'junk';

export const dollar = 0x24;
/** Channels from here on are junk, unless the camera has named them: a server that counts on for each track stays below. */
const usualChannels = 16;

/**
 * An interleaved packet is recognised by a low channel, the version (2) of RTP and RTCP (RFC 3550 §5.1), and the ranges of their types
 * (RFC 5761 §4). Junk that passes for one swallows up to 64 KB of pictures.
 */
export function readData(channels: readonly number[], bytes: Uint8Array, at: number): Found {
  if (at + 5 >= bytes.length) return 'incomplete';
  const [, channel = 0, high = 0, low = 0, version = 0, type = 0] = bytes.subarray(at, at + 6);
  const size = (high << 8) | low;
  const fits = (type & 127) < 64 || (type & 127) > 95 || type >= 192;
  const known = channel < usualChannels || channels.includes(channel);
  if (!known || size < 4 || version >> 6 !== 2 || !fits) return 'junk';
  const end = at + 4 + size;
  if (end > bytes.length) return 'incomplete';
  return { end, event: { type: 'data', channel, payload: bytes.subarray(at + 4, end) } };
}

/** An RTP or RTCP packet on an interleaved channel (§10.12). @param channel 0 to 255. @param payload at most 65535 bytes */
export function writeInterleaved(channel: number, payload: Uint8Array): Uint8Array {
  const all = new Uint8Array(4 + payload.length);
  all.set([0x24, channel, payload.length >> 8, payload.length & 255]);
  all.set(payload, 4);
  return all;
}

/** Pure. A packet as it may stand in a recording: its head and its sizes, and of what it carries the kind of unit that the first bytes tell. */
import type { Codec } from '../../codec/codec.ts';
import type { RecordedPacket, RecordedUnit } from './recording.ts';

/** The packet before it on its channel. */
export interface Before {
  readonly sequence: number;
  readonly time: number;
  readonly source: number;
}

/** @param codec undefined: not known, then nothing is said of units. @returns undefined: it is no RTP or RTCP packet. `last` is for the next one. */
export function packetFor(
  bytes: Uint8Array,
  { at, channel, codec, before }: { at: number; channel: number; codec: Codec | undefined; before: Before | undefined },
): { readonly packet: RecordedPacket; readonly last: Before | undefined } | undefined {
  if (bytes.length < 4 || (bytes[0] ?? 0) >> 6 !== 2) return undefined;
  const [first = 0, second = 0] = bytes;
  const size = bytes.length;
  if (second >= 192 && second <= 223)
    return { packet: { kind: 'rtcp', at, channel, size, type: second }, last: before };
  if (size < 12) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, size);
  const last: Before = { sequence: view.getUint16(2), time: view.getUint32(4), source: view.getUint32(8) };
  const contributors = first & 15;
  let head = 12 + contributors * 4;
  const extension = first & 16 && size >= head + 4 ? 4 + view.getUint16(head + 2) * 4 : 0;
  head += extension;
  const padding = first & 32 ? Math.min(bytes[size - 1] ?? 0, Math.max(0, size - head)) : 0;
  const payload = Math.max(0, size - head - padding);
  const unit = unitOf(bytes.subarray(head, head + Math.min(payload, 3)), codec);
  const packet: RecordedPacket = {
    ...{ kind: 'rtp', at, channel, size, type: second & 127, marker: second > 127 },
    sequence: before ? ((last.sequence - before.sequence) << 16) >> 16 : 0,
    time: before ? (last.time - before.time) | 0 : 0,
    source: !before ? 'first' : before.source === last.source ? 'same' : 'other',
    ...{ padding, extension, contributors, payload, ...(unit && { unit }) },
  };
  return { packet, last };
}

/** @param start three bytes at most: never one of a picture's */
function unitOf(start: Uint8Array, codec: Codec | undefined): RecordedUnit | undefined {
  const [first = 0, second = 0, third = 0] = start;
  if (start.length === 0 || codec === undefined || codec === 'mjpeg') return undefined;
  const [type, flags, mask] = codec === 'h264' ? [first & 31, second, 31] : [(first >> 1) & 63, third, 63];
  const importance = codec === 'h264' ? (first >> 5) & 3 : 0;
  if (type === (codec === 'h264' ? 28 : 49)) {
    const reserved = codec === 'h264' && (flags & 32) > 0 ? { reserved: true } : {};
    return { kind: 'fragment', type: flags & mask, importance, start: flags > 127, end: (flags & 64) > 0, ...reserved };
  }
  if (type === (codec === 'h264' ? 24 : 48)) return { kind: 'aggregate', type, importance };
  const zeros = start.length === 3 && first === 0 && second === 0 && third <= 1 ? { zeros: true } : {};
  return { kind: 'single', type, importance, ...zeros };
}

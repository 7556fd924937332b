/** Pure. Packetizes H.264 to interleaved RTP (RFC 6184: single, STAP-A, FU-A; RFC 2326 §10.12). */
import { nalType, nalTypes } from '@nattfrid/agent/h264/annex-b';

/** Largest payload, as on an ordinary network. */
const largest = 1400;
const payloadType = 96;

/** RTP payloads of one picture: parameter sets aggregated, small NAL units single, large ones fragmented. */
export function payloads(units: readonly Uint8Array[]): readonly Uint8Array[] {
  const isSet = (unit: Uint8Array) => nalType(unit) === nalTypes.sps || nalType(unit) === nalTypes.pps;
  const sets = units.filter(isSet);
  const parts: Uint8Array[] = sets.length > 0 ? [aggregate(sets)] : [];
  for (const unit of units.filter((one) => !isSet(one))) {
    if (unit.length <= largest) parts.push(unit);
    else parts.push(...fragments(unit));
  }
  return parts;
}

function aggregate(units: readonly Uint8Array[]): Uint8Array {
  const bytes = [24 | 0x60];
  for (const unit of units) bytes.push(unit.length >> 8, unit.length & 255, ...unit);
  return Uint8Array.from(bytes);
}

function fragments(unit: Uint8Array): readonly Uint8Array[] {
  const [head = 0] = unit;
  const parts: Uint8Array[] = [];
  for (let at = 1; at < unit.length; at += largest) {
    const body = unit.subarray(at, at + largest);
    const bytes = new Uint8Array(body.length + 2);
    bytes[0] = (head & 0xe0) | 28;
    bytes[1] = (head & 31) | (at === 1 ? 128 : 0) | (at + largest >= unit.length ? 64 : 0);
    bytes.set(body, 2);
    parts.push(bytes);
  }
  return parts;
}

/** @param timestamp 1/90000 s, any size: it wraps here. */
export function interleavedRtp(
  channel: number,
  payload: Uint8Array,
  at: { readonly sequence: number; readonly timestamp: number; readonly source: number; readonly marker: boolean },
): Uint8Array {
  const bytes = new Uint8Array(16 + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x24);
  view.setUint8(1, channel);
  view.setUint16(2, 12 + payload.length);
  view.setUint8(4, 0x80);
  view.setUint8(5, payloadType | (at.marker ? 128 : 0));
  view.setUint16(6, at.sequence & 0xffff);
  view.setUint32(8, at.timestamp % 2 ** 32);
  view.setUint32(12, at.source);
  bytes.set(payload, 16);
  return bytes;
}

/** An empty receiver report, which holds no picture (RFC 3550 §6.4.2). */
export const interleavedReport = (channel: number): Uint8Array =>
  Uint8Array.of(0x24, channel, 0, 8, 0x80, 201, 0, 1, 0, 0, 0, 1);

export function describeFilm(sps: Uint8Array, pps: Uint8Array): string {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const profile = Buffer.from(sps.subarray(1, 4)).toString('hex');
  return description(
    `a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;profile-level-id=${profile};sprop-parameter-sets=${base64(sps)},${base64(pps)}`,
    96,
  );
}

/** A camera that is set to motion JPEG. */
export const describeOther = (): string => description('a=rtpmap:97 VP9/90000', 97);

const description = (video: string, type: number): string =>
  [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=test camera',
    't=0 0',
    'a=control:*',
    'm=audio 0 RTP/AVP 0',
    'a=control:track0',
    `m=video 0 RTP/AVP ${type}`,
    'c=IN IP4 0.0.0.0',
    video,
    'a=control:track1',
    '',
  ].join('\r\n');

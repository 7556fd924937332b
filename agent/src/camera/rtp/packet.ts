/** Pure. Parses an RTP packet (RFC 3550 §5.1). */

export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  /** 16 bits, one more for each packet. */
  readonly sequence: number;
  /** 32 bits, in 1/90000 s for video. */
  readonly timestamp: number;
  /** A view, without padding. */
  readonly payload: Uint8Array;
}

/** @returns undefined where the bytes are no RTP packet, or one without payload */
export function readRtp(bytes: Uint8Array): RtpPacket | undefined {
  if (bytes.length < 12) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint8(0);
  if (first >> 6 !== 2) return undefined;
  let start = 12 + (first & 15) * 4;
  if (first & 16) {
    if (start + 4 > bytes.length) return undefined;
    start += 4 + view.getUint16(start + 2) * 4;
  }
  const padding = first & 32 ? view.getUint8(bytes.length - 1) : 0;
  const end = bytes.length - padding;
  if (start >= end) return undefined;
  const second = view.getUint8(1);
  return {
    payloadType: second & 127,
    marker: second >> 7 === 1,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    payload: bytes.subarray(start, end),
  };
}

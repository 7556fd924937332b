/** Pure. Parses an RTP packet (RFC 3550 §5.1). */

export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  /** 16 bits, one more for each packet. */
  readonly sequence: number;
  /** 32 bits, in 1/90000 s for video. */
  readonly timestamp: number;
  /** Who sends it (SSRC), 32 bits. */
  readonly source: number;
  /** A view, without padding; empty where the packet is padding only: it counts in the sequence all the same. */
  readonly payload: Uint8Array;
  /** Contents of its header extension, a view. */
  readonly extension?: Uint8Array;
}

/** @returns undefined where the bytes are no RTP packet */
export function readRtp(bytes: Uint8Array): RtpPacket | undefined {
  if (bytes.length < 12) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint8(0);
  if (first >> 6 !== 2) return undefined;
  const sources = 12 + (first & 15) * 4;
  const extended = (first & 16) !== 0;
  if (extended && sources + 4 > bytes.length) return undefined;
  const start = extended ? sources + 4 + view.getUint16(sources + 2) * 4 : sources;
  if (start > bytes.length) return undefined;
  const padding = first & 32 ? view.getUint8(bytes.length - 1) : 0;
  const second = view.getUint8(1);
  return {
    payloadType: second & 127,
    marker: second >> 7 === 1,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    source: view.getUint32(8),
    // A camera that sets the bit and pads nothing has more padding than payload by its last byte: that byte belongs to the picture.
    payload: bytes.subarray(start, bytes.length - padding < start ? bytes.length : bytes.length - padding),
    ...(extended && { extension: bytes.subarray(sources + 4, start) }),
  };
}

/** Pure. Where the body of an RTSP message ends: by its Content-Length where that can be believed, else at the next message or a pause. */

/** Bytes of the largest body; an SDP has one or two thousand. */
export const longestBody = 256 * 1024;

export interface BodyFacts {
  /** As the camera says; undefined: it does not, or says no number. */
  readonly length: number | undefined;
  /** A body is to be expected without a length: the message has a Content-Type, or answers DESCRIBE. */
  readonly expected: boolean;
  /** It is, or may be, a session description. */
  readonly sdp: boolean;
  /** Pauses since the last byte. */
  readonly pauses: number;
}

/** Pauses by which a body has ended: one with all its bytes but no last line break; one of unknown length; one that has not begun. */
const enough = { counted: 1, uncounted: 2, empty: 10 } as const;

/**
 * Many cameras count their SDP wrongly, or not at all. A body therefore ends where the next message begins; an SDP that ends in the middle
 * of a line goes on with the text behind it; one that is too short ends with a pause.
 * @param rest the bytes behind the head. @param nextAt index in them at which another message begins; below 0: none yet
 * @returns its size; undefined: it is not complete yet
 */
export function bodySize(rest: Uint8Array, nextAt: number, facts: BodyFacts): number | undefined {
  const { expected, pauses } = facts;
  const sdp = facts.sdp || looksLikeSdp(rest);
  const length = sdp && facts.length === 0 ? undefined : facts.length;
  const available = nextAt >= 0 ? nextAt : rest.length;
  if (!sdp && length !== undefined && length <= available) return length;
  if (!sdp && length === undefined && !expected) return 0;
  if (nextAt >= 0 || rest.length >= longestBody) return Math.min(available, longestBody);
  const counted = length !== undefined && rest.length >= length;
  if (counted && isWhole(rest, length)) return rest.length;
  const needed = rest.length === 0 ? enough.empty : counted ? enough.counted : enough.uncounted;
  return pauses >= needed ? rest.length : undefined;
}

/** `v=0` or `m=video`: no message begins with such a line. */
const looksLikeSdp = ([first = 0, second]: Uint8Array): boolean => second === 0x3d && first >= 0x61 && first <= 0x7a;

/** It ends with a line, and nothing but empty lines stands behind its length. */
const isWhole = (rest: Uint8Array, length: number): boolean =>
  isBreak(rest.at(-1)) && rest.subarray(length).every((byte) => isBreak(byte));

const isBreak = (byte: number | undefined): boolean => byte === 10 || byte === 13;

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

/**
 * Pauses by which a body has ended: one with text behind its length; one of unknown length; one that has not begun; one that is shorter
 * than its length, which may also be on its way over a poor network.
 */
const enough = { counted: 1, uncounted: 4, empty: 10, short: 15 } as const;
/** Pauses after which every body has ended. */
export const mostPauses = enough.short;

/**
 * Many cameras count their SDP wrongly, or not at all. A body therefore ends where the next message begins; text behind the length of an
 * SDP belongs to it; one that is shorter than its length ends with a pause.
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
  const needed = counted ? 'counted' : length !== undefined ? 'short' : rest.length === 0 ? 'empty' : 'uncounted';
  return pauses >= enough[needed] ? rest.length : undefined;
}

/** `v=0` or `m=video`: no message begins with such a line. */
const looksLikeSdp = ([first = 0, second]: Uint8Array): boolean => second === 0x3d && first >= 0x61 && first <= 0x7a;

/** Nothing but empty lines stands behind its length. A camera that counts too little writes more at once. */
const isWhole = (rest: Uint8Array, length: number): boolean =>
  rest.subarray(length).every((byte) => byte === 10 || byte === 13);

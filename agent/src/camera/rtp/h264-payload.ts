/** Pure. Reads an H.264 RTP payload (RFC 6184 §5.6 to §5.8): single units, STAP, MTAP, FU. */
import { nalType } from '../../h264/annex-b.ts';
import type { Payload } from './unpack.ts';

const types = { stapA: 24, stapB: 25, mtap16: 26, mtap24: 27, fuA: 28, fuB: 29 } as const;

/** Decoding order numbers are passed over: a live camera sends in order. Types 0, 30 and 31 are nobody's, or a maker's own. */
export function readH264Payload(payload: Uint8Array): Payload {
  if (startsWithCode(payload)) return { type: 'units', units: [payload] };
  switch (nalType(payload)) {
    case types.fuA:
      return fragment(payload, 2);
    case types.fuB:
      return fragment(payload, 4);
    case types.stapA:
      return aggregate(payload, 1);
    case types.stapB:
      return aggregate(payload, 3);
    case types.mtap16:
      return aggregate(payload, 3, { behind: 3 });
    case types.mtap24:
      return aggregate(payload, 3, { behind: 4 });
    case 0:
    case 30:
    case 31:
      return { type: 'other' };
    default:
      return { type: 'units', units: [payload] };
  }
}

/** A byte stream in place of a unit: what seems to be its header is a zero. */
export const startsWithCode = (payload: Uint8Array): boolean =>
  payload[0] === 0 && payload[1] === 0 && (payload[2] === 1 || (payload[2] === 0 && payload[3] === 1));

function fragment(payload: Uint8Array, from: number): Payload {
  const [indicator = 0, header = 0] = payload;
  if (payload.length < from) return { type: 'other' };
  return {
    type: 'fragment',
    header: Uint8Array.of((indicator & 0xe0) | (header & 31)),
    starts: (header & 128) !== 0,
    ends: (header & 64) !== 0,
    body: payload.subarray(from),
  };
}

/**
 * Units behind sizes of 16 bits; some cameras pad with zeros.
 * @param from of the first size. @param order bytes of order numbers: in front of each size but the first, and behind each size
 */
export function aggregate(
  payload: Uint8Array,
  from: number,
  order: { before?: number; behind?: number } = {},
): Payload {
  const { before = 0, behind = 0 } = order;
  const units: Uint8Array[] = [];
  for (let at = from; at + 2 < payload.length; ) {
    const size = ((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0);
    const begin = at + 2 + (size === 0 ? 0 : behind);
    if (begin + size > payload.length) return { type: 'units', units, torn: payload.subarray(begin, begin + 3) };
    if (size > 0) units.push(payload.subarray(begin, begin + size));
    at = begin + size + (size === 0 ? 0 : before);
  }
  return { type: 'units', units };
}

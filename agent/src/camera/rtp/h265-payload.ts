/** Pure. Reads an H.265 RTP payload (RFC 7798 §4.4): single units, AP, FU. */

import { joinedBytes } from '../../codec/chain.ts';
import { h265Type } from '../../h265/nal.ts';
import { aggregate, startsWithCode } from './h264-payload.ts';
import type { Payload, ReadPayload } from './unpack.ts';

const types = { aggregate: 48, fragment: 49 } as const;
const header = 2;

/**
 * PACI and reserved types are passed over.
 * @param donl a decoding order number stands in front of each unit; it is passed over: a live camera sends in order
 */
export const readH265Payload =
  (donl: boolean): ReadPayload =>
  (payload) => {
    if (startsWithCode(payload)) return { type: 'units', units: [payload] };
    const type = h265Type(payload);
    if (type === types.fragment) return fragment(payload, donl);
    if (type === types.aggregate) return aggregate(payload, header + (donl ? 2 : 0), { before: donl ? 1 : 0 });
    if (type > types.fragment || payload.length < header) return { type: 'other' };
    const unit = donl ? joinedBytes([payload.subarray(0, header), payload.subarray(header + 2)]) : payload;
    return { type: 'units', units: [unit] };
  };

function fragment(payload: Uint8Array, donl: boolean): Payload {
  const [first = 0, second = 0, fragmented = 0] = payload;
  const starts = (fragmented & 128) !== 0;
  const from = header + 1 + (donl && starts ? 2 : 0);
  if (payload.length < from) return { type: 'other' };
  return {
    type: 'fragment',
    header: Uint8Array.of((first & 0x81) | ((fragmented & 63) << 1), second),
    starts,
    ends: (fragmented & 64) !== 0,
    body: payload.subarray(from),
    ...(donl && starts && { order: payload.slice(header + 1, from) }),
  };
}

/** Pure. Recognises H.264 and H.265 by what is in the packets: some cameras send the one behind a description of the other. */
import { nalType, nalTypes } from '../../h264/annex-b.ts';
import { readSps } from '../../h264/sps.ts';
import { readH265Sps } from '../../h265/sps.ts';
import { readH264Payload } from './h264-payload.ts';
import { readH265Payload } from './h265-payload.ts';

/** A sequence parameter set that can be read is proof, and no picture can be made without one. @returns undefined: no such set in it */
export function codecIn(payload: Uint8Array): 'h264' | 'h265' | undefined {
  const first = payload[0] ?? 0;
  // STAP-A (24) or SPS; AP (48), VPS (32) or SPS (33) in the lowest layer. All else is passed over quickly.
  const kind = nalType(payload);
  if (kind === 24 || kind === nalTypes.sps) return unitsOf(readH264Payload(payload)).some(readSps) ? 'h264' : undefined;
  if (first !== 0x60 && first !== 0x40 && first !== 0x42) return undefined;
  return unitsOf(readH265Payload(false)(payload)).some(isH265Set) ? 'h265' : undefined;
}

const unitsOf = (payload: ReturnType<typeof readH264Payload>) => (payload.type === 'units' ? payload.units : []);

/** Of a VPS two bytes are known (vps_reserved_0xffff_16bits); that it is one of the base layer, too. */
const isH265Set = (unit: Uint8Array): boolean =>
  unit[0] === 0x40 ? unit[1] === 1 && unit[4] === 0xff && unit[5] === 0xff : readH265Sps(unit) !== undefined;

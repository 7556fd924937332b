/** Pure. How large the pictures of a camera are, by what a key picture says itself. */
import type { Size } from '../codec/size.ts';
import { nalType, nalTypes, nalUnits } from '../h264/annex-b.ts';
import { readSps } from '../h264/sps.ts';
import { h265Type, h265Types } from '../h265/nal.ts';
import { readH265Sps } from '../h265/sps.ts';
import { jpegSize } from '../jpeg/file.ts';
import type { Packet } from './packet.ts';

/** @returns the size that a key picture's own parameter set says */
export function sizeOf({ codec, data }: Pick<Packet, 'codec' | 'data'>): Size | undefined {
  if (codec === 'mjpeg') return jpegSize(data);
  for (const unit of nalUnits(data)) {
    const isSet = codec === 'h264' ? nalType(unit) === nalTypes.sps : h265Type(unit) === h265Types.sps;
    const set = isSet ? (codec === 'h264' ? readSps(unit) : readH265Sps(unit)) : undefined;
    if (set) return { width: set.width, height: set.height };
  }
  return undefined;
}

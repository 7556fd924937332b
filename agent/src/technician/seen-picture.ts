/** Pure. What is kept of a picture while a camera is checked: figures about it, and nothing that is in it. */
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Packet } from '../camera/packet.ts';
import type { Codec } from '../codec/codec.ts';
import { nalType, nalTypes, nalUnits } from '../h264/annex-b.ts';
import { readSps } from '../h264/sps.ts';
import { h265Type, h265Types } from '../h265/nal.ts';
import { readH265Sps } from '../h265/sps.ts';
import { jpegSize } from '../jpeg/file.ts';

export interface Size {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface SeenPicture {
  /** Since the first picture, by a clock that never steps. */
  readonly arrived: Duration;
  /** From when it was taken, as the unit dates it, to its arrival. */
  readonly age: Duration;
  readonly codec: Codec;
  readonly key: boolean;
  /** Of the coded picture. */
  readonly bytes: number;
  /** Taken before a picture that came before it: a B picture. */
  readonly outOfOrder: boolean;
  /** Of a key picture. */
  readonly size?: Size | undefined;
}

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

/** Pure. What a decoder is begun with: the sets, or the size, that tell one stream from the next, and how far pictures come out of turn. */
import type { Packet } from '../camera/packet.ts';
import type { Size } from '../codec/size.ts';
import { nalType, nalTypes, nalUnits, sameBytes } from '../h264/annex-b.ts';
import { readSps } from '../h264/sps.ts';
import { h265Type, h265Types } from '../h265/nal.ts';
import { readH265Sps } from '../h265/sps.ts';

export interface Beginning {
  readonly codec: Packet['codec'];
  /** Of H.264 and H.265 the sequence parameter set, of MJPEG the frame header: another one needs another decoder. */
  readonly head: Uint8Array;
  readonly size: Size;
  /** Pictures that may come before their turn; 0: each comes in its turn. */
  readonly reorderDepth: number;
}

/** @returns undefined where no decoder can begin with this packet */
export function beginningOf({ codec, key, data }: Packet): Beginning | undefined {
  if (!key) return undefined;
  switch (codec) {
    case 'h264': {
      const units = nalUnits(data);
      const head = units.find((unit) => nalType(unit) === nalTypes.sps);
      if (!head || head.length < 4 || !units.some((unit) => nalType(unit) === nalTypes.pps)) return undefined;
      return { codec, head, ...known(readSps(head)) };
    }
    case 'h265': {
      const units = nalUnits(data);
      const head = units.find((unit) => h265Type(unit) === h265Types.sps);
      if (!head || !units.some((unit) => h265Type(unit) === h265Types.pps)) return undefined;
      return { codec, head, ...known(readH265Sps(head)) };
    }
    case 'mjpeg': {
      const head = frameHeader(data);
      if (!head || head.length < 9) return undefined;
      const at = new DataView(head.buffer, head.byteOffset);
      return { codec, head, size: { width: at.getUint16(7), height: at.getUint16(5) }, reorderDepth: 0 };
    }
  }
}

export const isSameBeginning = (one: Beginning, other: Beginning): boolean =>
  one.codec === other.codec && sameBytes(one.head, other.head);

/** What the decoder reads by itself all the same. */
const known = (sps: (Size & { readonly reorderDepth: number }) | undefined) => ({
  size: { width: sps?.width ?? 640, height: sps?.height ?? 480 },
  reorderDepth: sps?.reorderDepth ?? 0,
});

/** The frame header of a JPEG (ITU-T T.81 §B.2.2): precision, size, components. */
function frameHeader(jpeg: Uint8Array): Uint8Array | undefined {
  for (let at = 2; at + 4 <= jpeg.length && jpeg[at] === 0xff; ) {
    const marker = jpeg[at + 1] as number;
    const size = ((jpeg[at + 2] as number) << 8) | (jpeg[at + 3] as number);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return jpeg.slice(at, at + 2 + size);
    // The pictures themselves begin, and no header has come.
    if (marker === 0xda || size < 2) return undefined;
    at += 2 + size;
  }
  return undefined;
}

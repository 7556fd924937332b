/** Pure. RTP payloads of one picture with NAL units (RFC 6184, RFC 7798), with the edits of a manner. */
import type { PacketEdits } from './packet-edits.ts';

export interface Payload {
  readonly bytes: Uint8Array;
  /** It ends a unit, and a slice. */
  readonly endsUnit: boolean;
  /** Number of the slice to which it belongs. */
  readonly slice: number;
}

export type NalCodec = 'h264' | 'h265';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const startCode = Uint8Array.of(0, 0, 0, 1);
const typeOf = (unit: Uint8Array, codec: NalCodec): number =>
  codec === 'h264' ? (unit[0] ?? 0) & 31 : ((unit[0] ?? 0) >> 1) & 63;
const isSlice = (unit: Uint8Array, codec: NalCodec): boolean =>
  codec === 'h264' ? typeOf(unit, codec) >= 1 && typeOf(unit, codec) <= 5 : typeOf(unit, codec) < 32;

/** @param sets those in front of this picture */
export function payloadsOf(
  sets: readonly Uint8Array[],
  slices: readonly Uint8Array[],
  codec: NalCodec,
  edits: PacketEdits,
): readonly Payload[] {
  const { byteStream, setsAs = 'aggregate', largest = 1400 } = edits;
  const front = (edits.front ?? []).map(hex);
  const behind = (edits.behind ?? []).map(hex);
  const all = [...front, ...sets, ...slices, ...behind];
  if (byteStream === 'fragments' || byteStream === 'single') return asByteStream(all, codec, edits);
  const lead = byteStream === 'leading' ? slices.map((unit) => Buffer.concat([startCode, unit])) : slices;
  const heads = byteStream === 'sets' ? sets.map((set) => Buffer.concat([startCode, set])) : sets;
  if (edits.aggregate) return [one(aggregate(all, codec, edits), true, 0)];
  const parts: Payload[] = front.map((unit) => one(unit, true, 0));
  if (heads.length > 0 && setsAs === 'aggregate') parts.push(one(aggregate(heads, codec, edits), true, 0));
  else if (setsAs === 'fragments')
    parts.push(...heads.flatMap((unit) => fragments(unit, codec, { ...edits, largest: 6 }, 0)));
  else parts.push(...heads.map((unit) => one(unit, true, 0)));
  lead.forEach((unit, index) => {
    const small = unit.length <= largest && edits.fragments !== 'even-small';
    if (small) parts.push(one(edits.donl ? withOrder(unit, index) : unit, true, index));
    else parts.push(...fragments(unit, codec, edits, index));
  });
  return [...parts, ...behind.map((unit) => one(unit, true, Math.max(0, slices.length - 1)))];
}

const one = (bytes: Uint8Array, endsUnit: boolean, slice: number): Payload => ({ bytes, endsUnit, slice });

/** The whole picture as a byte stream under the header of its first unit. */
function asByteStream(units: readonly Uint8Array[], codec: NalCodec, edits: PacketEdits): readonly Payload[] {
  const stream = Buffer.concat(units.flatMap((unit, index) => (index === 0 ? [unit] : [startCode, unit])));
  const plain = edits.byteStream === 'single' && stream.length <= (edits.largest ?? 1400);
  return plain ? [one(stream, true, 0)] : fragments(stream, codec, edits, 0);
}

/** Decoding order number of a single unit (RFC 7798 §4.4.1). */
const withOrder = (unit: Uint8Array, order: number): Uint8Array =>
  Buffer.concat([unit.subarray(0, 2), Uint8Array.of(0, order & 255), unit.subarray(2)]);

function aggregate(
  units: readonly Uint8Array[],
  codec: NalCodec,
  { aggregateTail = '', donl }: PacketEdits,
): Uint8Array {
  const bytes: number[] = codec === 'h264' ? [24 | 0x60] : [48 << 1, 1];
  units.forEach((unit, index) => {
    if (codec === 'h265' && donl) bytes.push(...(index === 0 ? [0, 0] : [0]));
    bytes.push(unit.length >> 8, unit.length & 255, ...unit);
  });
  return Uint8Array.from([...bytes, ...hex(aggregateTail)]);
}

function fragments(unit: Uint8Array, codec: NalCodec, edits: PacketEdits, slice: number): readonly Payload[] {
  const { largest = 1400, fragments: how, donl } = edits;
  const header = codec === 'h264' ? 1 : 2;
  const type = typeOf(unit, codec);
  const parts: Payload[] = [];
  for (let at = header; at < unit.length; at += largest) {
    const body = unit.subarray(at, at + largest);
    const [first, last] = [at === header, at + largest >= unit.length];
    let flags = (first && how !== 'no-start' ? 128 : 0) | (last && how !== 'no-end' ? 64 : 0) | type;
    if (how === 'reserved-bit' && codec === 'h264') flags |= 32;
    const differs = how === 'header-differs' && !first;
    const head =
      codec === 'h264'
        ? [(differs ? 0x20 : (unit[0] ?? 0) & 0xe0) | 28, flags]
        : [
            ((unit[0] ?? 0) & 0x81) | (49 << 1),
            unit[1] ?? 1,
            flags,
            ...(donl && (first || donl === 'each-fragment') ? [0, slice & 255] : []),
          ];
    parts.push(one(Buffer.concat([Uint8Array.from(head), body]), last, slice));
  }
  return parts;
}

export const hasSlice = (units: readonly Uint8Array[], codec: NalCodec): boolean =>
  units.some((unit) => isSlice(unit, codec));

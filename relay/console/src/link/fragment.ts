/**
 * Pure. H.264 as a video element takes it where there is no WebCodecs: a header, then one fragment for each picture (ISO/IEC 14496-12
 * fragmented movies, 14496-15 for H.264 in them). Each picture lasts as long as every other, and begins where the one before it ends.
 */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Of a movie, in ticks a second. */
const timescale = 1000;
const track = 1;
const types = { idr: 5, sps: 7, pps: 8, delimiter: 9 } as const;

/** NAL units of an access unit in Annex B, without their start codes. */
function unitsOf(picture: Uint8Array): readonly Uint8Array[] {
  const starts: number[] = [];
  for (let at = 0; at + 3 <= picture.length; at++)
    if (picture[at] === 0 && picture[at + 1] === 0 && picture[at + 2] === 1) starts.push(at + 3);
  return starts.map((start, index) => {
    const next = starts[index + 1];
    let end = next === undefined ? picture.length : next - 3;
    // A start code of four bytes, and padding, belong to no unit.
    while (end > start && picture[end - 1] === 0) end--;
    return picture.subarray(start, end);
  });
}
const typeOf = (unit: Uint8Array): number => (unit[0] ?? 0) % 32;

/** @returns undefined where the picture does not bring its parameter sets with it */
export function movieHeader(key: Uint8Array, { width, height }: Size): Uint8Array<ArrayBuffer> | undefined {
  const units = unitsOf(key);
  const sps = units.find((unit) => typeOf(unit) === types.sps);
  const pps = units.find((unit) => typeOf(unit) === types.pps);
  if (!sps || !pps || sps.length < 4) return undefined;
  const settings = box(
    'avcC',
    [1, ...sps.subarray(1, 4), 0xff, 0xe1],
    [...u16(sps.length), ...sps],
    [1, ...u16(pps.length), ...pps],
  );
  const entry = box(
    'avc1',
    [...zeros(6), ...u16(1), ...zeros(16), ...u16(width), ...u16(height)],
    [...u32(0x48_0000), ...u32(0x48_0000), ...zeros(4), ...u16(1), ...zeros(32), ...u16(24), 0xff, 0xff],
    settings,
  );
  const table = box(
    'stbl',
    full('stsd', 0, 0, u32(1), entry),
    full('stts', 0, 0, u32(0)),
    full('stsc', 0, 0, u32(0)),
    full('stsz', 0, 0, u32(0), u32(0)),
    full('stco', 0, 0, u32(0)),
  );
  const media = box(
    'mdia',
    full('mdhd', 0, 0, zeros(8), u32(timescale), u32(0), [0x55, 0xc4, 0, 0]),
    full('hdlr', 0, 0, zeros(4), text('vide'), zeros(12), [0]),
    box('minf', full('vmhd', 0, 1, zeros(8)), box('dinf', full('dref', 0, 0, u32(1), full('url ', 0, 1))), table),
  );
  const trackHeader = full(
    'tkhd',
    0,
    3,
    [...zeros(8), ...u32(track), ...zeros(20)],
    [...zeros(4), ...matrix, ...u16(width), 0, 0, ...u16(height), 0, 0],
  );
  const movie = box(
    'moov',
    full(
      'mvhd',
      0,
      0,
      zeros(8),
      u32(timescale),
      u32(0),
      u32(0x1_0000),
      u16(0x100),
      zeros(10),
      matrix,
      zeros(24),
      u32(2),
    ),
    box('trak', trackHeader, media),
    box('mvex', full('trex', 0, 0, u32(track), u32(1), zeros(12))),
  );
  return joined([box('ftyp', text('iso5'), u32(0), text('iso5'), text('avc1')), movie]);
}

/** @param number of the picture, from 0 @param lasts in milliseconds */
export function movieFragment(picture: Uint8Array, number: number, lasts: number): Uint8Array<ArrayBuffer> {
  const units = unitsOf(picture).filter((unit) => typeOf(unit) !== types.delimiter);
  const key = units.some((unit) => typeOf(unit) === types.idr);
  const sample = joined(units.flatMap((unit) => [u32(unit.length), unit]));
  // 8.8.3.1: needs no other and none needs to be guessed, or needs others.
  const flags = key ? 0x0200_0000 : 0x0101_0000;
  const movie = (offset: number) =>
    box(
      'moof',
      full('mfhd', 0, 0, u32(number + 1)),
      box(
        'traf',
        full('tfhd', 0, 0x2_0000, u32(track)),
        full('tfdt', 1, 0, u32(Math.floor((number * lasts) / 2 ** 32)), u32((number * lasts) % 2 ** 32)),
        full('trun', 0, 0x701, u32(1), u32(offset), u32(lasts), u32(sample.length), u32(flags)),
      ),
    );
  return joined([movie(movie(0).length + 8), box('mdat', sample)]);
}

type Bytes = ArrayLike<number>;
const zeros = (many: number): Bytes & Iterable<number> => new Uint8Array(many);
const u16 = (value: number): readonly number[] => [(value >> 8) & 255, value & 255];
const u32 = (value: number): readonly number[] => [
  (value >>> 24) & 255,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
];
const text = (letters: string): readonly number[] => [...letters].map((letter) => letter.charCodeAt(0));
const matrix = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000].flatMap(u32);

function joined(parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function box(name: string, ...parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 8);
  return joined([u32(length), text(name), ...parts]);
}

const full = (name: string, version: number, flags: number, ...parts: readonly Bytes[]) =>
  box(name, [version, ...u32(flags).slice(1)], ...parts);

/** Pure. Parses the headers of a NUT stream (ffmpeg's own container, nut.txt version 3): the table of frame codes, and the video stream. */

export const flag = {
  key: 1,
  codedPts: 8,
  streamId: 16,
  sizeMsb: 32,
  checksum: 64,
  reserved: 128,
  headerIdx: 1024,
  matchTime: 2048,
  coded: 4096,
  invalid: 8192,
} as const;

/** An entry of the table of 256 frame codes. */
export interface FrameCode {
  readonly flags: number;
  readonly stream: number;
  readonly sizeMul: number;
  readonly sizeLsb: number;
  readonly ptsDelta: number;
  readonly reserved: number;
  readonly header: number;
}

export interface TimeBase {
  readonly num: number;
  readonly den: number;
}

export interface NutMain {
  readonly timeBases: readonly TimeBase[];
  readonly codes: readonly FrameCode[];
  /** Elided headers: bytes that many frames begin with, left out of them. */
  readonly elided: readonly Uint8Array[];
}

export interface NutStream {
  /** `H264`, `I420`. */
  readonly fourcc: string;
  readonly timeBase: TimeBase;
  readonly msbShift: number;
  readonly codecData: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Reads NUT's variable-length numbers from a complete header. @throws RangeError at its end */
export function fields(bytes: Uint8Array) {
  let at = 0;
  const value = (): number => {
    let all = 0;
    while (true) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('A header ended early.');
      all = all * 128 + (byte & 127);
      if (byte < 128) return all;
    }
  };
  const signed = (): number => {
    const all = value() + 1;
    return all % 2 === 1 ? -(all - 1) / 2 : all / 2;
  };
  const block = (): Uint8Array => {
    const size = value();
    at += size;
    if (at > bytes.length) throw new RangeError('A header ended early.');
    return bytes.slice(at - size, at);
  };
  return { value, signed, block };
}

export function readMain(bytes: Uint8Array): NutMain {
  const { value, signed, block } = fields(bytes);
  if (value() > 3) value();
  value();
  value();
  const timeBases = Array.from({ length: value() }, () => ({ num: value(), den: value() }));
  const codes: FrameCode[] = [];
  let [ptsDelta, sizeMul, stream, header] = [0, 1, 0, 0];
  while (codes.length < 256) {
    const flags = value();
    const given = value();
    if (given > 0) ptsDelta = signed();
    if (given > 1) sizeMul = value();
    if (given > 2) stream = value();
    const size = given > 3 ? value() : 0;
    const reserved = given > 4 ? value() : 0;
    const count = given > 5 ? value() : sizeMul - size;
    if (given > 6) signed();
    if (given > 7) header = value();
    for (let more = 8; more < given; more++) value();
    for (let index = 0; index < count && codes.length < 256; ) {
      const reservedCode = codes.length === 0x4e;
      if (reservedCode) codes.push({ flags: flag.invalid, stream, sizeMul, sizeLsb: 0, ptsDelta, reserved, header });
      else codes.push({ flags, stream, sizeMul, sizeLsb: size + index++, ptsDelta, reserved, header });
    }
  }
  const elided = [new Uint8Array(0), ...Array.from({ length: value() }, block)];
  return { timeBases, codes, elided };
}

export function readStream(bytes: Uint8Array, main: NutMain): NutStream {
  const { value, block } = fields(bytes);
  value();
  value();
  const fourcc = String.fromCharCode(...block());
  const timeBase = main.timeBases[value()] ?? { num: 1, den: 1000 };
  const msbShift = value();
  value();
  value();
  value();
  return { fourcc, timeBase, msbShift, codecData: block(), width: value(), height: value() };
}

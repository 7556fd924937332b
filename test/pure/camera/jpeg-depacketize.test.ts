/** MJPEG out of RTP packets (RFC 2435): whole files, each a key, with the tables that the packets leave out. */
import { describe, expect, it } from 'vitest';
import { jpegSize } from '../../../agent/src/jpeg/file.ts';
import { quantization } from '../../../agent/src/jpeg/tables.ts';
import { came, packetsOf, type Sent, trackOf } from './through-depacketizer.ts';

interface Drawn {
  readonly offset?: number;
  readonly type?: number;
  readonly quality?: number;
  readonly size?: readonly [number, number];
  readonly restart?: number;
  /** Quantization tables, and how precise they are. */
  readonly tables?: readonly number[];
  readonly precision?: number;
  readonly data?: readonly number[];
}

function fragment(given: Drawn = {}): Uint8Array {
  const {
    offset = 0,
    type = 1,
    quality = 80,
    size = [640, 480],
    restart = 0,
    tables,
    precision = 0,
    data = [1, 2, 3],
  } = given;
  const hasTables = quality >= 128 && offset === 0;
  const length = tables?.length ?? 0;
  return Uint8Array.from([
    ...[0, offset >> 16, (offset >> 8) & 255, offset & 255, type, quality, size[0] / 8, size[1] / 8],
    ...(type >= 64 ? [restart >> 8, restart & 255, 0xff, 0xff] : []),
    ...(hasTables ? [0, precision, length >> 8, length & 255, ...(tables ?? [])] : []),
    ...data,
  ]);
}
const files = (sent: readonly Sent[]) =>
  came(trackOf('mjpeg'), packetsOf(sent, 26)).map((one) => (one.type === 'picture' ? one.data : one.type));
/** The contents of the segments of one kind. */
function segments(file: Uint8Array | string | undefined, kind: number): readonly number[][] {
  const found: number[][] = [];
  if (!(file instanceof Uint8Array)) return found;
  for (let at = 2; file[at] === 0xff && file[at + 1] !== 0xda; ) {
    const size = ((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0);
    if (file[at + 1] === kind) found.push([...file.subarray(at + 4, at + 2 + size)]);
    at += 2 + size;
  }
  return found;
}
const flat = (value: number) => new Array<number>(64).fill(value);

describe('MJPEG', () => {
  it('comes as whole files with their size, each a key', () => {
    const sent: Sent[] = [
      [1, fragment()],
      [1, fragment({ offset: 3, data: [4, 5] }), '|'],
      [2, fragment({ data: [9] }), '|'],
    ];
    const pictures = came(trackOf('mjpeg'), packetsOf(sent, 26));
    expect(pictures.map((one) => one.type === 'picture' && [one.key, one.codec, one.timestamp])).toEqual([
      [true, 'mjpeg', 1],
      [true, 'mjpeg', 2],
    ]);
    const [file] = files(sent) as Uint8Array[];
    expect(jpegSize(file as Uint8Array)).toEqual({ width: 640, height: 480 });
    expect([...(file as Uint8Array).subarray(0, 2), ...(file as Uint8Array).subarray(-7)]).toEqual([
      0xff, 0xd8, 1, 2, 3, 4, 5, 0xff, 0xd9,
    ]);
  });

  it('has one end mark, also where the packets bring it', () => {
    const [file] = files([[1, fragment({ data: [1, 0xff, 0xd9] }), '|']]) as Uint8Array[];
    expect([...(file as Uint8Array).subarray(-3)]).toEqual([1, 0xff, 0xd9]);
  });

  it('has the tables of its quality', () => {
    const luma = (quality: number) =>
      segments(files([[1, fragment({ quality }), '|']])[0], 0xdb).map((one) => one.slice(0, 4));
    expect(luma(50)).toEqual([
      [0, 16, 11, 12],
      [1, 17, 18, 18],
    ]);
    expect(luma(90)).toEqual([
      [0, 3, 2, 2],
      [1, 3, 4, 4],
    ]);
    expect(luma(10)).toEqual([
      [0, 80, 55, 60],
      [1, 85, 90, 90],
    ]);
    expect(Math.max(...quantization(1))).toBe(255);
    expect(Math.min(...quantization(99))).toBe(1);
  });

  it('has the tables of the packets, which are remembered for their quality', () => {
    const tables = [...flat(7), ...flat(9)];
    const sent: Sent[] = [
      [1, fragment({ quality: 200, tables }), '|'],
      [2, fragment({ quality: 200 }), '|'],
      [3, fragment({ quality: 201 }), '|'],
    ];
    const [first, second, unknown] = files(sent);
    expect(segments(first, 0xdb)).toEqual([
      [0, ...flat(7)],
      [1, ...flat(9)],
    ]);
    expect(segments(second, 0xdb)).toEqual(segments(first, 0xdb));
    expect(unknown).toBe('damaged');
  });

  it('quality 255 brings its tables each time, of 16 bits too', () => {
    const tables = [...new Array<number>(128).fill(1), ...flat(9)];
    const [first, without] = files([
      [1, fragment({ quality: 255, tables, precision: 1 }), '|'],
      [2, fragment({ quality: 255 }), '|'],
    ]);
    expect(segments(first, 0xdb)).toEqual([
      [16, ...new Array<number>(128).fill(1)],
      [1, ...flat(9)],
    ]);
    expect(without).toBe('damaged');
  });

  it('may have restart markers, and twice the colour', () => {
    const [file] = files([[1, fragment({ type: 64, restart: 40 }), '|']]);
    expect(segments(file, 0xdd)).toEqual([[0, 40]]);
    expect(segments(file, 0xc0)[0]?.slice(7, 8)).toEqual([0x21]);
    expect(segments(files([[1, fragment(), '|']])[0], 0xc0)[0]?.slice(7, 8)).toEqual([0x22]);
  });

  it('may be larger than its header can say, and says so in an extension, or comes as a file', () => {
    const frame = Uint8Array.of(
      0xff,
      0xc0,
      0,
      17,
      8,
      2160 >> 8,
      2160 & 255,
      3840 >> 8,
      3840 & 255,
      3,
      1,
      0x22,
      0,
      2,
      0x11,
      1,
      3,
      0x11,
      1,
    );
    const [large] = files([[1, fragment({ size: [0, 0] }), '|', { extension: frame }]]) as Uint8Array[];
    expect(jpegSize(large as Uint8Array)).toEqual({ width: 3840, height: 2160 });
    const whole = [0xff, 0xd8, ...frame, 0xff, 0xda, 1, 2, 0xff, 0xd9];
    expect(files([[1, fragment({ size: [0, 0], data: whole }), '|']])).toEqual([Uint8Array.from(whole)]);
    expect(files([[1, fragment({ size: [0, 0] }), '|']])).toEqual(['damaged']);
  });

  for (const [name, sent, expected] of [
    [
      'a lost part costs one picture',
      [
        [1, fragment()],
        [1, fragment({ offset: 3 }), 'x'],
        [1, fragment({ offset: 6 }), '|'],
        [2, fragment(), '|'],
        [9, fragment(), '|'],
      ],
      ['damaged', 'picture', 'picture'],
    ],
    [
      'a lost beginning too',
      [
        [1, fragment(), 'x'],
        [1, fragment({ offset: 3 }), '|'],
        [2, fragment(), '|'],
      ],
      ['damaged', 'picture'],
    ],
    [
      'lost padding costs nothing',
      [
        [1, fragment()],
        [1, new Uint8Array(0), 'x'],
        [1, fragment({ offset: 3 }), '|'],
        [2, fragment(), '|'],
        [9, fragment(), '|'],
      ],
      ['picture', 'picture', 'picture'],
    ],
    [
      'without a marker it ends at the next time',
      [
        [1, fragment()],
        [2, fragment()],
        [3, fragment()],
      ],
      ['picture', 'picture'],
    ],
    [
      'with a marker on each packet only the first is given twice',
      [
        [1, fragment(), '|'],
        [1, fragment({ offset: 3 }), '|'],
        [2, fragment(), '|'],
        [2, fragment({ offset: 3 }), '|'],
        [3, fragment(), '|'],
      ],
      ['picture', 'picture', 'picture'],
    ],
    [
      'reserved kinds and qualities are not guessed',
      [
        [1, fragment({ type: 5 }), '|'],
        [2, fragment({ quality: 110 }), '|'],
        [3, fragment({ quality: 0 }), '|'],
      ],
      ['damaged', 'damaged', 'damaged'],
    ],
  ] as readonly (readonly [string, readonly Sent[], readonly string[]])[])
    it(name, () => expect(came(trackOf('mjpeg'), packetsOf(sent, 26)).map((one) => one.type)).toEqual(expected));
});

/** H.265 out of RTP packets (RFC 7798): how it is packed, where a decoder can begin, and what a loss costs. */
import { describe, expect, it } from 'vitest';
import { nalUnits } from '../../../agent/src/h264/annex-b.ts';
import { readH265Sps } from '../../../agent/src/h265/sps.ts';
import { h264Pps, h264Slice, h264Sps, h265Pps, h265Recovery, h265Slice, h265Sps, h265Vps } from './coded.ts';
import { came, inWords, packetsOf, type Sent, trackOf } from './through-depacketizer.ts';

const [vps, sps, pps] = [h265Vps, h265Sps(), h265Pps()];
const types = { trail: 1, trailLight: 0, rasl: 8, bla: 16, idr: 19, cra: 21 };
const idr = h265Slice(types.idr, { kind: 2 });
const delta = (order: number, more = {}) => h265Slice(types.trail, { order: order & 255, ...more });
const aggregate = (...units: Uint8Array[]) =>
  Uint8Array.from([48 << 1, 1, ...units.flatMap((unit) => [unit.length >> 8, unit.length & 255, ...unit])]);
const fragments = (unit: Uint8Array, many: number): readonly Uint8Array[] => {
  const size = Math.ceil((unit.length - 2) / many);
  return Array.from({ length: many }, (_, at) => {
    const flags = (at === 0 ? 128 : 0) | (at === many - 1 ? 64 : 0) | ((unit[0] ?? 0) >> 1);
    return Uint8Array.from([
      (49 << 1) | ((unit[0] ?? 0) & 1),
      unit[1] ?? 1,
      flags,
      ...unit.subarray(2 + at * size, 2 + (at + 1) * size),
    ]);
  });
};
const opening: readonly Sent[] = [
  [1, aggregate(vps, sps, pps)],
  [1, idr, '|'],
];
const opened = 'key@1 32,33,34,19';
const seen = (sent: readonly Sent[], given = {}) =>
  inWords(trackOf('h265', given), packetsOf([...sent, [999, new Uint8Array(0)]]));
const [one = idr, two = idr, three = idr] = fragments(idr, 3);
const beat = (from: number, to: number): readonly Sent[] =>
  Array.from({ length: to - from + 1 }, (_, at) => [from + at + 1, delta(from + at), '|'] as const);
const beats = (from: number, to: number) => beat(from, to).map(([time]) => `delta@${time} 1`);

describe('H.265', () => {
  for (const [name, sent, expected] of [
    ['aggregated, and single', [...opening, [2, delta(1), '|']], [opened, 'delta@2 1']],
    [
      'in fragments',
      [
        [1, vps],
        [1, sps],
        [1, pps],
        [1, one],
        [1, two],
        [1, three, '|'],
      ],
      [opened],
    ],
    [
      'without markers',
      [...opening.map(([at, unit]): Sent => [at, unit]), [2, delta(1)], [3, delta(2)], [4, delta(3)]],
      [opened, 'delta@2 1', 'delta@3 1'],
    ],
    [
      'two slices, and one time for two pictures',
      [...opening, [2, delta(1)], [2, delta(1, { first: false })], [2, delta(2)], [3, delta(3)]],
      [opened, 'delta@2 1,1', 'delta@2 1'],
    ],
    [
      'a marker behind each slice',
      [
        opening[0] as Sent,
        [1, idr, '|'],
        [1, h265Slice(types.idr, { first: false }), '|'],
        [2, delta(1), '|'],
        [2, delta(1, { first: false }), '|'],
        [3, delta(2), '|'],
      ],
      [opened, 'key@1 32,33,34,19,19', 'delta@2 1,1'],
    ],
    [
      'PACI and units of other layers are passed over',
      [
        ...opening,
        [2, Uint8Array.of(50 << 1, 1, 0, 0, 9)],
        [2, Uint8Array.of(0x02, 0x09, 0x80, 1, 2)],
        [2, delta(1), '|'],
      ],
      [opened, 'delta@2 1'],
    ],
    [
      'a byte stream in one packet',
      [[1, Uint8Array.from([0, 0, 0, 1, ...vps, 0, 0, 1, ...sps, 0, 0, 1, ...pps, 0, 0, 1, ...idr]), '|']],
      [opened],
    ],
    [
      'begins at a CRA picture, without the leading ones',
      [
        opening[0] as Sent,
        [1, h265Slice(types.cra, { kind: 2, order: 20 }), '|'],
        [2, h265Slice(types.rasl, { order: 18 }), '|'],
        [3, delta(21), '|'],
        [4, h265Slice(types.cra, { kind: 2, order: 40 }), '|'],
        [5, h265Slice(types.rasl, { order: 38 }), '|'],
      ],
      ['key@1 32,33,34,21', 'delta@3 1', 'key@4 32,33,34,21', 'delta@5 8 leading'],
    ],
    [
      'leading pictures of a BLA picture are never to be had',
      [
        ...opening,
        [2, h265Slice(types.bla, { kind: 2, order: 8 }), '|'],
        [3, h265Slice(types.rasl, { order: 6 }), '|'],
        [4, delta(9), '|'],
      ],
      [opened, 'key@2 32,33,34,16', 'delta@4 1'],
    ],
    [
      'a rolling refresh',
      [opening[0] as Sent, [1, h265Recovery(2)], [1, delta(3), '|'], [2, delta(4), '|'], [3, delta(5), '|']],
      ['key@1 32,33,34,39,1 unsure after 2', 'delta@2 1 unsure', 'delta@3 1'],
    ],
    [
      'an I picture with a recovery point',
      [opening[0] as Sent, [1, h265Recovery(0)], [1, delta(3, { kind: 2 }), '|'], [2, delta(4), '|']],
      ['key@1 32,33,34,39,1', 'delta@2 1'],
    ],
    [
      'a lost picture: blind to the next key',
      [...opening, [2, delta(1), '|x'], [3, delta(2), '|'], [4, idr, '|']],
      [opened, 'blind', 'key@4 32,33,34,19'],
    ],
    [
      'a lost part of one that nothing refers to: that one',
      [
        ...opening,
        [2, h265Slice(types.trailLight, { order: 1 })],
        [2, h265Slice(types.trailLight, { first: false }), 'x'],
        [2, h265Slice(types.trailLight, { first: false }), '|'],
        [3, delta(2), '|'],
      ],
      [opened, 'damaged', 'delta@3 1'],
    ],
    [
      'lost padding in a steady beat: nothing',
      [...opening, ...beat(1, 10), [50, new Uint8Array(0), 'x'], ...beat(11, 13)],
      [opened, ...beats(1, 13)],
    ],
    [
      'a lost picture in a steady beat is noticed',
      [...opening, ...beat(1, 10), [12, delta(11), 'x|'], ...beat(12, 13)],
      [opened, ...beats(1, 10), 'blind'],
    ],
  ] as readonly (readonly [string, readonly Sent[], readonly string[]])[])
    it(name, () => expect(seen(sent)).toEqual(expected));

  it('with an order number in front of each unit', () => {
    const single = (unit: Uint8Array) => Uint8Array.from([...unit.subarray(0, 2), 0, 9, ...unit.subarray(2)]);
    const sets = aggregate(vps, sps, pps);
    const [first, second] = [4 + vps.length, 4 + vps.length + 2 + sps.length];
    const numbered = Uint8Array.from([
      ...sets.subarray(0, 2),
      0,
      1,
      ...sets.subarray(2, first),
      0,
      ...sets.subarray(first, second),
      0,
      ...sets.subarray(second),
    ]);
    const start = Uint8Array.from([...one.subarray(0, 3), 0, 1, ...one.subarray(3)]);
    const sent: Sent[] = [
      [1, numbered],
      [1, start],
      [1, two],
      [1, three, '|'],
      [2, single(delta(1)), '|'],
    ];
    const pictures = came(trackOf('h265', { donl: true }), packetsOf(sent));
    expect(pictures.map((picture) => picture.type === 'picture' && nalUnits(picture.data))).toEqual([
      [vps, sps, pps, idr],
      [delta(1)],
    ]);
  });

  it('with the order number in each fragment, as some cameras repeat it', () => {
    const number = (fragment: Uint8Array) =>
      Uint8Array.from([...fragment.subarray(0, 3), 0, 7, ...fragment.subarray(3)]);
    const given = { donl: true, sets: [vps, sps, pps] };
    const pictures = came(
      trackOf('h265', given),
      packetsOf([
        [1, number(one)],
        [1, number(two)],
        [1, number(three), '|'],
      ]),
    );
    expect(pictures.map((picture) => picture.type === 'picture' && nalUnits(picture.data))).toEqual([
      [vps, sps, pps, idr],
    ]);
  });

  it('takes the sets of the description', () => {
    expect(seen([[1, idr, '|']], { sets: [vps, sps, pps] })).toEqual([opened]);
  });

  it('is recognised behind a description that says H.264, and H.264 behind one that says H.265', () => {
    expect(inWords(trackOf('h264'), packetsOf(opening))).toEqual(['odd h265-behind-h264', opened]);
    expect(
      inWords(
        trackOf('h264'),
        packetsOf([
          [1, vps],
          [1, sps],
          [1, pps],
          [1, idr, '|'],
        ]),
      ),
    ).toEqual(['odd h265-behind-h264', opened]);
    const night: readonly Sent[] = [
      [2, h264Sps()],
      [2, h264Pps()],
      [2, h264Slice({ idr: true }), '|'],
    ];
    const words = inWords(trackOf('h265'), packetsOf([...opening, ...night, ...opening]));
    expect(words).toEqual([opened, 'odd h264-behind-h265', 'key@2 7,8,5', 'odd h265-behind-h264', opened]);
  });
});

describe('a parameter set of H.265', () => {
  it('tells size and reordering', () => {
    expect(readH265Sps(h265Sps({ references: 4, reordered: 2, width: 2560, height: 1440 }))).toMatchObject({
      ...{ width: 2560, height: 1440, reorderDepth: 2, references: 4, profile: 1, level: 93, orderBits: 8 },
    });
    expect(readH265Sps(h265Sps().subarray(0, 20))).toBeUndefined();
    expect(readH265Sps(h264Sps())).toBeUndefined();
  });
});

/** From RTP packets to whole pictures: what belongs together, what cameras do to it, and what is left out when something is missing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RtpPacket, readRtp } from '../../../agent/src/camera/rtp/packet.ts';
import { nalUnits } from '../../../agent/src/h264/annex-b.ts';
import { interleavedRtp, payloads } from '../../stand-ins/test-camera/rtp-writer.ts';
import { h264Pps, h264Recovery, h264Slice, h264Sps } from './coded.ts';
import { came, inWords, packetsOf, type Sent, trackOf } from './through-depacketizer.ts';

const [sps, pps] = [h264Sps(), h264Pps()];
const key = h264Slice({ idr: true });
const delta = (frame: number, more = {}) => h264Slice({ frame, order: (frame * 2) % 64, ...more });
const stap = (...units: Uint8Array[]) => Uint8Array.from([0x78, ...units.flatMap((unit) => [0, unit.length, ...unit])]);
const annexB = (...units: Uint8Array[]) => Uint8Array.from(units.flatMap((unit) => [0, 0, 0, 1, ...unit]));
/** A unit cut in so many fragments; `flags` takes bits from the ends. */
function fragments(unit: Uint8Array, many: number, { start = 128, end = 64 } = {}): readonly Uint8Array[] {
  const size = Math.ceil((unit.length - 1) / many);
  return Array.from({ length: many }, (_, index) => {
    const flags = (index === 0 ? start : 0) | (index === many - 1 ? end : 0);
    const body = unit.subarray(1 + index * size, 1 + (index + 1) * size);
    return Uint8Array.from([((unit[0] ?? 0) & 0xe0) | 28, flags | ((unit[0] ?? 0) & 31), ...body]);
  });
}
const sets: Sent = [1, stap(sps, pps)];
const opening: readonly Sent[] = [sets, [1, key, '|']];
/** With an empty packet behind: what waits for a missing one waits no longer. */
const seen = (sent: readonly Sent[], given = {}) =>
  inWords(trackOf('h264', given), packetsOf([...sent, [99, new Uint8Array(0)]]));
const opened = 'key@1 7,8,5';

describe('pictures out of packets', () => {
  const [one = pps, two = pps, three = pps] = fragments(h264Slice({ idr: true, size: 30 }), 3);
  for (const [name, sent, expected] of [
    [
      'single units',
      [
        [1, sps],
        [1, pps],
        [1, key, '|'],
        [2, delta(1), '|'],
      ],
      [opened, 'delta@2 1'],
    ],
    ['sets together in one packet', opening, [opened]],
    ['a unit in fragments', [sets, [1, one], [1, two], [1, three, '|']], [opened]],
    ['a camera that never marks the end', [sets, [1, key], [2, delta(1)], [3, delta(2)]], [opened, 'delta@2 1']],
    ['sets once only, put before each keyframe', [...opening, [2, key, '|']], [opened, 'key@2 7,8,5']],
    ['nothing before the first keyframe', [[0, delta(3), '|'], ...opening], [opened]],
    [
      'no keyframe without sets',
      [
        [1, key, '|'],
        [2, delta(1), '|'],
        [3, key, '|'],
      ],
      ['odd no-parameter-sets'],
    ],
    [
      'no half picture at the start',
      [
        [1, two],
        [1, three, '|'],
        [2, sps],
        [2, pps],
        [2, key, '|'],
      ],
      ['key@2 7,8,5'],
    ],
  ] as readonly (readonly [string, readonly Sent[], readonly string[]])[])
    it(name, () => expect(seen(sent)).toEqual(expected));

  it('take the sets of the description where the stream has none, also with start codes in them', () => {
    expect(seen([[1, key, '|']], { sets: [sps, pps] })).toEqual([opened]);
    expect(seen([[1, key, '|']], { sets: [annexB(sps, pps)] })).toEqual([opened]);
  });

  it('come out as they went into the test camera, whatever their sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 3, max: 9000 }), { minLength: 1, maxLength: 5 }), (sizes) => {
        const slices = sizes.map((size, index) => h264Slice({ idr: true, first: index, size }));
        const units = [sps, pps, ...slices];
        const parts = payloads(units);
        const packets = parts.map((payload, index) => {
          const head = { sequence: 70_000 + index, timestamp: 5, source: 1, marker: index === parts.length - 1 };
          return readRtp(interleavedRtp(0, payload, head).subarray(4)) as RtpPacket;
        });
        const [picture] = came(trackOf('h264'), packets);
        expect(picture?.type === 'picture' && nalUnits(picture.data)).toEqual(units);
      }),
      { numRuns: 30 },
    );
  });
});

describe('what cameras do to packets, and the pictures come all the same', () => {
  const big = h264Slice({ idr: true, size: 40 });
  const [one = big, two = big, three = big] = fragments(big, 3);
  const [v1 = big, v2 = big] = fragments(Uint8Array.from([0x67, ...annexB(sps, pps, key)]), 2);
  const delta2 = delta(2);
  for (const [name, sent, expected] of [
    [
      'a byte stream in one packet',
      [
        [1, annexB(sps, pps, key), '|'],
        [2, annexB(delta(1)), '|'],
      ],
      [opened, 'delta@2 1'],
    ],
    ['a byte stream in a unit', [[1, Uint8Array.from([...sps, 0, 0, 1, ...pps, 0, 0, 0, 1, ...key]), '|']], [opened]],
    [
      'a byte stream in an aggregate',
      [
        [1, stap(annexB(sps, pps)), ''],
        [1, key, '|'],
      ],
      [opened],
    ],
    [
      'a byte stream in fragments',
      [
        [1, v1],
        [1, v2, '|'],
        [2, delta(1), '|'],
      ],
      [opened, 'delta@2 1'],
    ],
    [
      'zero bytes behind an aggregate',
      [
        [1, Uint8Array.from([...stap(sps, pps), 0, 0])],
        [1, key, '|'],
      ],
      [opened],
    ],
    [
      'packets without payload, in the middle too',
      [sets, [1, new Uint8Array(0)], [1, one], [1, new Uint8Array(0)], [1, two], [1, three, '|']],
      [opened],
    ],
    [
      'units of types 0, 30 and 31 beside every picture',
      [
        ...opening,
        [2, Uint8Array.of(0x7e, 1, 2)],
        [2, delta(1), '|'],
        [3, Uint8Array.of(0x1f, 1, 2), '|'],
        [4, Uint8Array.of(0x60, 1, 2)],
        [4, delta(2), '|'],
      ],
      [opened, 'delta@2 1', 'delta@4 1'],
    ],
    [
      'packets of another type in the same count',
      [
        ...opening,
        [9, Uint8Array.of(1, 2, 3), 'o|'],
        [2, delta(1), '|'],
        [9, Uint8Array.of(1), 'o'],
        [3, delta(2), '|'],
      ],
      [opened, 'delta@2 1', 'delta@3 1'],
    ],
    [
      'no end bit',
      [
        sets,
        [1, one],
        [1, two],
        [1, fragments(big, 3, { end: 0 })[2] ?? big, '|'],
        [2, delta(1), '|'],
        [3, ...fragments(delta2, 1, { end: 0 }), '|'],
        [4, delta(3), '|'],
      ],
      [opened, 'delta@2 1', 'delta@3 1', 'delta@4 1'],
    ],
    [
      'no start bit',
      [sets, [1, fragments(big, 2, { start: 0 })[0] ?? big], [1, fragments(big, 2)[1] ?? big, '|'], [2, delta(1), '|']],
      [opened, 'delta@2 1'],
    ],
    [
      'a marker behind the sets and messages',
      [
        [1, sps, '|'],
        [1, pps, '|'],
        [1, key, '|'],
        [2, h264Recovery(0), '|'],
        [2, delta(1), '|'],
      ],
      [opened, 'delta@2 6,1'],
    ],
    [
      'one time for two pictures',
      [...opening, [1, delta(1), '|'], [1, delta(2), '|']],
      [opened, 'delta@1 1', 'delta@1 1'],
    ],
    [
      'one time for two pictures, and no marker',
      [sets, [1, key], [1, delta(1)], [2, delta(2)], [3, delta(3)]],
      [opened, 'delta@1 1', 'delta@2 1'],
    ],
    [
      'data partitions of nobody, and rubbish with the forbidden bit',
      [...opening, [2, Uint8Array.of(0x82, 1, 2)], [2, delta(1), '|']],
      [opened, 'delta@2 1'],
    ],
    [
      'an order number in front',
      [
        [1, Uint8Array.from([0x79, 0, 1, ...stap(sps, pps).subarray(1)])],
        [1, key, '|'],
      ],
      [opened],
    ],
  ] as readonly (readonly [string, readonly Sent[], readonly string[]])[])
    it(name, () => expect(seen(sent)).toEqual(expected));

  it('four slices, a marker behind each: the first picture comes once more, whole, and then whole ones alone', () => {
    const slices = (time: number, picture: object) =>
      [0, 10, 20, 30].map((first): Sent => [time, h264Slice({ ...picture, first }), '|']);
    const sent = [
      sets,
      ...slices(1, { idr: true }),
      ...slices(2, { frame: 1 }),
      ...slices(3, { frame: 2 }),
      ...slices(4, {}),
    ];
    expect(seen(sent)).toEqual([opened, 'key@1 7,8,5,5,5,5', 'delta@2 1,1,1,1', 'delta@3 1,1,1,1']);
  });

  it('four slices, each with a time of its own', () => {
    const slices = (time: number, picture: object) =>
      [0, 10, 20, 30].map((first): Sent => [time + first, h264Slice({ ...picture, first }), first === 30 ? '|' : '']);
    const sent = [sets, ...slices(1, { idr: true }), ...slices(101, { frame: 1 }), ...slices(201, { frame: 2 })];
    expect(seen(sent)).toEqual([opened, 'key@1 7,8,5,5,5,5', 'delta@101 1,1,1,1', 'delta@201 1,1,1,1']);
  });

  it('four slices, each with a time of its own and a marker behind it: a picture has the time of its first slice', () => {
    const slices = (time: number, picture: object) =>
      [0, 10, 20, 30].map((first): Sent => [time + first, h264Slice({ ...picture, first }), '|']);
    const all = [1, 2, 3, 4].flatMap((frame) => slices(frame * 100, { frame }));
    const words = seen([sets, ...slices(1, { idr: true }), ...all]);
    expect(words.slice(-3)).toEqual([1, 2, 3].map((frame) => `delta@${frame * 100} 1,1,1,1`));
  });

  it('all the sets of all ids stand in front of a key picture, the active ones first', () => {
    const [spare, spareSps] = [h264Pps(1, 1), h264Sps({ id: 1, columns: 20 })];
    const track = trackOf('h264', { sets: [sps, pps, spareSps, spare] });
    const [night] = came(track, packetsOf([[1, h264Slice({ idr: true, pps: 1 }), '|']]));
    expect(night?.type === 'picture' && nalUnits(night.data).slice(0, 4)).toEqual([spareSps, spare, sps, pps]);
  });

  it('sets that change between day and night stand in front as they are now', () => {
    const [day, night] = [h264Sps({ columns: 40 }), h264Sps({ columns: 20 })];
    const sent: Sent[] = [
      [1, day],
      [1, pps],
      [1, key, '|'],
      [2, night],
      [2, pps],
      [2, key, '|'],
      [3, key, '|'],
    ];
    const pictures = came(trackOf('h264'), packetsOf(sent));
    expect(pictures.map((one) => one.type === 'picture' && nalUnits(one.data)[0])).toEqual([day, night, night]);
  });

  it('a key picture comes with its last packet, and nothing is held back', () => {
    const words = (sent: readonly Sent[]) => seen(sent).length;
    expect(words(opening)).toBe(1);
    expect(words([...opening, [2, delta(1), '|']])).toBe(2);
  });

  it('another payload type than the one described is taken if no other comes, the first key picture with it', () => {
    const sent: Sent[] = [sets, [1, key, '|'], ...[1, 2, 3, 4, 5, 6, 7].map((at): Sent => [at + 1, delta(at), '|'])];
    const words = inWords(trackOf('h264'), packetsOf(sent, 97));
    expect(words.slice(0, 3)).toEqual(['odd other-payload-type', opened, 'delta@2 1']);
    expect(words).toHaveLength(9);
  });
});

describe('what a loss costs', () => {
  const lost = delta(1);
  const [one = lost, two = lost, three = lost] = fragments(h264Slice({ frame: 1, size: 40 }), 3);
  const light = (frame: number) => fragments(h264Slice({ frame, reference: false, size: 40 }), 3);
  const end: readonly Sent[] = [
    [8, delta(5), '|'],
    [9, key, '|'],
  ];
  const again = 'key@9 7,8,5';
  for (const [name, sent, expected] of [
    [
      'a picture that others refer to: blind to the next key',
      [...opening, [2, lost, '|x'], [3, delta(2), '|'], ...end],
      [opened, 'blind', again],
    ],
    ['a part of one', [...opening, [2, one], [2, two, 'x'], [2, three, '|'], ...end], [opened, 'blind', again]],
    ['its end', [...opening, [2, one], [2, two], [2, three, '|x'], ...end], [opened, 'blind', again]],
    ['its beginning', [...opening, [2, one, 'x'], [2, two], [2, three, '|'], ...end], [opened, 'blind', again]],
    [
      'a part of one that nothing refers to: that one',
      [
        ...opening,
        [2, light(1)[0] ?? lost],
        [2, light(1)[1] ?? lost, 'x'],
        [2, light(1)[2] ?? lost, '|'],
        [3, delta(1), '|'],
      ],
      [opened, 'damaged', 'delta@3 1'],
    ],
    [
      'the whole of one that nothing refers to: nothing',
      [...opening, [2, h264Slice({ frame: 1, reference: false }), '|x'], [3, delta(1), '|']],
      [opened, 'delta@3 1'],
    ],
    [
      'padding between pictures: nothing',
      [...opening, [2, new Uint8Array(0), 'x'], [3, delta(1), '|']],
      [opened, 'delta@3 1'],
    ],
    [
      'a message or unit of the maker: nothing',
      [...opening, [2, Uint8Array.of(0x7e, 1, 2), 'x'], [2, delta(1), '|']],
      [opened, 'delta@2 1'],
    ],
    [
      'sixteen pictures, after which the count is where it was',
      [
        ...opening,
        ...Array.from({ length: 16 }, (_, at): Sent => [at + 2, delta((at + 1) % 16), '|x']),
        [20, delta(1), '|'],
      ],
      [opened, 'blind'],
    ],
    [
      'a slice of several',
      [
        ...opening,
        [2, delta(1)],
        [2, h264Slice({ frame: 1, first: 9 }), 'x'],
        [2, h264Slice({ frame: 1, first: 20 }), '|'],
        ...end,
      ],
      [opened, 'blind', again],
    ],
    [
      'a recovery point with its picture is not believed of the next',
      [...opening, [2, delta(1), '|x'], [3, h264Recovery(3)], [3, delta(2), 'x|'], [4, delta(3), '|'], [9, key, '|']],
      [opened, 'blind', again],
    ],
    [
      'a slice of several behind a message, which nothing refers to',
      [
        ...opening,
        [2, Uint8Array.of(6, 5, 1, 9, 0x80)],
        [2, delta(1)],
        [2, h264Slice({ frame: 1, first: 9 }), 'x'],
        [2, h264Slice({ frame: 1, first: 20 }), '|'],
        ...end,
      ],
      [opened, 'blind', again],
    ],
    [
      'an aggregate with sizes that do not fit',
      [...opening, [2, Uint8Array.of(0x78, 0, 99, 0x41, 0x9a)], ...end],
      [opened, 'blind', again],
    ],
  ] as readonly (readonly [string, readonly Sent[], readonly string[]])[])
    it(name, () => expect(seen(sent)).toEqual(expected));
});

describe('where a decoder can begin', () => {
  const intra = (frame: number, more = {}) => h264Slice({ type: 'I', frame, ...more });
  const many: Sent = [0, stap(h264Sps({ references: 4 }), pps)];
  for (const [name, sent, expected] of [
    [
      'an I picture with a recovery point',
      [many, [1, h264Recovery(0)], [1, intra(3), '|'], [2, delta(4), '|']],
      ['key@1 7,8,6,1', 'delta@2 1'],
    ],
    ['not where the recovery point stands on a P picture', [many, [1, h264Recovery(0)], [1, delta(3), '|']], []],
    [
      'B pictures that are shown before it are left out, at the beginning alone',
      [
        many,
        [1, h264Recovery(0)],
        [1, intra(3, { order: 20 }), '|'],
        [2, h264Slice({ type: 'B', frame: 4, order: 18, reference: false }), '|'],
        [3, delta(4, { order: 30 }), '|'],
        [4, h264Recovery(0)],
        [4, intra(5, { order: 40 }), '|'],
        [5, h264Slice({ type: 'B', frame: 6, order: 38, reference: false }), '|'],
      ],
      ['key@1 7,8,6,1', 'delta@3 1', 'key@4 7,8,6,1', 'delta@5 1 leading'],
    ],
    [
      'a rolling refresh, whole after three pictures',
      [many, [1, h264Recovery(3)], [1, delta(3), '|'], [2, delta(4), '|'], [3, delta(5), '|'], [4, delta(6), '|']],
      ['key@1 7,8,6,1 unsure after 3', 'delta@2 1 unsure', 'delta@3 1 unsure', 'delta@4 1'],
    ],
    [
      'a rolling refresh ends the blindness of a loss',
      [
        many,
        [1, key, '|'],
        [2, delta(1), 'x|'],
        [3, delta(2), '|'],
        [4, h264Recovery(1)],
        [4, delta(3), '|'],
        [5, delta(4), '|'],
      ],
      ['key@1 7,8,5', 'blind', 'key@4 7,8,6,1 unsure after 1', 'delta@5 1'],
    ],
    [
      'an I picture about which nothing is said, where only one reference is kept',
      [sets, [1, intra(3), '|'], [2, delta(4), '|']],
      ['key@1 7,8,1', 'delta@2 1'],
    ],
    ['not where more references are kept', [many, [1, intra(3), '|'], [2, delta(4), '|']], []],
  ] as readonly (readonly [string, readonly Sent[], readonly string[]])[])
    it(name, () => expect(seen(sent)).toEqual(expected));

  it('where nothing better ever comes, at an I picture about which nothing is said, when what is older has left the list', () => {
    const waited = Array.from({ length: 50 }, (_, at): Sent => [at + 10, delta(at % 16), '|']);
    const sent: Sent[] = [
      many,
      ...waited,
      [900, intra(3), '|'],
      [901, delta(4), '|'],
      [902, delta(5), '|'],
      [903, delta(6), '|'],
    ];
    expect(seen(sent)).toEqual([
      'key@900 7,8,1 unsure after 3',
      'delta@901 1 unsure',
      'delta@902 1 unsure',
      'delta@903 1',
    ]);
  });
});

describe('an RTP packet', () => {
  for (const [name, given, payload] of [
    ['as it is', [0x80, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0x65], [0x65]],
    ['with an extension', [0x90, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 0, 1, 9, 9, 9, 9, 0x65], [0x65]],
    ['with another source', [0x81, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 7, 7, 7, 7, 0x65], [0x65]],
    ['with padding', [0xa0, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0x65, 0, 2], [0x65]],
    ['that is padding only, and counts all the same', [0xa0, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 2], []],
    ['that is empty', [0x80, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3], []],
    ['that says padding and has none', [0xa0, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0x65, 0x99], [0x65, 0x99]],
    ['of another version', [0x40, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0x65], undefined],
    ['too short', [0x80, 96, 0], undefined],
    [
      'with an extension that is longer than itself',
      [0x90, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 0, 9, 9],
      undefined,
    ],
  ] as const)
    it(`is read ${name}`, () =>
      expect(readRtp(Uint8Array.from(given))?.payload).toEqual(payload && Uint8Array.from(payload)));
});

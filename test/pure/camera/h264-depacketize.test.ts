/** From RTP packets to whole pictures: what belongs together, and what is left out when something is missing. */
import { run } from '@nattfrid/shared/machine/machine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { h264Depacketizer } from '../../../agent/src/camera/rtp/h264-depacketize.ts';
import { type RtpPacket, readRtp } from '../../../agent/src/camera/rtp/packet.ts';
import { nalUnits } from '../../../agent/src/h264/annex-b.ts';
import { interleavedRtp, payloads } from '../../stand-ins/test-camera/rtp-writer.ts';

const sps = Uint8Array.of(0x67, 66, 0, 30, 9);
const pps = Uint8Array.of(0x68, 1, 2);
const key = (tail = 1) => Uint8Array.of(0x65, 0x88, tail);
const delta = (tail = 1) => Uint8Array.of(0x41, 0x9a, tail);
const stap = (...units: Uint8Array[]) => Uint8Array.from([0x78, ...units.flatMap((unit) => [0, unit.length, ...unit])]);
const fragment = (type: number, part: 'first' | 'middle' | 'last', ...body: number[]) =>
  Uint8Array.of(0x7c, type | { first: 128, middle: 0, last: 64 }[part], ...body);

/** [timestamp, payload, what]: `|` ends a picture, `x` is lost on the way. */
type Sent = readonly [number, Uint8Array, ('|' | 'x' | '|x')?];

function seen(sent: readonly Sent[], sets = {}): readonly string[] {
  const packets = sent
    .map(([timestamp, payload, what = ''], index): [RtpPacket, string] => [
      { payloadType: 96, marker: what.includes('|'), sequence: (65_534 + index) & 0xffff, timestamp, payload },
      what,
    ])
    .filter(([, what]) => !what.includes('x'))
    .map(([packet]) => packet);
  return run(h264Depacketizer(sets), packets).effects.map((one) => {
    if (one.type === 'damaged') return 'damaged';
    return `${one.key ? 'key' : 'delta'}@${one.timestamp} ${nalUnits(one.data).map((unit) => (unit[0] ?? 0) & 31)}`;
  });
}

describe('pictures out of packets', () => {
  for (const [name, sent, expected] of [
    [
      'single units',
      [
        [1, sps],
        [1, pps],
        [1, key(), '|'],
        [2, delta(), '|'],
      ],
      ['key@1 7,8,5', 'delta@2 1'],
    ],
    [
      'sets together in one packet',
      [
        [1, stap(sps, pps)],
        [1, key(), '|'],
      ],
      ['key@1 7,8,5'],
    ],
    [
      'a unit in fragments',
      [
        [1, stap(sps, pps)],
        [1, fragment(5, 'first', 1)],
        [1, fragment(5, 'middle', 2)],
        [1, fragment(5, 'last', 3), '|'],
      ],
      ['key@1 7,8,5'],
    ],
    [
      'a camera that never marks the end',
      [
        [1, stap(sps, pps)],
        [1, key()],
        [2, delta()],
        [3, delta()],
      ],
      ['key@1 7,8,5', 'delta@2 1'],
    ],
    [
      'sets once only, put before each keyframe',
      [
        [1, stap(sps, pps)],
        [1, key(), '|'],
        [2, key(), '|'],
      ],
      ['key@1 7,8,5', 'key@2 7,8,5'],
    ],
    [
      'nothing before the first keyframe',
      [
        [1, delta(), '|'],
        [2, stap(sps, pps)],
        [2, key(), '|'],
      ],
      ['key@2 7,8,5'],
    ],
    [
      'no keyframe without sets',
      [
        [1, key(), '|'],
        [2, delta(), '|'],
      ],
      [],
    ],
    [
      'after a loss nothing up to the next keyframe',
      [
        [1, stap(sps, pps)],
        [1, key(), '|'],
        [2, delta(), '|x'],
        [3, delta(), '|'],
        [4, key(), '|'],
        [5, delta(), '|'],
      ],
      ['key@1 7,8,5', 'damaged', 'key@4 7,8,5', 'delta@5 1'],
    ],
    [
      'no half picture',
      [
        [1, stap(sps, pps)],
        [1, fragment(5, 'first', 1)],
        [1, fragment(5, 'middle', 2), 'x'],
        [1, fragment(5, 'last', 3), '|'],
        [2, delta(), '|'],
      ],
      ['damaged'],
    ],
    [
      'a fragment without a beginning',
      [
        [1, stap(sps, pps)],
        [1, fragment(5, 'last', 3), '|'],
        [2, key(), '|'],
      ],
      ['damaged', 'key@2 7,8,5'],
    ],
    [
      'sizes that do not add up',
      [
        [1, Uint8Array.of(0x78, 0, 99, 1)],
        [1, key(), '|'],
      ],
      ['damaged'],
    ],
    ['a kind that nobody sends', [[1, Uint8Array.of(0x7e, 1, 2), '|']], ['damaged']],
  ] as readonly (readonly [string, readonly Sent[], readonly string[]])[])
    it(name, () => expect(seen(sent)).toEqual(expected));

  it('take the sets of the description where the stream has none', () =>
    expect(seen([[1, key(), '|']], { sps, pps })).toEqual(['key@1 7,8,5']));

  it('come out as they went into the test camera, whatever their sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 5 }), (sizes) => {
        const units = [
          sps,
          pps,
          ...sizes.map((size) => Uint8Array.from({ length: size + 1 }, (_, at) => (at ? (at % 250) + 1 : 0x65))),
        ];
        const parts = payloads(units);
        const packets = parts.map((payload, index) => {
          const head = { sequence: 70_000 + index, timestamp: 5, source: 1, marker: index === parts.length - 1 };
          return readRtp(interleavedRtp(0, payload, head).subarray(4)) as RtpPacket;
        });
        const [picture] = run(h264Depacketizer(), packets).effects;
        expect(picture?.type === 'picture' && nalUnits(picture.data).map((unit) => unit.length)).toEqual(
          units.map((unit) => unit.length),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('never throws, whatever comes', () => {
    const any = fc.record({
      marker: fc.boolean(),
      sequence: fc.nat(65_535),
      timestamp: fc.nat(3),
      payload: fc.uint8Array({ minLength: 1, maxLength: 20 }),
    });
    fc.assert(
      fc.property(
        fc.array(any),
        (packets) =>
          void run(
            h264Depacketizer(),
            packets.map((one) => ({ ...one, payloadType: 96 })),
          ),
      ),
    );
  });
});

describe('an RTP packet', () => {
  for (const [name, given, payload] of [
    ['as it is', [0x80, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0x65], [0x65]],
    ['with an extension', [0x90, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 0, 1, 9, 9, 9, 9, 0x65], [0x65]],
    ['with another source', [0x81, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 7, 7, 7, 7, 0x65], [0x65]],
    ['with padding', [0xa0, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0x65, 0, 2], [0x65]],
    ['that is padding only', [0xa0, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 2], undefined],
    ['of another version', [0x40, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0x65], undefined],
    ['too short', [0x80, 96, 0], undefined],
  ] as const)
    it(`is read ${name}`, () =>
      expect(readRtp(Uint8Array.from(given))?.payload).toEqual(payload && Uint8Array.from(payload)));
});

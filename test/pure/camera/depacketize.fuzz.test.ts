/** Whatever a camera sends: no reader of packets or parameter sets throws, runs on, or keeps more than it says. Ten thousand cases. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Depacketized } from '../../../agent/src/camera/rtp/depacketized.ts';
import { depacketizer } from '../../../agent/src/camera/rtp/depacketizer.ts';
import { readRtp } from '../../../agent/src/camera/rtp/packet.ts';
import type { Codec } from '../../../agent/src/codec/codec.ts';
import { recoveryPointIn } from '../../../agent/src/codec/sei.ts';
import { rememberSets } from '../../../agent/src/h264/parameter-sets.ts';
import { readSps } from '../../../agent/src/h264/sps.ts';
import { noH265Sets, rememberH265Sets } from '../../../agent/src/h265/parameter-sets.ts';
import { readH265Sps } from '../../../agent/src/h265/sps.ts';
import { jpegSize } from '../../../agent/src/jpeg/file.ts';
import * as coded from './coded.ts';
import { trackOf } from './through-depacketizer.ts';

const units = [
  ...[
    coded.h264Sps(),
    coded.h264Sps({ id: 3, reordered: 2 }),
    coded.h264Pps(),
    coded.h264Recovery(2),
    coded.h264Slice({ idr: true }),
  ],
  ...[
    coded.h264Slice({ frame: 1 }),
    coded.h264Slice({ frame: 2, first: 5, reference: false }),
    coded.h264Slice({ type: 'B' }),
  ],
  ...[
    coded.h265Vps,
    coded.h265Sps(),
    coded.h265Pps(),
    coded.h265Recovery(2),
    coded.h265Slice(19),
    coded.h265Slice(1, { order: 2 }),
  ],
  ...[coded.h265Slice(21, { kind: 2 }), coded.h265Slice(8), coded.h265Slice(1, { first: false })],
];
/** Units as they are, with bytes changed, cut, or rubbish; single, aggregated, in a fragment, or as JPEG. */
const unit = fc.oneof(
  fc.constantFrom(...units),
  fc
    .tuple(fc.constantFrom(...units), fc.nat(40), fc.nat(255))
    .map(([from, at, value]) => from.with(at % from.length, value)),
  fc.tuple(fc.constantFrom(...units), fc.nat(40)).map(([from, size]) => from.subarray(0, size)),
  fc.uint8Array({ maxLength: 30 }),
);
const payload = fc.oneof(
  unit,
  fc
    .tuple(fc.constantFrom(0x78, 0x79, 0x7a, 0x7b, 0x60), fc.array(unit, { maxLength: 4 }), fc.nat(3))
    .map(([head, all, more]) =>
      Uint8Array.from([
        head,
        ...(head === 0x60 ? [1] : []),
        ...all.flatMap((one) => [0, one.length + (more === 3 ? 9 : 0), ...one]),
        ...new Array<number>(more).fill(0),
      ]),
    ),
  fc
    .tuple(fc.constantFrom(0x7c, 0x7d, 0x62), fc.nat(255), unit)
    .map(([head, flags, one]) => Uint8Array.from([head, ...(head === 0x62 ? [1] : []), flags, ...one])),
  fc
    .tuple(
      fc.nat(6),
      fc.constantFrom(0, 1, 64, 65, 9, 200),
      fc.constantFrom(50, 0, 120, 200, 255),
      fc.uint8Array({ maxLength: 200 }),
    )
    .map(([offset, type, quality, data]) => Uint8Array.from([0, 0, 0, offset, type, quality, 80, 60, ...data])),
);
const packet = fc
  .tuple(payload, fc.integer({ min: -3, max: 40 }), fc.nat(2), fc.nat(255), fc.constantFrom(96, 97, 26, 0))
  .map(([bytes, step, time, first, type]) => ({ bytes, step, time, first, type }));

/** Bytes that a state keeps, whatever it is made of. */
function kept(state: unknown): number {
  const [seen, left] = [new Set<unknown>(), [state]];
  let bytes = 0;
  while (left.length > 0) {
    const one = left.pop();
    bytes += one instanceof Uint8Array ? one.length : 8;
    if (typeof one !== 'object' || one === null || one instanceof Uint8Array || seen.has(one)) continue;
    seen.add(one);
    for (const inside of one instanceof Map ? one.values() : Object.values(one)) left.push(inside);
  }
  return bytes;
}

const [sets, key] = [
  { h264: [coded.h264Sps(), coded.h264Pps()], h265: [coded.h265Vps, coded.h265Sps(), coded.h265Pps()], mjpeg: [] },
  {
    ...{ h264: coded.h264Slice({ idr: true }), h265: coded.h265Slice(19, { kind: 2 }) },
    mjpeg: Uint8Array.from([0, 0, 0, 0, 1, 50, 80, 60, 1, 2, 3]),
  },
];

describe('rubbish from a camera', () => {
  for (const codec of ['h264', 'h265', 'mjpeg'] as const satisfies readonly Codec[])
    it(`goes through the depacketizer of ${codec}, and a picture behind it comes out`, () => {
      fc.assert(
        fc.property(fc.array(packet, { maxLength: 40 }), (came) => {
          const machine = depacketizer(trackOf(codec));
          let state = machine.initial;
          let [sequence, bytes] = [0, 0];
          for (const [index, one] of came.entries()) {
            sequence = (sequence + (one.step > 3 ? 1 : one.step)) & 0xffff;
            const head = [
              0x80 | (one.first & 0x3f & 0x21),
              one.type | (one.first & 128),
              sequence >> 8,
              sequence & 255,
              0,
              0,
              0,
              one.time,
              0,
              0,
              0,
              1,
            ];
            const read = readRtp(Uint8Array.from([...head, ...one.bytes]));
            if (!read) continue;
            bytes += one.bytes.length;
            const [next, told] = machine.step(state, { ...read, arrived: index * 30 });
            state = next;
            for (const found of told) if (found.type === 'picture') expect(found.data.length).toBeGreaterThan(0);
          }
          expect(kept(state)).toBeLessThan(64 * 1024 + 64 * bytes);
          // The camera comes to its senses.
          const seen: Depacketized[] = [];
          const common = { payloadType: codec === 'mjpeg' ? 26 : 96, source: 1 };
          for (let timestamp = 100; timestamp < 112; timestamp++)
            for (const payload of [...sets[codec], key[codec]]) {
              sequence = (sequence + 1) & 0xffff;
              const marker = payload === key[codec];
              const [next, told] = machine.step(state, {
                ...common,
                sequence,
                timestamp,
                marker,
                payload,
                arrived: timestamp * 1000,
              });
              state = next;
              seen.push(...told);
            }
          expect(seen.some((one) => one.type === 'picture' && one.timestamp >= 100)).toBe(true);
        }),
        { numRuns: 1000 },
      );
    });

  it('is no parameter set, and is read to its end', () => {
    fc.assert(
      fc.property(
        fc.oneof(unit, fc.uint8Array({ maxLength: 80 })),
        fc.constantFrom(0x67, 0x42, 0x68, 0x44, 0x40, 0x06, 0x4e),
        (bytes, head) => {
          const one = Uint8Array.from([head, ...bytes]);
          for (const size of [readSps(one), readSps(bytes), readH265Sps(one), readH265Sps(bytes)]) {
            expect(size?.width ?? 16).toBeLessThanOrEqual(16_384);
            expect(size?.reorderDepth ?? 0).toBeLessThanOrEqual(16);
          }
          rememberSets({}, [one, bytes]);
          rememberH265Sets(noH265Sets, [one, bytes]);
          recoveryPointIn(one, 1, (bits) => bits.unsigned());
          jpegSize(bytes);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('is no RTP packet, or one within its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(63), (bytes, low) => {
        const one = Uint8Array.from([0x80 | low, ...bytes]);
        expect(readRtp(one)?.payload.length ?? 0).toBeLessThanOrEqual(one.length);
        readRtp(bytes);
      }),
      { numRuns: 2500 },
    );
  });
});

describe('a camera that never ends what it has begun', () => {
  const most = 40 * 1024 * 1024;
  const endless = (codec: Codec, payloadAt: (index: number) => Uint8Array, times = 30_000): number => {
    const machine = depacketizer(trackOf(codec));
    let state = machine.initial;
    const payloads = Array.from({ length: 4 }, (_, index) => payloadAt(index));
    for (let index = 0; index < times; index++) {
      const payload = payloads[Math.min(index, 3)] as Uint8Array;
      [state] = machine.step(state, {
        payloadType: codec === 'mjpeg' ? 26 : 96,
        marker: false,
        source: 1,
        sequence: index & 0xffff,
        timestamp: 1,
        payload,
      });
    }
    return kept(state);
  };
  for (const [name, codec, payloadAt] of [
    ['fragments', 'h264', (index) => Uint8Array.from([0x7c, index === 0 ? 0x85 : 5, ...new Uint8Array(1400).fill(7)])],
    ['slices', 'h264', (index) => Uint8Array.from([0x41, index === 0 ? 0x9a : 0x4a, ...new Uint8Array(1400).fill(7)])],
    ['messages', 'h264', () => Uint8Array.from([0x06, 5, ...new Uint8Array(1400).fill(7)])],
    ['tiny slices', 'h265', (index) => Uint8Array.from([2, 1, index === 0 ? 0x80 : 0x40, 1])],
    [
      'a JPEG picture that begins',
      'mjpeg',
      () => Uint8Array.from([0, 0, 0, 0, 1, 200, 80, 60, 0, 0, 0, 0, ...new Uint8Array(1400)]),
    ],
  ] as readonly (readonly [string, Codec, (index: number) => Uint8Array])[])
    it(`fills no memory: ${name}`, () => expect(endless(codec, payloadAt)).toBeLessThan(most));
});

/** RTP packets in the order of their numbers: swapped, repeated, missing and counted anew, over TCP too. */
import { run } from '@nattfrid/shared/machine/machine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArrivedPacket, reorder } from '../../../agent/src/camera/rtp/reorder.ts';

/** A number each, 10 ms apart where nothing else is said; `?n` in the words: so many are missing in front. */
type Came = number | readonly [sequence: number, at: number, timestamp?: number];

const packet = (came: Came, index: number): ArrivedPacket => {
  const [sequence, arrived, timestamp = 0] = typeof came === 'number' ? [came, index * 10] : came;
  const payload = Uint8Array.of(sequence & 255);
  return { payloadType: 96, marker: false, source: 1, sequence: sequence & 0xffff, timestamp, payload, arrived };
};
const inOrder = (came: readonly Came[]): readonly string[] =>
  run(reorder, came.map(packet)).effects.map(({ packet: { sequence }, missing }) =>
    missing === 0 ? `${sequence}` : missing === 'unknown' ? `anew ${sequence}` : `?${missing} ${sequence}`,
  );
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('packets come out', () => {
  for (const [name, came, expected] of [
    ['as they are, also over the wrap', [65_534, 65_535, 65_536, 65_537], ['65534', '65535', '0', '1']],
    ['in order where neighbours were swapped', [1, 3, 2, 4, 6, 5], ['1', '2', '3', '4', '5', '6']],
    ['once, where they were sent twice', [1, 2, 2, 1, 3, 3], ['1', '2', '3']],
    ['once, where a whole run was sent twice', [1, 2, 3, 4, 5, 2, 3, 4, 5, 6], ['1', '2', '3', '4', '5', '6']],
    [
      'with a word where one never comes, 120 ms later',
      [
        [1, 0],
        [3, 10],
        [4, 60],
        [5, 130],
      ],
      ['1', '?1 3', '4', '5'],
    ],
    [
      'not before, because it may still come',
      [
        [1, 0],
        [3, 10],
        [4, 100],
      ],
      ['1'],
    ],
    [
      'without one that comes too late',
      [
        [1, 0],
        [3, 10],
        [4, 140],
        [2, 150],
        [5, 160],
      ],
      ['1', '?1 3', '4', '5'],
    ],
    [
      'with two holes in one go',
      [
        [1, 0],
        [3, 0],
        [5, 10],
        [6, 200],
        [7, 210],
      ],
      ['1', '?1 3', '?1 5', '6', '7'],
    ],
    ['at once where the camera counts anew', [1, 2, 3, 40_000, 40_001], ['1', '2', '3', 'anew 40000', '40001']],
    [
      'where it counts anew close by',
      [
        [10, 0, 1],
        [11, 1, 2],
        [12, 2, 3],
        [10, 3, 9],
        [11, 4, 9],
      ],
      ['10', '11', '12', 'anew 10', '11'],
    ],
    [
      'where the camera does not count at all',
      [
        [0, 0, 1],
        [0, 1, 2],
        [0, 2, 3],
      ],
      ['0', '0', '0'],
    ],
    [
      'what waited comes before a new count',
      [
        [1, 0],
        [3, 10],
        [30_000, 20],
      ],
      ['1', '?1 3', 'anew 30000'],
    ],
  ] as readonly (readonly [string, readonly Came[], readonly string[]])[])
    it(name, () => expect(inOrder(came)).toEqual(expected));

  it('after 64 at most, however fast they come', () => {
    const came = [1, ...range(3, 70)].map((sequence): Came => [sequence, 0]);
    expect(inOrder(came).slice(0, 3)).toEqual(['1', '?1 3', '4']);
    expect(inOrder(came.slice(0, 50))).toEqual(['1']);
  });

  it('all of them and in order, however they were shuffled within a few', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 60 }), (delays) => {
        const sent = delays.map((late, index) => [index === 0 ? -1 : index + late, index + 1] as const);
        const came = sent.toSorted((a, b) => a[0] - b[0]).map(([, sequence]): Came => [sequence, 0]);
        expect(inOrder(came)).toEqual(range(1, delays.length).map(String));
      }),
    );
  });

  it('never of more than 64 kept, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(65_535), fc.nat(50)), { maxLength: 300 }), (came) => {
        const { state } = run(
          reorder,
          came.map(([sequence, at]) => packet([sequence, at], 0)),
        );
        expect(state.early.length).toBeLessThanOrEqual(64);
        expect(state.recent.length).toBeLessThanOrEqual(64);
      }),
    );
  });
});

/** Weights of our own, added to those of the model they were taught to, and to no other. */

import { describe, expect, it } from 'vitest';
import { addTaught, type HalfTensor } from '../../../models/convert/taught.ts';

/** Two tensors as the converter writes them: a kernel of two channels, and their biases. */
const tensors = (): HalfTensor[] => [
  { shape: [2, 1, 1, 2], numbers: Float16Array.of(1, 2, 3, 4) },
  { shape: [2], numbers: Float16Array.of(0.5, -0.5) },
];

function file(shapes: number[][], body: readonly (readonly [scales: number[], steps: number[]])[]): Uint8Array {
  const header = Buffer.from(JSON.stringify({ shapes }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const parts = body.flatMap(([scales, steps]) => [
    Buffer.from(Float32Array.from(scales).buffer),
    Buffer.from(Int8Array.from(steps).buffer),
  ]);
  return Buffer.concat([length, header, ...parts]);
}

const shapes = [[2, 1, 1, 2], [2]];
const body = [
  [
    [0.5, 0.25],
    [2, -2, 127, 0],
  ],
  [
    [0, 1],
    [7, 1],
  ],
] as const;
const good = () =>
  file(
    shapes,
    body.map(([scales, steps]) => [[...scales], [...steps]] as const),
  );

describe('taught weights', () => {
  it('are the original and the steps times the scale of their channel', () => {
    const changed = tensors();
    addTaught(changed, good());
    expect(changed.map(({ numbers }) => [...numbers])).toEqual([
      [2, 1, 34.75, 4],
      [0.5, 0.5],
    ]);
  });

  it('are refused for another network, cut off, or with something left over', () => {
    expect(() => addTaught(tensors().toReversed(), good())).toThrow('another network');
    expect(() => addTaught(tensors(), good().subarray(0, -1))).toThrow('cut off');
    expect(() => addTaught(tensors(), Buffer.concat([good(), Buffer.alloc(3)]))).toThrow('3 bytes');
  });
});

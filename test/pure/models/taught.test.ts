/** Weights of our own, added to those of the model they were taught to, and to no other. */
import { describe, expect, it } from 'vitest';
import { addTaught, type HalfTensor } from '../../../models/convert/taught.ts';

/** Three tensors as the converter writes them: a kernel of two channels, their biases, and another kernel of two channels. */
const tensors = (): HalfTensor[] => [
  { shape: [2, 1, 1, 2], numbers: Float16Array.of(1, 2, 3, 4) },
  { shape: [2], numbers: Float16Array.of(0.5, -0.5) },
  { shape: [2, 1], numbers: Float16Array.of(3, -4) },
];

interface Part {
  readonly shape: readonly number[];
  readonly channels: readonly number[];
  /** Absent where the numbers of the channels are gains. */
  readonly steps?: readonly number[];
}

function file(parts: readonly Part[]): Uint8Array {
  const listed = parts.map(({ shape, steps }) => ({ shape, how: steps ? 'steps' : 'gains' }));
  const header = Buffer.from(JSON.stringify({ tensors: listed }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const numbers = parts.flatMap(({ channels, steps }) => [
    Buffer.from(Float32Array.from(channels).buffer),
    Buffer.from(Int8Array.from(steps ?? []).buffer),
  ]);
  return Buffer.concat([length, header, ...numbers]);
}

const good = () =>
  file([
    { shape: [2, 1, 1, 2], channels: [0.5, 0.25], steps: [2, -2, 127, 0] },
    { shape: [2], channels: [0, 1], steps: [7, 1] },
    { shape: [2, 1], channels: [1.5, 0.5] },
  ]);

describe('taught weights', () => {
  it('are the original and the steps times the number of their channel, or the original times their gain', () => {
    const changed = tensors();
    addTaught(changed, good());
    expect(changed.map(({ numbers }) => [...numbers])).toEqual([
      [2, 1, 34.75, 4],
      [0.5, 0.5],
      [4.5, -2],
    ]);
  });

  it('are refused for another network, cut off, or with something left over', () => {
    expect(() => addTaught(tensors().toReversed(), good())).toThrow('another network');
    expect(() => addTaught(tensors(), good().subarray(0, -1))).toThrow('cut off');
    expect(() => addTaught(tensors(), Buffer.concat([good(), Buffer.alloc(3)]))).toThrow('3 bytes');
  });
});

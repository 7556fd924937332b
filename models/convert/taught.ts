/** Pure. Adds what was taught to the frozen weights of a converted model. The layout of the file of weights stands in teach/weights.py. */
import { z } from 'zod';

const Header = z.strictObject({ shapes: z.array(z.array(z.int().positive()).min(1)) });

/** A frozen tensor of 16-bit floats, in the order in which the converter writes them. */
export interface HalfTensor {
  readonly shape: readonly number[];
  readonly numbers: Float16Array;
}

/**
 * Changes the numbers in place.
 * @param tensors without single numbers, which are no weights
 * @throws where the weights were taught to another network, or are cut off
 */
export function addTaught(tensors: readonly HalfTensor[], file: Uint8Array): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = 4 + view.getUint32(0, true);
  const { shapes } = Header.parse(JSON.parse(new TextDecoder().decode(file.subarray(4, start))));
  if (JSON.stringify(shapes) !== JSON.stringify(tensors.map(({ shape }) => shape)))
    throw new Error('the taught weights are of another network');
  let at = start;
  for (const { shape, numbers } of tensors) {
    const channels = shape[0]!;
    const each = numbers.length / channels;
    const first = at + 4 * channels;
    if (first + numbers.length > file.length) throw new Error('the taught weights are cut off');
    for (let index = 0; index < numbers.length; index++) {
      const scale = view.getFloat32(at + 4 * Math.floor(index / each), true);
      // Rounded as the teaching rounds, so that both write the same bits.
      numbers[index] = Math.fround(numbers[index]! + Math.fround(scale * view.getInt8(first + index)));
    }
    at = first + numbers.length;
  }
  if (at !== file.length) throw new Error(`${file.length - at} bytes of taught weights are left over`);
}

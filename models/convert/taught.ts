/** Pure. Adds what was taught to the frozen weights of a converted model. The layout of the file of weights stands in teach/weights.py. */
import { z } from 'zod';

const Shape = z.array(z.int().positive()).min(1);
const Header = z.strictObject({
  tensors: z.array(z.strictObject({ shape: Shape, how: z.enum(['gains', 'steps']) })),
});

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
  const header = Header.parse(JSON.parse(new TextDecoder().decode(file.subarray(4, start))));
  const shapes = header.tensors.map(({ shape }) => shape);
  if (JSON.stringify(shapes) !== JSON.stringify(tensors.map(({ shape }) => shape)))
    throw new Error('the taught weights are of another network');
  let at = start;
  for (const [index, { shape, numbers }] of tensors.entries()) {
    const steps = header.tensors[index]!.how === 'steps';
    const channels = shape[0]!;
    const each = numbers.length / channels;
    const first = at + 4 * channels;
    const end = steps ? first + numbers.length : first;
    if (end > file.length) throw new Error('the taught weights are cut off');
    for (let one = 0; one < numbers.length; one++) {
      const channel = view.getFloat32(at + 4 * Math.floor(one / each), true);
      // Rounded as the teaching rounds, so that both write the same bits.
      numbers[one] = steps
        ? Math.fround(numbers[one]! + Math.fround(channel * view.getInt8(first + one)))
        : Math.fround(numbers[one]! * channel);
    }
    at = end;
  }
  if (at !== file.length) throw new Error(`${file.length - at} bytes of taught weights are left over`);
}

/** Pure. Moves the axes of a frozen tensor, once, at build time. */
import type { Constant } from './tfjs-graph.ts';

/** @param perm as numpy's transpose: axis i of the result is axis perm[i] of the source. */
export function permute(source: Constant, perm: readonly number[]): Constant {
  const shape = perm.map((axis) => source.shape[axis] ?? 1);
  const strides = source.shape.map((_, axis) => source.shape.slice(axis + 1).reduce((all, one) => all * one, 1));
  const steps = perm.map((axis) => strides[axis] ?? 1);
  const data = source.data.slice();
  const place = new Array<number>(perm.length).fill(0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    data[to] = source.data[from] as number;
    for (let axis = perm.length - 1; axis >= 0; axis--) {
      const step = steps[axis] as number;
      from += step;
      if (++(place[axis] as number) < (shape[axis] as number)) break;
      from -= step * (shape[axis] as number);
      place[axis] = 0;
    }
  }
  return { ...source, shape, data } as Constant;
}

/** The same numbers under another shape of equal size. */
export const reshaped = (source: Constant, shape: readonly number[]): Constant => ({ ...source, shape });

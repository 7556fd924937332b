/** Pure. Taps of linear resampling along one axis: the two source samples of each target sample, and the weight of the second (0 to 256). */

export interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Int32Array;
}

/** @param many target samples @param length source samples */
export function taps(many: number, length: number): Taps {
  const first = new Int32Array(many);
  const second = new Int32Array(many);
  const share = new Int32Array(many);
  for (let index = 0; index < many; index++) {
    const position = Math.max(0, Math.min(length - 1, ((index + 0.5) * length) / many - 0.5));
    first[index] = Math.floor(position);
    second[index] = Math.min(length - 1, first[index]! + 1);
    share[index] = Math.round((position - first[index]!) * 256);
  }
  return { first, second, share };
}

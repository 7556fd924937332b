/** Pure. Separable box blur over part of a grid, in place, by running sums: its cost does not grow with its reach. */

/**
 * Mean over 2·reach + 1 values across, then down; beyond an edge its own value is repeated.
 * @param lane scratch, at least as long as the longer side and twice the reach
 */
export function boxBlur(
  values: Float32Array,
  stride: number,
  [left, top, right, bottom]: readonly [number, number, number, number],
  reach: number,
  lane: Float32Array,
): void {
  for (let row = top; row < bottom; row++) blurLane(values, row * stride + left, 1, right - left, reach, lane);
  for (let column = left; column < right; column++)
    blurLane(values, top * stride + column, stride, bottom - top, reach, lane);
}

function blurLane(values: Float32Array, start: number, step: number, many: number, reach: number, lane: Float32Array) {
  if (many <= 0) return;
  for (let index = 0, at = start; index < many; index++, at += step) lane[index] = values[at]!;
  const last = many - 1;
  let sum = lane[0]! * (reach + 1);
  for (let index = 1; index <= reach; index++) sum += lane[Math.min(index, last)]!;
  const share = 1 / (2 * reach + 1);
  for (let index = 0, at = start; index < many; index++, at += step) {
    values[at] = sum * share;
    const enters = index + reach + 1;
    const leaves = index - reach;
    sum += lane[Math.min(enters, last)]! - lane[Math.max(leaves, 0)]!;
  }
}

/**
 * Pure. SSIM of the luma of two pictures (Wang, Bovik, Sheikh and Simoncelli, 2004), 1 for equal ones: uniform windows of 8 × 8
 * pixels with a stride of 4, as in ffmpeg's filter `ssim`.
 */

const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
const block = 4;

/** @param a row by row, `width` × `height`, both divisible by four; so is b */
export function ssim(a: Uint8Array, b: Uint8Array, width: number, height: number): number {
  const [across, down] = [width / block, height / block];
  const blocks = sums(a, b, across, down, width);
  let total = 0;
  for (let row = 0; row + 1 < down; row++)
    for (let column = 0; column + 1 < across; column++) {
      const four = [row * across + column, row * across + column + 1];
      four.push(four[0]! + across, four[1]! + across);
      total += windowOf(blocks, four);
    }
  return total / ((across - 1) * (down - 1));
}

/** For each block of 4 × 4: the sums of a, of b, of a² + b², and of a·b. */
function sums(a: Uint8Array, b: Uint8Array, across: number, down: number, width: number): Float64Array {
  const out = new Float64Array(across * down * 4);
  for (let row = 0; row < down * block; row++)
    for (let column = 0; column < across * block; column++) {
      const to = (Math.floor(row / block) * across + Math.floor(column / block)) * 4;
      const [x, y] = [a[row * width + column]!, b[row * width + column]!];
      out[to]! += x;
      out[to + 1]! += y;
      out[to + 2]! += x * x + y * y;
      out[to + 3]! += x * y;
    }
  return out;
}

function windowOf(blocks: Float64Array, four: readonly number[]): number {
  const sum = (which: number) => four.reduce((all, one) => all + blocks[one * 4 + which]!, 0);
  const many = (2 * block) ** 2;
  const [x, y] = [sum(0) / many, sum(1) / many];
  // ffmpeg divides by one less here.
  const variances = (sum(2) - many * (x * x + y * y)) / (many - 1);
  const covariance = (sum(3) - many * x * y) / (many - 1);
  return ((2 * x * y + c1) * (2 * covariance + c2)) / ((x * x + y * y + c1) * (variances + c2));
}

/** Pure. Canny edge detection (1986) without short edges: the lines of a room that one would draw with a pencil. */
import { gridHeight, gridSize, gridWidth } from './canvas.ts';

/** A line of fewer cells is a detail (a face on a photograph, a pattern), not the room. */
const shortestLine = 48;

/**
 * @param light blurred luma of each cell
 * @param within 1 where lines may be drawn
 * @returns 0 to 1 of each cell: strength of the line there, after gradient, thinning, hysteresis, and by length
 */
export function cannyLines(light: Float32Array, within: Uint8Array): Float32Array {
  const { strength, sector } = gradient(light, within);
  const ridge = thinned(strength, sector);
  const sorted = Float32Array.from(ridge.filter((value) => value > 0)).sort();
  const high = Math.max(4, sorted[Math.floor(sorted.length * 0.72)] ?? 4);
  return hysteresis(ridge, high, Math.max(2, high * 0.4));
}

/** Sobel gradient: strength, and direction in four sectors. */
function gradient(light: Float32Array, within: Uint8Array) {
  const strength = new Float32Array(gridSize);
  const sector = new Uint8Array(gridSize);
  for (let row = 1; row < gridHeight - 1; row++)
    for (let at = row * gridWidth + 1, end = (row + 1) * gridWidth - 1; at < end; at++) {
      if (!within[at]) continue;
      const [up, down] = [at - gridWidth, at + gridWidth];
      const diagonal = light[down + 1]! - light[up - 1]!;
      const other = light[up + 1]! - light[down - 1]!;
      const x = 2 * (light[at + 1]! - light[at - 1]!) + diagonal + other;
      const y = 2 * (light[down]! - light[up]!) + diagonal - other;
      strength[at] = Math.sqrt(x * x + y * y);
      const [ax, ay] = [Math.abs(x), Math.abs(y)];
      sector[at] = ay < 0.414 * ax ? 0 : ax < 0.414 * ay ? 2 : x * y > 0 ? 1 : 3;
    }
  return { strength, sector };
}

const across = [1, gridWidth + 1, gridWidth, gridWidth - 1];

/** Non-maximum suppression across the edge. */
function thinned(strength: Float32Array, sector: Uint8Array): Float32Array {
  const ridge = new Float32Array(gridSize);
  for (let at = gridWidth + 1; at < gridSize - gridWidth - 1; at++) {
    const here = strength[at]!;
    if (here < 2) continue;
    const step = across[sector[at]!]!;
    if (here >= strength[at - step]! && here > strength[at + step]!) ridge[at] = here;
  }
  return ridge;
}

/** Connected components of weak cells that hold a strong one; short ones are dropped. */
function hysteresis(ridge: Float32Array, high: number, low: number): Float32Array {
  const lines = new Float32Array(gridSize);
  const done = new Uint8Array(gridSize);
  const line = new Int32Array(gridSize);
  for (let seed = 0; seed < gridSize; seed++) {
    if (done[seed] || ridge[seed]! < high) continue;
    let many = 1;
    line[0] = seed;
    done[seed] = 1;
    for (let next = 0; next < many; next++) {
      const at = line[next]!;
      for (let dy = -gridWidth; dy <= gridWidth; dy += gridWidth)
        for (let near = at + dy - 1; near <= at + dy + 1; near++) {
          if (near < 0 || near >= gridSize || done[near] || ridge[near]! < low) continue;
          done[near] = 1;
          line[many++] = near;
        }
    }
    if (many < shortestLine) continue;
    const length = Math.min(1, 0.35 + many / 130);
    for (let index = 0; index < many; index++) {
      const at = line[index]!;
      lines[at] = length * Math.min(1, 0.35 + (0.65 * ridge[at]!) / (2.5 * high));
    }
  }
  return lines;
}

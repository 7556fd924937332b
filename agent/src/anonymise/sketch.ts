/**
 * Pure. The sketch: running mean of the room's luma over cells that were empty for long. Cells that are not known yet have the mean
 * of a coarse block only, and that too only from cells without person or foreground.
 */
import { gridHeight, gridSize, gridWidth } from './canvas.ts';

/** 16 × 9 blocks, each a sixteenth of the width: the finest that is shown of an unknown part. */
export const blockCells = gridWidth / 16;
export const blocksAcross = gridWidth / blockCells;
export const blocksDown = gridHeight / blockCells;

export interface Sketch {
  /** Mean luma of the empty room, for cells that are known. */
  readonly light: Float32Array;
  /** Pictures in which each cell was empty, up to `memory`. */
  readonly seen: Uint16Array;
  /** Mean luma of each block, from its empty cells; -1: never seen empty. */
  readonly blocks: Float32Array;
}

/** Pictures, five a second, in which a cell must have been empty to be known. */
export const longEnough = 25;
/** Length of the running mean, in pictures. */
const memory = 150;

export const emptySketch = (): Sketch => ({
  light: new Float32Array(gridSize),
  seen: new Uint16Array(gridSize),
  blocks: new Float32Array(blocksAcross * blocksDown).fill(-1),
});

/** Per cell: 0 a person, near one, or foreground; 1 empty, but the background is young; 2 empty and well learnt. */
export type EmptyMask = Uint8Array;

/** Learns one picture. The sketch is changed in place, because it is large. */
export function learn(sketch: Sketch, light: Uint8Array, empty: EmptyMask): void {
  const { light: mean, seen } = sketch;
  for (let cell = 0; cell < gridSize; cell++) {
    if (empty[cell] !== 2) continue;
    const many = seen[cell]! < memory ? ++seen[cell]! : memory;
    mean[cell]! += (light[cell]! - mean[cell]!) / many;
  }
  for (let block = 0; block < sketch.blocks.length; block++) learnBlock(sketch.blocks, block, light, empty);
}

function learnBlock(blocks: Float32Array, block: number, light: Uint8Array, empty: EmptyMask): void {
  const start = Math.floor(block / blocksAcross) * blockCells * gridWidth + (block % blocksAcross) * blockCells;
  let [sum, many] = [0, 0];
  for (let row = 0; row < blockCells; row++) {
    for (let at = start + row * gridWidth, end = at + blockCells; at < end; at++) {
      if (empty[at] === 0) continue;
      sum += light[at]!;
      many++;
    }
  }
  // Under a quarter of the block, the empty cells lie at a body's edge and say more of the body than of the room.
  if (many < (blockCells * blockCells) / 4) return;
  const now = sum / many;
  blocks[block] = blocks[block]! < 0 ? now : blocks[block]! + 0.05 * (now - blocks[block]!);
}

export const blockOf = (cell: number): number =>
  Math.floor(Math.floor(cell / gridWidth) / blockCells) * blocksAcross + Math.floor((cell % gridWidth) / blockCells);

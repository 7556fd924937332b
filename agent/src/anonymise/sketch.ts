/**
 * Pure. Learns what the empty room looks like, out of places where for long there was nothing but the room.
 * What it does not know yet it knows only in coarse blocks, and those too only from places without a person or a change.
 */
import { gridHeight, gridSize, gridWidth } from './canvas.ts';

/** 16 × 9 blocks, each a sixteenth of the width: what is not known yet is never shown any finer. */
export const blockCells = gridWidth / 16;
export const blocksAcross = gridWidth / blockCells;
export const blocksDown = gridHeight / blockCells;

export interface Sketch {
  /** Mean light of the empty room, for cells that are known. */
  readonly light: Float32Array;
  /** How often each cell has been seen empty, up to `longEnough` and beyond. */
  readonly seen: Uint16Array;
  /** Mean light of each block, from its empty cells; -1: never seen empty. */
  readonly blocks: Float32Array;
}

/** So many looks at an empty place, five a second, make it known. */
export const longEnough = 25;
const memory = 150;

export const emptySketch = (): Sketch => ({
  light: new Float32Array(gridSize),
  seen: new Uint16Array(gridSize),
  blocks: new Float32Array(blocksAcross * blocksDown).fill(-1),
});

/** Per cell: 0 covered by a person, near one, or changed; 1 empty, but not remembered for long; 2 empty and remembered. */
export type EmptyMask = Uint8Array;

/** Learns one look at the room; changes the sketch in place, as it is large and there is one. */
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
  // A few cells at a body's edge say more of the body than of the room.
  if (many < (blockCells * blockCells) / 4) return;
  const now = sum / many;
  blocks[block] = blocks[block]! < 0 ? now : blocks[block]! + 0.05 * (now - blocks[block]!);
}

export const blockOf = (cell: number): number =>
  Math.floor(Math.floor(cell / gridWidth) / blockCells) * blocksAcross + Math.floor((cell % gridWidth) / blockCells);

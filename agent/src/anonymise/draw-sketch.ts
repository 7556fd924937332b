/** Pure. Draws the sketch: the learnt room posterised to a few dark tones, its long edges (Canny) as lighter lines. */
import { boxBlur } from './box-blur.ts';
import { cannyLines } from './canny.ts';
import { type Canvas, canvasHeight, canvasWidth, gridHeight, gridSize, gridWidth } from './canvas.ts';
import { blockOf, blocksAcross, blocksDown, longEnough, type Sketch } from './sketch.ts';
import { upscaleLine } from './upscale.ts';

/** Y of the darkest and the lightest tone, and what a line adds: dark enough for a bright person to stand out. */
const [darkest, lightest, lineLight] = [22, 72, 66];
const tones = 6;
/** Reach in cells of the box blur before light becomes a tone. */
const toneReach = 9;
/** A night blue. */
const [tintU, tintV] = [138, 121];
const whole = [0, 0, gridWidth, gridHeight] as const;

/** Mean difference in Y from the drawn sketch, under which a new one is not worth the link's bits. */
const worthDrawing = 0.8;

export interface SketchDrawer {
  /** @returns whether the canvas was drawn anew; it stays as it is where the sketch has hardly changed since */
  draw(sketch: Sketch, canvas: Canvas): boolean;
}

export function sketchDrawer(): SketchDrawer {
  let drawn: Float32Array | undefined;
  return {
    draw(sketch, canvas) {
      const sheet = sheetOf(sketch);
      if (drawn && differenceOf(drawn, sheet) < worthDrawing) return false;
      drawn = sheet;
      put(sheet, canvas);
      return true;
    },
  };
}

const differenceOf = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, light, cell) => sum + Math.abs(light - b[cell]!), 0) / a.length;

/** Y of each cell of the grid. */
function sheetOf(sketch: Sketch): Float32Array {
  const known = new Uint8Array(gridSize);
  const room = new Float32Array(gridSize);
  const blocks = filledUp(sketch.blocks);
  for (let cell = 0; cell < gridSize; cell++) {
    known[cell] = sketch.seen[cell]! >= longEnough ? 1 : 0;
    room[cell] = known[cell] ? sketch.light[cell]! : Math.max(0, blocks[blockOf(cell)]!);
  }
  const lane = new Float32Array(gridWidth + 2 * toneReach);
  boxBlur(room, gridWidth, whole, 1, lane);
  const lines = cannyLines(room, insideKnown(known));
  // Strong enough that no face on a photograph is left; the lines show the room.
  for (let turn = 0; turn < 2; turn++) boxBlur(room, gridWidth, whole, toneReach, lane);
  // Lines of one cell are jagged: blurred to a pencil's stroke.
  const soft = lines.slice();
  boxBlur(soft, gridWidth, whole, 1, lane);
  const sheet = toned(room, blocks, known);
  // A hard edge between tones costs bits and shows no more.
  boxBlur(sheet, gridWidth, whole, 2, lane);
  for (let cell = 0; cell < gridSize; cell++)
    sheet[cell]! += lineLight * Math.min(1, 0.5 * lines[cell]! + 1.2 * soft[cell]!);
  return sheet;
}

function put(sheet: Float32Array, canvas: Canvas): void {
  const line = new Float32Array(canvasWidth);
  for (let row = 0; row < canvasHeight; row++) {
    upscaleLine(sheet, row, 0, gridWidth, line);
    for (let column = 0, to = row * canvasWidth; column < canvasWidth; column++) canvas.y[to++] = line[column]! + 0.5;
  }
  canvas.u.fill(tintU);
  canvas.v.fill(tintV);
}

/** Fills blocks that were never seen empty with the mean of their neighbours: a black hole would look like something. */
function filledUp(blocks: Float32Array): Float32Array {
  let now = blocks;
  for (let turn = 0; turn < blocksAcross && now.some((light) => light < 0); turn++) {
    const before = now;
    now = before.map((light, block) => {
      if (light >= 0) return light;
      const [x, y] = [block % blocksAcross, Math.floor(block / blocksAcross)];
      const around = [
        ...(x > 0 ? [block - 1] : []),
        ...(x < blocksAcross - 1 ? [block + 1] : []),
        ...(y > 0 ? [block - blocksAcross] : []),
        ...(y < blocksDown - 1 ? [block + blocksAcross] : []),
      ];
      const lights = around.map((one) => before[one]!).filter((one) => one >= 0);
      return lights.length === 0 ? light : lights.reduce((sum, one) => sum + one, 0) / lights.length;
    });
  }
  return now;
}

/** Posterises to a few tones with soft steps; cells that are not known yet have the mean of their block. */
function toned(room: Float32Array, blocks: Float32Array, known: Uint8Array): Float32Array {
  const sample = room.filter((value, cell) => cell % 7 === 0 && value > 0).sort();
  const low = sample[Math.floor(sample.length * 0.02)] ?? 0;
  const high = Math.max(low + 24, sample[Math.floor(sample.length * 0.98)] ?? 0);
  const sheet = new Float32Array(gridSize);
  for (let cell = 0; cell < gridSize; cell++) {
    const light = known[cell] ? room[cell]! : blocks[blockOf(cell)]!;
    if (light < 0) {
      sheet[cell] = darkest;
      continue;
    }
    const share = Math.min(1, Math.max(0, (light - low) / (high - low))) ** 0.85 * (tones - 1);
    const step = Math.floor(share);
    const soft = Math.min(1, Math.max(0, (share - step - 0.3) / 0.4));
    sheet[cell] = darkest + ((lightest - darkest) * (step + soft * soft * (3 - 2 * soft))) / (tones - 1);
  }
  return sheet;
}

/** Erodes the known cells by three: the border of the known area is no edge of the room. */
function insideKnown(known: Uint8Array): Uint8Array {
  const inside = new Uint8Array(gridSize);
  for (let row = 3; row < gridHeight - 3; row++)
    for (let at = row * gridWidth + 3, end = (row + 1) * gridWidth - 3; at < end; at++)
      inside[at] =
        known[at]! & known[at - 3]! & known[at + 3]! & known[at - 3 * gridWidth]! & known[at + 3 * gridWidth]!;
  return inside;
}

/** Pure. Draws the learnt room: a calm dark sheet in a few soft tones, its long edges as lighter lines. */
import { boxBlur } from './blur.ts';
import { type Canvas, canvasHeight, canvasWidth, gridHeight, gridSize, gridWidth } from './canvas.ts';
import { linesOf } from './lines.ts';
import { blockOf, longEnough, type Sketch } from './sketch.ts';
import { upscaleLine } from './upscale.ts';

/** Y of the darkest and the lightest tone, and of how much a line adds: dark enough for a bright person to stand out. */
const [darkest, lightest, lineLight] = [22, 72, 66];
const tones = 6;
/** A night blue. */
const [tintU, tintV] = [138, 121];
const whole = [0, 0, gridWidth, gridHeight] as const;

export function drawSketch(sketch: Sketch, canvas: Canvas): void {
  const known = new Uint8Array(gridSize);
  const room = new Float32Array(gridSize);
  for (let cell = 0; cell < gridSize; cell++) {
    known[cell] = sketch.seen[cell]! >= longEnough ? 1 : 0;
    room[cell] = known[cell] ? sketch.light[cell]! : Math.max(0, sketch.blocks[blockOf(cell)]!);
  }
  const lane = new Float32Array(gridWidth + 16);
  boxBlur(room, gridWidth, whole, 1, lane);
  const lines = linesOf(room, insideKnown(known));
  boxBlur(room, gridWidth, whole, 2, lane);
  boxBlur(room, gridWidth, whole, 2, lane);
  // One cell wide they would be stairs: softened to a pencil's stroke.
  const soft = lines.slice();
  boxBlur(soft, gridWidth, whole, 1, lane);
  const sheet = toned(room, sketch, known);
  for (let cell = 0; cell < gridSize; cell++)
    sheet[cell]! += lineLight * Math.min(1, 0.5 * lines[cell]! + 1.2 * soft[cell]!);
  const line = new Float32Array(canvasWidth);
  for (let row = 0; row < canvasHeight; row++) {
    upscaleLine(sheet, row, 0, gridWidth, line);
    for (let column = 0, to = row * canvasWidth; column < canvasWidth; column++) canvas.y[to++] = line[column]! + 0.5;
  }
  canvas.u.fill(tintU);
  canvas.v.fill(tintV);
}

/** A few steps of light with soft edges; places not known yet in the flat light of their block. */
function toned(room: Float32Array, { blocks }: Sketch, known: Uint8Array): Float32Array {
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

/** Lines are drawn only well inside what is known: its border is no edge of the room. */
function insideKnown(known: Uint8Array): Uint8Array {
  const inside = new Uint8Array(gridSize);
  for (let row = 3; row < gridHeight - 3; row++)
    for (let at = row * gridWidth + 3, end = (row + 1) * gridWidth - 3; at < end; at++)
      inside[at] =
        known[at]! & known[at - 3]! & known[at + 3]! & known[at - 3 * gridWidth]! & known[at + 3 * gridWidth]!;
  return inside;
}

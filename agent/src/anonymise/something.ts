/** Pure. Foreground that no person explains, in large connected components: drawn as a hatched shape, «something is here», never as pixels. */
import type { Person } from '@nattfrid/shared/domain/observation';
import type { Change } from '../perceive/seen.ts';
import { boxBlur } from './box-blur.ts';
import {
  type Canvas,
  type Cells,
  canvasHeight,
  canvasWidth,
  cellsAround,
  gridHeight,
  gridSize,
  gridWidth,
  type Placed,
} from './canvas.ts';
import { edge, newField, rampPixels } from './field.ts';
import { upscaleLine } from './upscale.ts';

/** Least share of the picture: a smaller component is a curtain's edge or noise. */
const smallest = 0.004;
/** Foreground from which a cell counts, of 255. */
const certainly = 128;
/** Level of the blurred mask from which a cell belongs to it: under a half, so that the mask grows a little. */
const grown = 0.18;
/** Foreground closer to a person than this share of the person's size belongs to the person: hair, a shadow, a blanket's fold. */
const nearBy = 0.1;
const [hatchLight, groundLight, rimLight] = [112, 44, 160];
/** In pixels: broad stripes cost an encoder with blocks of sixteen pixels little. */
const hatch = { every: 28, wide: 8 } as const;
const whole: Cells = [0, 0, gridWidth, gridHeight];

export interface Something {
  /** Takes one picture; exponential smoothing keeps out what flickers for a single one. */
  see(change: Change, persons: readonly Person[]): void;
  draw(canvas: Canvas): void;
}

export function something(at: Placed): Something {
  const crumb = (smallest / 4) * ((at.width * at.height) / 4);
  const target = newField();
  const steady = newField();
  const smooth = newField();
  const open = new Uint8Array(gridSize);
  const line = new Float32Array(canvasWidth);
  const lane = new Float32Array(gridWidth + 32);
  let any = false;
  return {
    see(change, persons) {
      target.fill(0);
      layChange(target, change, persons, at);
      any = false;
      for (let cell = 0; cell < steady.length; cell++) {
        const now = steady[cell]! + 0.4 * (target[cell]! - steady[cell]!);
        steady[cell] = now < 0.01 ? 0 : now;
        if (now > 0.4) any = true;
      }
    },
    draw(canvas) {
      if (!any) return;
      smooth.set(steady);
      decide(smooth, crumb, open, lane);
      boxBlur(smooth, gridWidth, whole, 2, lane);
      boxBlur(smooth, gridWidth, whole, 1, lane);
      for (let row = 0; row < 2 * gridHeight; row++) {
        upscaleLine(smooth, row, 0, gridWidth, line);
        hatchLine(canvas.y, row, line);
      }
    },
  };
}

/**
 * Binary mask with a plain contour, without small components and small holes: flickering foreground leaves shallow ragged areas, whose
 * pale rim would look like a thing by itself. The mask grows a little, so that what is thin does not vanish.
 * @param crumb cells under which a component is dropped
 */
function decide(values: Float32Array, crumb: number, open: Uint8Array, lane: Float32Array): void {
  for (let cell = 0; cell < values.length; cell++) values[cell] = values[cell]! > edge ? 1 : 0;
  boxBlur(values, gridWidth, whole, 2, lane);
  for (let cell = 0; cell < values.length; cell++) values[cell] = values[cell]! > grown ? 1 : 0;
  for (const [side, least] of [
    [0, 4 * crumb],
    [1, crumb],
  ] as const) {
    for (let cell = 0; cell < open.length; cell++) open[cell] = values[cell] === side ? 1 : 0;
    dropSmallComponents(open, gridWidth, least);
    for (let cell = 0; cell < open.length; cell++) values[cell] = open[cell] === 1 ? side : 1 - side;
  }
}

function hatchLine(y: Uint8Array, row: number, line: Float32Array): void {
  const start = row * canvasWidth;
  for (let column = 0; column < canvasWidth; column++) {
    const depth = (line[column]! - edge) * rampPixels * 1.6;
    if (depth <= -0.5) continue;
    const inside = Math.min(1, depth + 0.5);
    const stripe = (column - row + hatch.every * canvasHeight) % hatch.every;
    const light = depth < 1.8 ? rimLight : stripe < hatch.wide ? hatchLight : groundLight;
    y[start + column] = y[start + column]! + inside * (light - y[start + column]!);
  }
}

function layChange(target: Float32Array, change: Change, persons: readonly Person[], at: Placed): void {
  const { width, height, changed } = change;
  const open = new Uint8Array(changed.length);
  for (let cell = 0; cell < open.length; cell++) open[cell] = changed[cell]! >= certainly ? 1 : 0;
  for (const { box } of persons) {
    const near = nearBy * Math.max(box.width, box.height);
    const left = Math.max(0, Math.floor((box.x - near) * width));
    const right = Math.min(width, Math.ceil((box.x + box.width + near) * width));
    const top = Math.max(0, Math.floor((box.y - near) * height));
    const bottom = Math.min(height, Math.ceil((box.y + box.height + near) * height));
    for (let row = top; row < bottom; row++) open.fill(0, row * width + left, row * width + Math.max(left, right));
  }
  dropSmallComponents(open, width, Math.ceil(smallest * open.length));
  const [w, h] = [at.width / 2 / width, at.height / 2 / height];
  for (let cell = 0; cell < open.length; cell++) {
    if (!open[cell]) continue;
    const box = { x: at.x / 2 + (cell % width) * w, y: at.y / 2 + Math.floor(cell / width) * h, width: w, height: h };
    fillBox(target, cellsAround(box, 0), 1);
  }
}

/** Keeps the connected components (of four neighbours) with at least so many cells. */
function dropSmallComponents(open: Uint8Array, width: number, least: number): void {
  const done = new Uint8Array(open.length);
  const group = new Int32Array(open.length);
  for (let seed = 0; seed < open.length; seed++) {
    if (!open[seed] || done[seed]) continue;
    let many = 1;
    group[0] = seed;
    done[seed] = 1;
    for (let next = 0; next < many; next++) {
      const at = group[next]!;
      const x = at % width;
      for (const near of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (near < 0 || near >= open.length || !open[near] || done[near]) continue;
        done[near] = 1;
        group[many++] = near;
      }
    }
    if (many < least) for (let index = 0; index < many; index++) open[group[index]!] = 0;
  }
}

function fillBox(field: Float32Array, [left, top, right, bottom]: Cells, value: number): void {
  for (let row = top; row < bottom; row++)
    field.fill(value, row * gridWidth + left, row * gridWidth + Math.max(left, right));
}

/** Pure. Draws one person as a silhouette: a bright shape with a clear outline on a dark halo, and the skeleton that shows the posture. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Person } from '@nattfrid/shared/domain/observation';
import type { Shape } from '../perceive/seen.ts';
import { type Body, bodyOf, boxBody, questionMark, type Stroke } from './body.ts';
import { boxBlur } from './box-blur.ts';
import { type Canvas, canvasHeight, canvasWidth, cellsAround, gridSize, gridWidth, type Placed } from './canvas.ts';
import { maskCleaner } from './clean-mask.ts';
import { edge, type Field, fieldOf, layStroke, newField, rampPixels, wipe } from './field.ts';
import { type Contrast, contrastAlong } from './legible.ts';
import { stabiliser } from './stabilise.ts';
import { upscaleLine } from './upscale.ts';

/** One calm colour for each person (U, V): amber, sea green, rose, lilac. */
const colours = [
  [92, 152],
  [128, 92],
  [118, 164],
  [158, 140],
] as const;
const [fillLight, outlineLight, haloLight, boneLight] = [168, 235, 16, 62];
/** Y of an uncertain person. Even, because stripes would take a whole second's bits and say less than a «?». */
const doubtLight = 72;
const outlineWidth = 2.6;

/** filled: over the sketch. outlined: over a veiled picture, which stays visible inside. */
export type Manner = 'filled' | 'outlined';

export interface Drawer {
  /**
   * @param how `surely`: the person is certain; else the shape is dim, without a skeleton, and marked «?»
   * @returns the contrast of the shape against what is around it
   */
  draw(
    canvas: Canvas,
    person: Person,
    shape: Shape | undefined,
    at: Placed,
    how: { readonly manner: Manner; readonly surely: boolean },
  ): Contrast;
  /** Drops all other persons. */
  only(persons: readonly Person[]): void;
}

export function drawer(): Drawer {
  const values = newField();
  const halo = new Float32Array(gridSize);
  const bones = newField();
  const line = new Float32Array(canvasWidth);
  const lane = new Float32Array(gridWidth + 32);
  const cleanMask = maskCleaner();
  const figures = stabiliser();
  return {
    draw(canvas, person, shape, at, { manner, surely }) {
      const found = person.joints && bodyOf(person.joints, at);
      const now = fieldOf(values, person.box, shape, strokesFor(person, shape, found, at), at, cleanMask);
      const { field, body } = figures.stabilise(person.track, { field: now, body: found });
      wipe(now);
      layHalo(canvas, field, halo, lane, manner);
      paint(canvas, field, colours[person.track % colours.length] ?? colours[0], { manner, surely }, line);
      const contrast = contrastAlong(canvas.y, field);
      // Strokes are dark on the bright fill, bright on the dim one and over a veiled picture.
      const [light, doubt] = manner === 'filled' ? [boneLight, fillLight] : [outlineLight, outlineLight];
      if (!surely) paintStrokes(canvas, questionMark(boundsOf(field)), doubt, bones, line);
      else if (body) paintStrokes(canvas, body.bones, light, bones, line);
      return contrast;
    },
    only: (persons) => figures.only(persons.map(({ track }) => track)),
  };
}

/** Bounding box of the drawn shape, in cells. */
function boundsOf({ values, cells: [left, top, right, bottom] }: Field): Box {
  let [x1, y1, x2, y2] = [right, bottom, left, top];
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      if (values[y * gridWidth + x]! <= edge) continue;
      [x1, y1, x2, y2] = [Math.min(x1, x), Math.min(y1, y), Math.max(x2, x + 1), Math.max(y2, y + 1)];
    }
  return { x: x1, y: y1, width: Math.max(0, x2 - x1), height: Math.max(0, y2 - y1) };
}

/** With a mask: thin limbs that fill its holes. Without: the fleshed-out skeleton, or the box where there are no keypoints. */
function strokesFor(person: Person, shape: Shape | undefined, body: Body | undefined, at: Placed) {
  if (shape) return body ? body.flesh.map((one) => ({ ...one, radius: one.radius * 0.35 })) : [];
  return body ? body.flesh : boxBody(person, at);
}

function layHalo(
  { y }: Canvas,
  { values, cells }: Field,
  halo: Float32Array,
  lane: Float32Array,
  manner: Manner,
): void {
  const [left, top, right, bottom] = cells;
  if (right <= left || bottom <= top) return;
  for (let row = top; row < bottom; row++)
    for (let at = row * gridWidth + left, end = row * gridWidth + right; at < end; at++) halo[at] = values[at]!;
  boxBlur(halo, gridWidth, cells, 4, lane);
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      const at = row * gridWidth + column;
      // The veiled picture stays visible inside the shape.
      const inside = manner === 'outlined' ? 1 - 0.85 * Math.min(1, Math.max(0, (values[at]! - 0.6) * 4)) : 1;
      const share = inside * Math.min(0.94, halo[at]! * 6);
      if (share <= 0.01) continue;
      const start = 2 * row * canvasWidth + 2 * column;
      darken(y, start, share);
      darken(y, start + 1, share);
      darken(y, start + canvasWidth, share);
      darken(y, start + canvasWidth + 1, share);
    }
}

const darken = (y: Uint8Array, at: number, share: number): void => {
  y[at] = y[at]! + share * (haloLight - y[at]!);
};

function paint(
  { y, u, v }: Canvas,
  { values, cells: [left, top, right, bottom] }: Field,
  [tintU, tintV]: readonly [number, number],
  { manner, surely }: { readonly manner: Manner; readonly surely: boolean },
  line: Float32Array,
): void {
  const light = surely ? fillLight : doubtLight;
  const filling = manner === 'filled' ? 1 : 0;
  const colouring = surely ? filling : 0;
  for (let row = 2 * top; row < 2 * bottom && row < canvasHeight; row++) {
    upscaleLine(values, row, left, right, line);
    const start = row * canvasWidth + 2 * left;
    for (let index = 0; index < 2 * (right - left); index++) {
      const depth = (line[index]! - edge) * rampPixels;
      if (depth <= -0.5) continue;
      const inside = Math.min(1, depth + 0.5);
      const rim = Math.max(0, Math.min(inside, outlineWidth + 0.5 - depth));
      const at = start + index;
      const filled = y[at]! + filling * inside * (light - y[at]!);
      y[at] = filled + rim * (outlineLight - filled) + 0.5;
    }
  }
  for (let row = top; row < bottom; row++)
    for (let at = row * gridWidth + left, end = row * gridWidth + right; at < end; at++) {
      const depth = (values[at]! - edge) * rampPixels;
      if (depth <= -0.5) continue;
      const inside = Math.min(1, depth + 0.5);
      // A bright rim cannot show a strong chroma.
      const share = inside * (depth < outlineWidth ? 0.45 : 1) * (colouring || depth < outlineWidth ? 1 : 0);
      u[at] = u[at]! + share * (tintU - u[at]!);
      v[at] = v[at]! + share * (tintV - v[at]!);
    }
}

function paintStrokes(
  { y }: Canvas,
  strokes: readonly Stroke[],
  light: number,
  values: Float32Array,
  line: Float32Array,
): void {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of strokes) {
    layStroke(values, stroke);
    [x1, y1] = [
      Math.min(x1, stroke.x1 - stroke.radius, stroke.x2 - stroke.radius),
      Math.min(y1, stroke.y1 - stroke.radius, stroke.y2 - stroke.radius),
    ];
    [x2, y2] = [
      Math.max(x2, stroke.x1 + stroke.radius, stroke.x2 + stroke.radius),
      Math.max(y2, stroke.y1 + stroke.radius, stroke.y2 + stroke.radius),
    ];
  }
  const cells = cellsAround({ x: x1, y: y1, width: x2 - x1, height: y2 - y1 }, 3);
  const [left, top, right, bottom] = cells;
  for (let row = 2 * top; row < 2 * bottom && row < canvasHeight; row++) {
    upscaleLine(values, row, left, right, line);
    const start = row * canvasWidth + 2 * left;
    for (let index = 0; index < 2 * (right - left); index++) {
      const share = Math.min(1, Math.max(0, (line[index]! - 0.25) * 2));
      if (share > 0) y[start + index] = y[start + index]! + share * (light - y[start + index]!);
    }
  }
  wipe({ values, cells });
}

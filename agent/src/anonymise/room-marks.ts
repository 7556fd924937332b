/** Pure. Draws the confirmed beds and doors into the picture, with their names: an operator reads from them where a person lies. */
import type { Box, Polygon } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';
import { boxBlur } from './box-blur.ts';
import { type Canvas, canvasHeight, canvasWidth, gridHeight, gridSize, gridWidth, type Placed } from './canvas.ts';
import { layStroke, newField } from './field.ts';
import { drawLetters, letterHeight, wordsWidth } from './letters.ts';
import type { Manner } from './silhouette.ts';
import { upscaleLine } from './upscale.ts';

/** `lighter`: steps of Y above the sketch, for a bed is a surface and a door a frame. */
interface Kind {
  readonly name: string;
  readonly lighter: number;
  readonly tint: readonly [u: number, v: number];
}
const kinds = {
  bed: { name: 'säng', lighter: 14, tint: [126, 131] },
  exit: { name: 'dörr', lighter: 5, tint: [130, 119] },
  bathroom: { name: 'bad', lighter: 5, tint: [130, 119] },
} as const satisfies Record<string, Kind>;

interface Mark extends Kind {
  /** Masks of the surface and of its outline on the grid, 0 to 1. */
  readonly inside: Float32Array;
  readonly line: Float32Array;
  /** Corner of the name, in pixels: at the lower edge, where a person in the bed or the door hides it least. */
  readonly left: number;
  readonly top: number;
}

/** Y on the sketch: dark enough that a person before it keeps the needed contrast. */
const [lineLight, nameLight] = [104, 150];
/** Y over a veiled picture, by its own light. */
const [onDark, onBright, middle] = [220, 30, 130];
const lineRadius = 0.9;
/** Width of a figure's dark halo, in pixels. */
const halo = 12;

/**
 * @param manner filled: on the sketch, before persons are drawn. outlined: over a veiled picture
 * @param persons boxes of the persons drawn afterwards: a name under one is left out, because letters in a drawn head look like a face
 */
export type DrawMarks = (canvas: Canvas, room: Room, manner: Manner, persons?: readonly Box[]) => void;

/** @param at where the camera's picture lies on the canvas */
export function roomMarks(at: Placed): DrawMarks {
  let known: Room | undefined;
  let marks: readonly Mark[] = [];
  const surface = new Float32Array(canvasWidth);
  const drawn = new Float32Array(canvasWidth);
  return (canvas, room, manner, persons = []) => {
    if (room !== known) [known, marks] = [room, marksOf(room, at)];
    for (const mark of marks) {
      const { left, top, name } = mark;
      for (let row = 0; row < canvasHeight; row++) {
        upscaleLine(mark.inside, row, 0, gridWidth, surface);
        upscaleLine(mark.line, row, 0, gridWidth, drawn);
        if (manner === 'filled') lineOnSketch(canvas.y, row, surface, drawn, mark.lighter);
        else lineOnVeil(canvas.y, row, drawn);
      }
      if (manner === 'filled') colour(canvas, mark);
      if (manner === 'outlined' && persons.some((box) => covers(box, mark, at))) continue;
      const under = canvas.y[top * canvasWidth + left]!;
      drawLetters(canvas, name, left, top, manner === 'filled' ? nameLight : under > middle ? onBright : onDark);
    }
  };
}

/** Whether this person's figure, with its halo, lies on the name. */
function covers(box: Box, { name, left, top }: Mark, at: Placed): boolean {
  const x = at.x + box.x * at.width - halo;
  const y = at.y + box.y * at.height - halo;
  return (
    left < x + box.width * at.width + 2 * halo &&
    left + wordsWidth(name) > x &&
    top < y + box.height * at.height + 2 * halo &&
    top + letterHeight > y
  );
}

function lineOnSketch(y: Uint8Array, row: number, inside: Float32Array, line: Float32Array, lighter: number): void {
  for (let column = 0, at = row * canvasWidth; column < canvasWidth; column++, at++) {
    if (inside[column] === 0 && line[column] === 0) continue;
    const lit = y[at]! + lighter * inside[column]!;
    y[at] = lit + Math.min(1, line[column]!) * Math.max(0, lineLight - lit) + 0.5;
  }
}

function lineOnVeil(y: Uint8Array, row: number, line: Float32Array): void {
  for (let column = 0, at = row * canvasWidth; column < canvasWidth; column++, at++) {
    if (line[column] === 0) continue;
    const share = 0.7 * Math.min(1, line[column]!);
    y[at] = y[at]! + share * ((y[at]! > middle ? onBright : onDark) - y[at]!);
  }
}

function colour({ u, v }: Canvas, { inside, tint }: Mark): void {
  for (let cell = 0; cell < gridSize; cell++) {
    if (inside[cell] === 0) continue;
    u[cell] = u[cell]! + inside[cell]! * (tint[0] - u[cell]!);
    v[cell] = v[cell]! + inside[cell]! * (tint[1] - v[cell]!);
  }
}

const marksOf = ({ beds, exits, bathroomExits = [] }: Room, at: Placed): readonly Mark[] => [
  ...beds.map((outline) => markOf(outline, kinds.bed, at)),
  ...exits.map((outline) => markOf(outline, kinds.exit, at)),
  ...bathroomExits.map((outline) => markOf(outline, kinds.bathroom, at)),
];

function markOf(outline: Polygon, kind: Kind, at: Placed): Mark {
  const corners = outline.map(([x, y]) => ({ x: (at.x + x * at.width) / 2, y: (at.y + y * at.height) / 2 }));
  const line = newField();
  corners.forEach((from, index) => {
    const to = corners[(index + 1) % corners.length]!;
    layStroke(line, { x1: from.x, y1: from.y, x2: to.x, y2: to.y, radius: lineRadius });
  });
  const leftmost = 2 * Math.min(...corners.map(({ x }) => x)) + 8;
  const lowest = 2 * Math.max(...corners.map(({ y }) => y)) - letterHeight - 8;
  const left = Math.round(Math.max(0, Math.min(leftmost, canvasWidth - wordsWidth(kind.name))));
  const top = Math.round(Math.max(0, Math.min(lowest, canvasHeight - letterHeight - 4)));
  return { ...kind, line, inside: filled(corners), left, top };
}

/** Polygon fill: 1 inside, 0 outside, with a soft edge (scan lines, even-odd rule). */
function filled(corners: readonly { readonly x: number; readonly y: number }[]): Float32Array {
  const inside = newField();
  for (let row = 0; row < gridHeight; row++) {
    const crossings: number[] = [];
    corners.forEach((a, index) => {
      const b = corners[(index + 1) % corners.length]!;
      if (a.y > row + 0.5 !== b.y > row + 0.5) crossings.push(a.x + ((row + 0.5 - a.y) / (b.y - a.y)) * (b.x - a.x));
    });
    crossings.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const from = Math.max(0, Math.round(crossings[pair]!));
      const to = Math.min(gridWidth, Math.round(crossings[pair + 1]!));
      if (to > from) inside.fill(1, row * gridWidth + from, row * gridWidth + to);
    }
  }
  boxBlur(inside, gridWidth, [0, 0, gridWidth, gridHeight], 1, new Float32Array(gridWidth + 8));
  return inside;
}

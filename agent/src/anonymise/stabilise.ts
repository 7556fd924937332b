/**
 * Pure. Temporal stabilisation of each drawn figure, with a dead band: a model's mask jitters from picture to picture, also of a
 * sleeper, and that jitter would cost the link more than all motion.
 */
import type { Body, Stroke } from './body.ts';
import { type Cells, gridSize, gridWidth } from './canvas.ts';
import { edge, type Field } from './field.ts';

/** Dead band: share of the figure that must have changed sides of the outline, and cells that a joint must have moved. */
const [outlineMoved, jointMoved] = [0.08, 2.5];
/** A moving figure is redrawn in every second picture, as animators do: half the bits, and a better picture of each. */
const every = 2;
/** A mask that shrinks under this share at once is taken for a partial one, until it has been so for as many pictures. */
const [shrunk, believedAfter] = [0.55, 15];
/** Pictures for which limbs may be missing before they are left out. */
const missing = 4;

export interface Figure {
  readonly field: Field;
  readonly body: Body | undefined;
}

export interface Stabiliser {
  /** The figure to draw for this track; the field is copied where it is kept. */
  stabilise(track: number, figure: Figure): Figure;
  /** Drops all other tracks. */
  only(tracks: readonly number[]): void;
}

interface Kept {
  readonly values: Float32Array;
  cells: Cells;
  body: Body | undefined;
  lacking: number;
  /** Pictures since the figure was redrawn. */
  since: number;
  /** Pictures for which the mask has been much smaller than the drawn one. */
  small: number;
}

export function stabiliser(): Stabiliser {
  const figures = new Map<number, Kept>();
  const spare: Float32Array[] = [];
  return {
    stabilise(track, { field, body }) {
      let kept = figures.get(track);
      if (!kept) {
        kept = {
          values: spare.pop() ?? new Float32Array(gridSize),
          cells: [0, 0, 0, 0],
          body: undefined,
          lacking: 0,
          since: every,
          small: 0,
        };
        figures.set(track, kept);
      }
      kept.since++;
      kept.small = areaOf(field) < shrunk * areaOf(kept) ? kept.small + 1 : 0;
      if (kept.small > 0 && kept.small <= believedAfter) return figureOf(kept);
      const due = kept.since >= every;
      const moved = due && hasMoved(kept, field);
      if (moved) lay(kept, field);
      kept.lacking = limbs(body) < limbs(kept.body) ? kept.lacking + 1 : 0;
      const bent = due && (kept.lacking > missing || (kept.lacking === 0 && !alike(kept.body, body)));
      if (moved || bent) [kept.body, kept.since] = [body, 0];
      return figureOf(kept);
    },
    only(tracks) {
      for (const [track, { values }] of figures) {
        if (tracks.includes(track)) continue;
        figures.delete(track);
        spare.push(values.fill(0));
      }
    },
  };
}

const figureOf = ({ values, cells, body }: Kept): Figure => ({ field: { values, cells }, body });

function areaOf({ values, cells: [left, top, right, bottom] }: Field): number {
  let area = 0;
  for (let row = top; row < bottom; row++)
    for (let at = row * gridWidth + left, end = row * gridWidth + right; at < end; at++) if (values[at]! > edge) area++;
  return area;
}

function hasMoved({ values, cells: before }: Kept, { values: now, cells }: Field): boolean {
  const [left, top] = [Math.min(before[0], cells[0]), Math.min(before[1], cells[1])];
  const [right, bottom] = [Math.max(before[2], cells[2]), Math.max(before[3], cells[3])];
  let [all, other] = [0, 0];
  for (let row = top; row < bottom; row++)
    for (let at = row * gridWidth + left, end = row * gridWidth + right; at < end; at++) {
      const [a, b] = [values[at]! > edge, now[at]! > edge];
      if (a || b) all++;
      if (a !== b) other++;
    }
  return other > outlineMoved * all;
}

function lay(kept: Kept, { values, cells }: Field): void {
  clear(kept);
  const [left, top, right, bottom] = cells;
  for (let row = top; row < bottom; row++) {
    const [from, to] = [row * gridWidth + left, row * gridWidth + Math.max(left, right)];
    kept.values.set(values.subarray(from, to), from);
  }
  kept.cells = cells;
}

function clear({ values, cells: [left, top, right, bottom] }: Kept): void {
  for (let row = top; row < bottom; row++)
    values.fill(0, row * gridWidth + left, row * gridWidth + Math.max(left, right));
}

const limbs = (body: Body | undefined): number => body?.bones.length ?? 0;

function alike(a: Body | undefined, b: Body | undefined): boolean {
  if (!a || !b || limbs(a) !== limbs(b)) return a === b;
  return a.bones.every((bone, index) => near(bone, b.bones[index]!));
}

const near = (a: Stroke, b: Stroke): boolean =>
  Math.hypot(a.x1 - b.x1, a.y1 - b.y1) < jointMoved && Math.hypot(a.x2 - b.x2, a.y2 - b.y2) < jointMoved;

/** Pure. Tracks and scene as the parts of an observation: persons, masks, picture state, sight of each bed. */
import { type Box, contains, type Polygon } from '@nattfrid/shared/domain/geometry';
import type { BedSight, Person, PictureState } from '@nattfrid/shared/domain/observation';
import { boundingBox } from '@nattfrid/shared/domain/outline';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Pixels } from '../decode/frame.ts';
import type { SceneChange } from './background.ts';
import { axisOf } from './body-axis.ts';
import { type Cells, cellsOf } from './cells.ts';
import type { LightRange } from './contrast-stretch.ts';
import type { Life } from './life.ts';
import { changedIn, knownIn } from './region-proposal.ts';
import type { Shape } from './seen.ts';
import { secondsUnseen, type Track } from './track.ts';

/** A track with less certainty is not reported. */
const leastReported = 0.15;
export const isReported = (track: Track): boolean => track.certainty >= leastReported;

export function personOf(track: Track, at: Instant, { change }: SceneChange, aspect: number): Person {
  const axis = track.body ? track.body.axis : (restingAxis(track) ?? axisOfChange(track.box, change, aspect));
  return {
    track: track.id,
    box: track.box,
    certainty: track.certainty,
    ...(track.body ? { joints: track.body.joints } : {}),
    unseenFor: milliseconds(track.rest && track.emptyFor === 0 ? 0 : 1000 * secondsUnseen(track, at)),
    ...(axis ? { axis } : {}),
  };
}

/** Principal axis of the motion that was tracked to its end. */
const restingAxis = ({ rest }: Track) => rest?.axis;

/** Principal axis of the foreground in the box, where enough of it is foreground to be a body. */
function axisOfChange(box: Box, change: SceneChange['change'], aspect: number) {
  if (knownIn(box, change) < 0.05 || changedIn(box, change) < 0.15) return undefined;
  const { width, height, changed } = change;
  return axisOf({ width, height, weights: changed, cellAspect: (aspect * height) / width }, box);
}

/** The mask of the last pose, moved along with the track since. */
export function shapeOf({ id, box, body }: Track): readonly Shape[] {
  if (!body) return [];
  const { region, width, height, mask } = body.shape;
  if (width === 0 || height === 0) return [];
  const [dx, dy] = [box.x - body.box.x, box.y - body.box.y];
  return [{ track: id, region: { ...region, x: region.x + dx, y: region.y + dy }, width, height, mask }];
}

export function pictureOf(
  { light }: Cells,
  { dark, bright }: LightRange,
  scene: SceneChange,
  more: Pick<PictureState, 'aspect' | 'alive' | 'alike' | 'colour'>,
): PictureState {
  let sum = 0;
  let burnt = 0;
  for (let cell = 0; cell < light.length; cell++) {
    sum += light[cell]!;
    if (light[cell]! >= burntOut) burnt++;
  }
  const all = Math.max(1, light.length);
  return {
    brightness: share((sum / all - 16) / 219),
    contrast: share((bright - dark) / 219),
    changed: scene.changedShare,
    known: scene.knownShare,
    moving: scene.movingShare,
    noise: share(scene.noise / 219),
    burnt: burnt / all,
    ...more,
  };
}

/** One in so many samples says as much as all of them. */
const colourEvery = 31;

/** Mean distance of the colour planes from neutral (128), as a share of the largest. */
export function colourOf({ u, v }: Pick<Pixels, 'u' | 'v'>): number {
  let [sum, many] = [0, 0];
  for (let at = 0; at < u.length; at += colourEvery) {
    sum += Math.abs(u[at]! - 128) + Math.abs(v[at]! - 128);
    many += 2;
  }
  return many === 0 ? 0 : share(sum / many / 127);
}

/** Clipped luma: video white is 235, minus noise. */
const burntOut = 230;

/** Share of the picture; a larger motion is light: a lamp, headlights, the camera's exposure. */
const lightMoves = 0.25;

/** Foreground, motion and learnt background inside a bed's outline, people in front of it included. */
export function bedSightOf(
  bed: Polygon,
  { change, moving, movingShare, relit }: SceneChange,
  { life, body }: { readonly life?: Life; readonly body?: number | undefined } = {},
): BedSight {
  const { width, height } = change;
  const [left, top, right, bottom] = cellsOf(boundingBox(bed), width, height);
  let [all, changed, moves, known, lives] = [0, 0, 0, 0, 0];
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      if (!contains(bed, (column + 0.5) / width, (row + 0.5) / height)) continue;
      const at = row * width + column;
      all++;
      known += change.known[at]! / 255;
      if (change.changed[at]! > 127) changed++;
      if (moving[at]! > 127) moves++;
      if (life && life.lives[at]! > 0) lives++;
    }
  const of = Math.max(1, all);
  const lightChanges = relit || movingShare > lightMoves;
  return {
    changed: changed / of,
    moving: lightChanges ? 0 : moves / of,
    known: relit ? 0 : known / of,
    ...(life ? { lives: lives / of } : {}),
    ...(body === undefined ? {} : { body }),
  };
}

const share = (value: number): number => Math.min(1, Math.max(0, value));

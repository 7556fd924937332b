/** One camera, watched: every picture is compared with the room, a few places in it are looked at, and who is there is remembered. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Gone, Observed, Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Frame, Pixels } from '../decode/frame.ts';
import { type Attention, attend, attentionAtFirst } from './attention.ts';
import { type Background, type Noticed, stepBackground } from './background.ts';
import { axisOf } from './body-axis.ts';
import { lightInCells } from './cells.ts';
import { quarterTurns } from './crop.ts';
import { lookAt, windowsOn } from './look-at.ts';
import type { SeeingModels } from './models.ts';
import { changedIn, type Figure, knownIn, proposePlaces } from './places.ts';
import type { Shape } from './seen.ts';
import { lightRange, stretched, without } from './sight.ts';
import { type Look, seenLast, type Track, type Tracks, tracking } from './track.ts';

export interface Watching {
  readonly background: Background | undefined;
  readonly attention: Attention;
  readonly tracks: Tracks;
}

export const watchingAtFirst: Watching = {
  background: undefined,
  attention: attentionAtFirst,
  tracks: tracking.initial,
};

export interface Sighting {
  readonly observation: Observed;
  readonly shapes: readonly Shape[];
  readonly noticed: Noticed;
}

/** Under it nobody is told of. */
const leastCertain = 0.15;
/** Places beside the followed that are looked at in one picture: the best first, the others in the next. */
const mostPlaces = 2;

/** @throws Fault `model-failed` */
export async function watch(
  before: Watching,
  frame: Frame,
  room: Room,
  models: SeeingModels,
): Promise<readonly [Watching, Sighting]> {
  const { at } = frame;
  const allowed = without(frame, room.masks);
  const cells = lightInCells(allowed);
  const alive = before.background === undefined || !same(before.background.last, cells.light);
  const persons = before.tracks.tracks.filter((track) => track.certainty >= 0.3).map((track) => track.box);
  const [background, noticed] = stepBackground(before.background, { at, cells, persons });
  const [attention, wanted] = attend(before.attention, at, noticed, before.tracks.tracks);
  const range = lightRange(allowed);
  const pixels = stretched(allowed, range);

  const figures: Figure[] = [];
  for (const turn of wanted.scan) figures.push(...(await models.figures(pixels, turn)));
  const looks: Look[] = [];
  for (const track of wanted.tracks) looks.push(await lookAgain(models, pixels, track, figures, before.attention.turn));
  const taken = [
    ...looks.flatMap((look) => (look.body ? [look.body.box] : [])),
    ...before.tracks.tracks
      .filter((track) => !wanted.tracks.includes(track) && seenLast(track, at) < 0.6)
      .map((track) => track.box),
  ];
  const aspect = frame.width / frame.height;
  const change = noticed.jumped
    ? { ...noticed.change, changed: new Uint8Array(noticed.change.changed.length) }
    : noticed.change;
  const places = proposePlaces(figures, change, taken, aspect);
  for (const place of turnsFor(places, before.attention.turn)) {
    const found = await lookAt(models, pixels, windowsOn(place.box, pixels, place.turns.slice(0, 2)));
    looks.push({ of: 'place', box: place.box, score: place.score, ...found });
  }

  const watched = { at, noticed, looks, figures, scanned: wanted.scan.length, exits: room.exits, aspect };
  const [tracks, gone] = tracking.step(before.tracks, watched);
  const picture = {
    brightness: share((meanOf(cells.light) - 16) / 219),
    contrast: share((range.bright - range.dark) / 219),
    changed: noticed.changedShare,
    known: noticed.knownShare,
    aspect,
    alive,
  };
  const tell = before.tracks.tracks.filter((track) => track.certainty >= leastCertain).map((track) => track.id);
  const wasTold = gone.filter((one: Gone) => tell.includes(one.track));
  const told = tracks.tracks.filter((track) => track.certainty >= leastCertain);
  const observation: Observed = {
    type: 'observed',
    at,
    persons: told.map((track) => personOf(track, at, noticed, aspect)),
    picture,
    ...(wasTold.length > 0 ? { gone: wasTold } : {}),
  };
  return [
    { background, attention, tracks },
    { observation, shapes: told.flatMap(shapeOf), noticed },
  ];
}

/** Blobs of change are tried in one turn a picture, figures in the turns in which they were seen. */
function turnsFor<Place extends { readonly score: number; readonly turns: readonly number[] }>(
  places: readonly Place[],
  tick: number,
): readonly Place[] {
  return places
    .slice(0, mostPlaces)
    .map((place) => (place.score > 0 ? place : { ...place, turns: [place.turns[tick % place.turns.length]!] }));
}

/** Where the track's own window points; when it is lost there, one other turn, and where a figure was seen. */
async function lookAgain(
  models: SeeingModels,
  pixels: Pixels,
  track: Track,
  figures: readonly Figure[],
  tick: number,
): Promise<Look> {
  const figure = figures.find((one) => one.score >= 0.25 && overlapsMuch(one.box, track.box));
  const own = track.next ? [track.next] : [];
  const other = figure
    ? windowsOn(figure.box, pixels, [figure.turn])
    : windowsOn(track.box, pixels, [quarterTurns[tick % quarterTurns.length]!]);
  const found = await lookAt(models, pixels, [...own]);
  if (found.body) return { of: 'track', track: track.id, ...found };
  const second = await lookAt(models, pixels, other);
  const best = second.presence > found.presence ? second : found;
  return { of: 'track', track: track.id, ...best };
}

const overlapsMuch = (a: Box, b: Box): boolean => {
  const w = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return w > 0 && h > 0 && w * h > 0.4 * Math.min(a.width * a.height, b.width * b.height);
};

function personOf(track: Track, at: Frame['at'], { change }: Noticed, aspect: number): Person {
  const axis = track.body ? track.body.axis : axisOfChange(track.box, change, aspect);
  return {
    track: track.id,
    box: track.box,
    certainty: track.certainty,
    ...(track.body ? { joints: track.body.joints } : {}),
    unseenFor: milliseconds(1000 * seenLast(track, at)),
    ...(axis ? { axis } : {}),
  };
}

/** The shape of what differs from the known room there, when it fills enough of the box to be a body. */
function axisOfChange(box: Box, change: Noticed['change'], aspect: number) {
  if (knownIn(box, change) < 0.1 || changedIn(box, change) < 0.15) return undefined;
  const { width, height, changed } = change;
  return axisOf({ width, height, weights: changed, cellAspect: (aspect * height) / width }, box);
}

/** The mask as it was understood, moved along with the track since. */
function shapeOf({ id, box, body }: Track): readonly Shape[] {
  if (!body) return [];
  const { region, width, height, mask } = body.shape;
  if (width === 0 || height === 0) return [];
  const [dx, dy] = [box.x - body.box.x, box.y - body.box.y];
  return [{ track: id, region: { ...region, x: region.x + dx, y: region.y + dy }, width, height, mask }];
}

const share = (value: number): number => Math.min(1, Math.max(0, value));
const meanOf = (values: Float32Array): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function same(a: Float32Array, b: Float32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** One camera, watched: every picture is compared with the room, a few places in it are looked at, and who is there is remembered. */
import type { Observed } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import type { Frame } from '../decode/frame.ts';
import { type Background, type Noticed, stepBackground } from './background.ts';
import { type Cells, lightInCells } from './cells.ts';
import { lightRange, stretched, without } from './contrast-stretch.ts';
import { stepView, type View } from './edge-model.ts';
import { mayPass, type Rest } from './frame-skipping.ts';
import type { SeeingModels } from './models.ts';
import type { Pet } from './pets.ts';
import type { Tried } from './rejected-regions.ts';
import { look } from './run-models.ts';
import { type Attention, attend, attentionAtFirst } from './schedule.ts';
import type { Shape } from './seen.ts';
import { type Steady, stepSteady } from './temporal-denoising.ts';
import { bedSightOf, isTold, personOf, pictureOf, shapeOf } from './to-observation.ts';
import type { Tracks } from './track.ts';
import { tracking } from './tracker.ts';

export interface Watching {
  readonly background: Background | undefined;
  readonly attention: Attention;
  readonly tracks: Tracks;
  readonly tried: readonly Tried[];
  readonly pets: readonly Pet[];
  readonly steady: Steady | undefined;
  readonly rest: Rest | undefined;
  readonly view: View | undefined;
}

export const watchingAtFirst: Watching = {
  background: undefined,
  attention: attentionAtFirst,
  tracks: tracking.initial,
  tried: [],
  pets: [],
  steady: undefined,
  rest: undefined,
  view: undefined,
};

export interface Sighting {
  readonly observation: Observed;
  readonly shapes: readonly Shape[];
  readonly noticed: Noticed;
}

/** From this certainty on, what stands in front of the room is kept out of the memory of it. */
const leastKeptOut = 0.3;

/**
 * @param every whether each picture counts, also while nothing happens
 * @returns no sighting of a picture that was passed over. @throws Fault `model-failed`
 */
export async function watch(
  before: Watching,
  frame: Frame,
  { room, every, models }: { readonly room: Room; readonly every: boolean; readonly models: SeeingModels },
): Promise<readonly [Watching, Sighting | undefined]> {
  const { at } = frame;
  const aspect = frame.width / frame.height;
  const allowed = without(frame, room.masks);
  const cells = lightInCells(allowed);
  if (!every && before.rest && mayPass(before.rest, at, cells))
    return [{ ...before, rest: { ...before.rest, at } }, undefined];
  const alive = isAlive(before.background, cells);
  const followed = before.tracks.tracks;
  const persons = followed.filter((track) => track.certainty >= leastKeptOut).map((track) => track.box);
  const [background, noticed] = stepBackground(before.background, { at, cells, persons });

  const view = stepView(before.view, { at, room, cells, persons });
  const [attention, wanted] = attend(before.attention, at, noticed, followed);
  const rest: Rest = { at, lookedAt: at, light: cells.light, noise: noticed.noise, quiet: wanted.quiet };
  const [steady, calm] = stepSteady(before.steady, allowed, cells, noticed.noise);
  const range = lightRange(calm);
  const pixels = stretched(calm, range);
  const { figures, things, looks, tried, pets } = await look(models, {
    at,
    pixels,
    noisy: calm !== allowed,
    noticed,
    tracks: followed,
    wanted,
    tried: before.tried,
    pets: before.pets,
  });

  const scanned = wanted.scan.length;
  const watched = {
    at,
    noticed,
    looks,
    figures,
    scanned,
    exits: [...room.exits, ...(room.bathroomExits ?? [])],
    aspect,
  };
  const [tracks, gone] = tracking.step(before.tracks, watched);
  const toldBefore = new Set(followed.filter(isTold).map((track) => track.id));
  const toldGone = gone.filter((one) => toldBefore.has(one.track));
  const told = tracks.tracks.filter(isTold);
  const observation: Observed = {
    type: 'observed',
    at,
    persons: told.map((track) => personOf(track, at, noticed, aspect)),
    ...(toldGone.length > 0 ? { gone: toldGone } : {}),
    ...(things ? { things } : {}),
    picture: pictureOf(cells, range, noticed, {
      aspect,
      alive,
      ...(view.alike === undefined ? {} : { alike: view.alike }),
    }),
    ...(room.beds.length > 0 ? { beds: room.beds.map((bed) => bedSightOf(bed, noticed)) } : {}),
  };
  return [
    { background, attention, tracks, tried, pets, steady, view, rest },
    { observation, shapes: told.flatMap(shapeOf), noticed },
  ];
}

/** Whether anything at all differs from the picture before: a live sensor's noise always does. */
const isAlive = (before: Background | undefined, { light }: Cells): boolean =>
  before === undefined || before.last.length !== light.length || light.some((value, at) => value !== before.last[at]);

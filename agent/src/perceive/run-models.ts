/** Looks at those who are followed and at a few places more, within what one picture may cost. */
import { cover } from '@nattfrid/shared/domain/geometry';
import type { Thing } from '@nattfrid/shared/domain/observation';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Pixels } from '../decode/frame.ts';
import type { Noticed } from './background.ts';
import { softened } from './box-blur-3x3.ts';
import { type Crop, quarterTurns } from './crop.ts';
import { type Found, lookAt, windowsOn } from './estimate-pose.ts';
import type { SeeingModels } from './models.ts';
import type { Named } from './nanodet.ts';
import { isPet, type Pet, petsAfter } from './pets.ts';
import { type Figure, type Place, proposePlaces } from './region-proposal.ts';
import { isDue, type Tried, triedInVain, withoutStirred } from './rejected-regions.ts';
import type { Wanted } from './schedule.ts';
import type { Change } from './seen.ts';
import { evened, isColourless } from './shading-correction.ts';
import { type Look, seenLast, type Track } from './track.ts';

export interface Looking {
  readonly at: Instant;
  readonly pixels: Pixels;
  /** So noisy that it had to be averaged. */
  readonly noisy: boolean;
  readonly noticed: Noticed;
  readonly tracks: readonly Track[];
  readonly wanted: Wanted;
  readonly tried: readonly Tried[];
  readonly pets: readonly Pet[];
}

export interface Looked {
  readonly figures: readonly Figure[];
  /** Absent: the whole picture was not looked at upright. */
  readonly things?: readonly Thing[];
  readonly looks: readonly Look[];
  readonly tried: readonly Tried[];
  readonly pets: readonly Pet[];
}

/** Windows that BlazePose looks through in one picture, the surely followed apart: each of them has its own. */
const mostWindows = { scanning: 1, otherwise: 2 } as const;
/** Pictures. */
const untilNoiseKnown = 10;
/** Longer ago, a place is free to be found anew. */
const heldFor = 0.6;

/** @throws Fault `model-failed` */
export async function look(models: SeeingModels, looking: Looking): Promise<Looked> {
  const { at, pixels, noticed, wanted } = looking;
  const aspect = pixels.width / pixels.height;
  const named: Named[] = [];
  // Noise hides people from NanoDet; BlazePose, which looks closer, needs every detail and suffers from uneven light instead.
  const whole = looking.noisy && wanted.scan.length > 0 ? softened(pixels) : pixels;
  let even: Pixels | undefined;
  // In noise the dark corners would only get louder, and bodies be seen in them; of the first pictures it is not known.
  const mayEven = !looking.noisy && wanted.tick >= untilNoiseKnown;
  const close = () => (even ??= mayEven && isColourless(pixels) ? evened(pixels) : pixels);
  for (const turn of wanted.scan) named.push(...(await models.named(whole, turn)));
  const things = wanted.scan.includes(0) ? named.flatMap(thingOf) : undefined;
  const pets = petsAfter(looking.pets, things, at);
  const isPerson = ({ box, score }: Figure) => !isPet(box, score, pets, aspect);
  const figures = named.filter((one) => one.kind === 'person' && isBodySized(one) && isPerson(one));

  const looks: Look[] = [];
  let left: number = wanted.scan.length > 0 ? mostWindows.scanning : mostWindows.otherwise;
  const follow = async (track: Track, windows: readonly Crop[]) =>
    looks.push({ of: 'track', track: track.id, ...(await lookAt(models, close(), windows)) });
  const surely = wanted.tracks.filter((track) => track.sure && track.seenAt >= track.lookedAt);
  for (const track of surely) await follow(track, windowsFor(track, looking, figures));
  for (const track of wanted.tracks) {
    if (surely.includes(track) || left <= 0) continue;
    if (!track.sure && isPet(track.box, track.figure, pets, aspect)) continue;
    left--;
    await follow(track, windowsFor(track, looking, figures).slice(0, 1));
  }

  let tried = withoutStirred(looking.tried, noticed);
  for (const place of freePlaces(looking, figures, looks)) {
    if (left <= 0 && wanted.scan.length < quarterTurns.length) break;
    if (!isDue(tried, place.box, at) || isPet(place.box, place.score, pets, aspect)) continue;
    left--;
    const found = await lookAt(models, close(), windowsOn(place.box, pixels, turnsFor(place, wanted.tick)));
    looks.push({ of: 'place', box: place.box, score: place.score, ...found });
    if (!isConvincing(found)) tried = triedInVain(tried, place.box, at);
  }
  return { figures, ...(things ? { things } : {}), looks, tried, pets };
}

/** A weaker score is worth following up for a person, but not telling of for a chair. */
const leastTold = 0.2;
const thingOf = ({ kind, box, score }: Named): readonly Thing[] =>
  kind === 'person' || score < leastTold ? [] : [{ kind, box, score }];

/** A third of the picture and more, and not sure of it: that is half the room, with a person somewhere in it perhaps. */
const isBodySized = ({ box, score }: Figure): boolean => box.width * box.height < 0.35 || score >= 0.5;

const isConvincing = ({ presence }: Found): boolean => presence >= 0.8;

/** Where the track's own window points, and one more: where a figure was seen, else round the box in another turn each time. */
function windowsFor(track: Track, { pixels, wanted }: Looking, figures: readonly Figure[]): readonly Crop[] {
  const figure = figures.find((one) => one.score >= 0.25 && cover(one.box, track.box) > 0.4);
  const turn = figure?.turn ?? quarterTurns[(wanted.tick >> 1) % quarterTurns.length]!;
  const other = windowsOn(figure?.box ?? track.box, pixels, [turn]);
  const own = track.next ? [track.next] : [];
  const ownFirst = track.seenAt >= track.lookedAt || (!figure && wanted.tick % 2 === 0);
  return ownFirst ? [...own, ...other] : [...other, ...own];
}

function freePlaces(
  { at, pixels, noticed, tracks, wanted }: Looking,
  figures: readonly Figure[],
  looks: readonly Look[],
) {
  const held = tracks.filter((track) => !wanted.tracks.includes(track) && seenLast(track, at) < heldFor);
  const taken = [...looks.flatMap((one) => (one.body ? [one.body.box] : [])), ...held.map((track) => track.box)];
  return proposePlaces(figures, whereSomebodyMayBe(noticed), taken, pixels.width / pixels.height);
}

/**
 * What differs from the remembered room; where nothing is remembered, the place in which the last movement came to rest. While
 * the light becomes another one everything differs: figures alone speak.
 */
function whereSomebodyMayBe({ change, stillFor, calmFor, jumped }: Noticed): Change {
  if (jumped) return { ...change, changed: new Uint8Array(change.changed.length) };
  const changed = change.changed.map((value, at) =>
    change.known[at]! < barelyKnown && stillFor[at]! < calmFor + cameToRest && stillFor[at]! < longestStill
      ? 255
      : value,
  );
  return { ...change, changed };
}

/** Of 255; seconds. */
const [barelyKnown, cameToRest, longestStill] = [40, 1, 120];

/** Figures in the best two turns in which they were seen, blobs of change in one turn a picture. */
const turnsFor = ({ score, turns }: Place, tick: number): readonly number[] =>
  score > 0 ? turns.slice(0, 2) : [turns[tick % turns.length]!];

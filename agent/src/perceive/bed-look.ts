/**
 * Looks into a marked bed by itself: NanoDet on the part of the picture that holds it, which shows whoever lies there half as large again
 * as in the whole picture. Often at first, seldom later, and not while somebody is tracked there.
 */
import { type Box, contains, type Polygon } from '@nattfrid/shared/domain/geometry';
import { boundingBox } from '@nattfrid/shared/domain/outline';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Pixels } from '../decode/frame.ts';
import { boxBlur3x3 } from './box-blur-3x3.ts';
import { widened } from './cells.ts';
import { contrastStretched, lightRange } from './contrast-stretch.ts';
import { quarterTurns } from './crop.ts';
import { fills } from './found-alive.ts';
import type { DetectorSide, VisionModels } from './models.ts';
import { isColourless } from './shading-correction.ts';
import { secondsUnseen, type Track } from './track.ts';

/** One of the ways in which a bed is looked into. */
interface Glance {
  readonly turn: number;
  readonly side: DetectorSide;
}
const glances: readonly Glance[] = ([416, 320] as const).flatMap((side) =>
  quarterTurns.map((turn) => ({ turn, side })),
);

/**
 * A picture without colour is shown to the original at the longest side, and at the other to the detector that was taught on beds at
 * night: of an empty one it says so much already, and only what is over it is added.
 */
const ofAnEmptyBed = 0.41;

/** What has been seen of one bed. */
export interface BedLook {
  readonly at: Instant;
  readonly colourless: boolean;
  /** Of each glance, the best score of a body that fits the bed. */
  readonly scores: readonly (number | undefined)[];
  readonly glanced: number;
}
export type BedLooks = readonly (BedLook | undefined)[];

/** Glances of which all are taken at once, in the first two pictures; milliseconds between two later ones, while new and for good. */
const [atOnce, whileNew] = [quarterTurns.length, 6];
const pace = { fresh: 1000, later: 5000, asleep: 30_000 } as const;
/** Seconds without motion in the room after which a bed is asleep. */
const asleepAfter = 300;

export interface BedLookInput {
  readonly at: Instant;
  readonly beds: readonly Polygon[];
  readonly pixels: Pixels;
  /** The picture was denoised over time. */
  readonly noisy: boolean;
  readonly tracks: readonly Track[];
  readonly calmFor: number;
}

/** One bed in a picture, whichever has waited longest. @throws Fault `model-failed` */
export async function lookIntoBeds(before: BedLooks, input: BedLookInput, models: VisionModels): Promise<BedLooks> {
  const { at, beds, pixels, noisy } = input;
  const looks = beds.map((_, index) => before[index]);
  const due = looks.flatMap((look, index) => (isDue(look, beds[index]!, input) ? [index] : []));
  const [index] = due.toSorted((a, b) => (looks[a]?.at ?? 0) - (looks[b]?.at ?? 0));
  if (index === undefined) return looks;
  const bed = beds[index]!;
  const [part, place] = partOf(pixels, bed);
  const colourless = isColourless(part);
  const look = looks[index] ?? { at, colourless, scores: glances.map(() => undefined), glanced: 0 };
  const stretched = contrastStretched(part, lightRange(part));
  const shown = noisy ? boxBlur3x3(stretched) : stretched;
  const scores = [...look.scores];
  const aspect = pixels.width / pixels.height;
  const asked = glancesOf(look);
  for (const number of asked) {
    const { turn, side } = glances[number]!;
    const found = await models.detect(shown, turn, side);
    scores[number] = Math.max(
      0,
      ...found.flatMap(({ kind, box, score }) =>
        kind === 'person' && fills(inPicture(box, place), bed, aspect) ? [score] : [],
      ),
    );
  }
  looks[index] = { at, colourless, scores, glanced: look.glanced + asked.length };
  return looks;
}

/** How much it looks as if somebody lay in the bed, 0 to 1; undefined: nobody has looked. */
export function bodyIn(look: BedLook | undefined): number | undefined {
  if (!look) return undefined;
  const best = (from: number, to: number) => Math.max(...look.scores.slice(from, to).map((score) => score ?? 0));
  const [original, other] = [best(0, atOnce), best(atOnce, glances.length)];
  return look.colourless ? Math.min(1, original + Math.max(0, other - ofAnEmptyBed)) : Math.max(original, other);
}

function isDue(look: BedLook | undefined, bed: Polygon, { at, tracks, calmFor }: BedLookInput): boolean {
  if (tracks.some((track) => track.confirmed && secondsUnseen(track, at) < 2 && isIn(track.box, bed))) return false;
  if (!look || look.glanced < 2 * atOnce) return true;
  const fresh = look.glanced < 2 * atOnce + whileNew;
  return at - look.at >= (fresh ? pace.fresh : calmFor > asleepAfter ? pace.asleep : pace.later);
}

/** At first every turn at one side of input; later the best so far and the others take turns. */
function glancesOf({ scores, glanced }: BedLook): readonly number[] {
  if (glanced < 2 * atOnce) return quarterTurns.map((_, turn) => (glanced < atOnce ? turn : atOnce + turn));
  const best = scores.reduce<number>((most, score, at) => ((score ?? 0) > (scores[most] ?? 0) ? at : most), 0);
  return [glanced % 2 === 0 ? best : Math.floor(glanced / 2) % glances.length];
}

const isIn = (box: Box, bed: Polygon): boolean => contains(bed, box.x + box.width / 2, box.y + box.height / 2);

/** The pixels round the bed, and their place in the picture. */
function partOf({ width, height, y, u, v }: Pixels, bed: Polygon): readonly [Pixels, Box] {
  const round = widened(boundingBox(bed), 0.07);
  const even = (share: number, whole: number) => 2 * Math.round((Math.min(Math.max(share, 0), 1) * whole) / 2);
  const [x0, x1] = [even(round.x, width), even(round.x + round.width, width)];
  const [y0, y1] = [even(round.y, height), even(round.y + round.height, height)];
  const size = { width: Math.max(2, x1 - x0), height: Math.max(2, y1 - y0) };
  const part = {
    ...size,
    y: cut(y, width, x0, y0, size.width, size.height),
    u: cut(u, Math.ceil(width / 2), x0 / 2, y0 / 2, size.width / 2, size.height / 2),
    v: cut(v, Math.ceil(width / 2), x0 / 2, y0 / 2, size.width / 2, size.height / 2),
  };
  return [part, { x: x0 / width, y: y0 / height, width: size.width / width, height: size.height / height }];
}

function cut(plane: Uint8Array, across: number, x: number, y: number, width: number, height: number): Uint8Array {
  const out = new Uint8Array(width * height);
  for (let row = 0; row < height; row++)
    out.set(plane.subarray((y + row) * across + x, (y + row) * across + x + width), row * width);
  return out;
}

const inPicture = (box: Box, place: Box): Box => ({
  x: place.x + box.x * place.width,
  y: place.y + box.y * place.height,
  width: box.width * place.width,
  height: box.height * place.height,
});

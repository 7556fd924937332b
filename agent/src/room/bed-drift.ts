/** Pure. Drift of each confirmed bed, by the detector: moved when it is detected elsewhere again and again, gone when it is detected nowhere. */
import { apart, type Box, containment, iou, type Polygon } from '@nattfrid/shared/domain/geometry';
import type { Thing } from '@nattfrid/shared/domain/observation';
import { boundingBox } from '@nattfrid/shared/domain/outline';
import type { RoomDrift } from '@nattfrid/shared/domain/room-drift';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { z } from 'zod';

export interface BedLook {
  readonly at: Instant;
  readonly beds: readonly Polygon[];
  readonly things: readonly Thing[];
  readonly persons: readonly Box[];
  /** Index of the illumination, if it is a known one: a bed that is detected by day need not be by night. */
  readonly light: number | undefined;
}

const BoxShape = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).readonly();
/** How the detector saw a bed when the room was confirmed. */
export const BedHome = z
  .object({
    boxes: z.array(BoxShape).max(15).readonly(),
    /** For each illumination: scans in which it was detected there, and scans in which it could have been. */
    lights: z.array(z.object({ seen: z.int(), looked: z.int() }).readonly()).readonly(),
  })
  .readonly();
export type BedHome = z.infer<typeof BedHome>;

/** What one scan says of one bed. */
type Word = { readonly at: Instant; readonly light: number | undefined } & (
  | { readonly name: 'home' | 'nowhere' }
  | { readonly name: 'elsewhere'; readonly box: Box }
);
export interface BedWatch {
  readonly home: BedHome;
  readonly words: readonly Word[];
  readonly told: Extract<RoomDrift, { type: 'bed-moved' | 'bed-gone' }> | undefined;
}
export type BedDrift = readonly BedWatch[];
export type Learns = { readonly type: 'learnt' };

/** Detections that make up a bed's home. */
const homeBoxes = 15;
/** Scans in each illumination until the detection rate is known. */
const homeLooks = 30;
/** Words are kept this far apart, so that they span the minutes that a verdict takes, however often the detector runs. */
const wordEvery = seconds(20);
const mostWords = 80;
const movedAfter = { words: 12, time: minutes(3.5) } as const;
const goneAfter = { words: 55, time: minutes(18) } as const;

export const bedDrift: Machine<BedDrift, BedLook, Learns> = {
  initial: [],
  step(state, look) {
    const watches = look.beds.map(
      (_, bed) => state[bed] ?? { home: { boxes: [], lights: [] }, words: [], told: undefined },
    );
    const after = watches.map((watch, bed) => looked(watch, bed, look, watches));
    const learnt = after.some((watch, bed) => watch.home !== watches[bed]!.home && isKnown(watch.home));
    return [after, learnt ? [{ type: 'learnt' }] : []];
  },
};

function looked(watch: BedWatch, bed: number, look: BedLook, all: BedDrift): BedWatch {
  const { home } = watch;
  const place = placeOf(home, look.beds[bed]!);
  // A missing detection says nothing while a person hides the bed.
  if (look.persons.some((person) => containment(place, person) > 0.1)) return watch;
  const named = look.things.filter(({ kind, score }) => kind === 'bed' && score >= 0.25).map(({ box }) => box);
  const least = isKnown(home) ? 0.6 : 0.3;
  const here = named.find((box) => iou(box, place) >= least);
  const others = all.filter((_, at) => at !== bed).map((one) => one.home);
  const elsewhere = named.find((box) => !others.some((other) => isKnown(other) && iou(box, middle(other.boxes)) > 0.5));
  const when = { at: look.at, light: look.light };
  const word: Word = here
    ? { ...when, name: 'home' }
    : elsewhere
      ? { ...when, name: 'elsewhere', box: elsewhere }
      : { ...when, name: 'nowhere' };
  const last = watch.words[watch.words.length - 1];
  const early = last !== undefined && look.at - last.at < wordEvery;
  const words = early ? watch.words : [...watch.words, word].slice(-mostWords);
  return { home: learn(home, here, look.light), words, told: verdict(words, home, bed, watch.told) };
}

function learn(home: BedHome, here: Box | undefined, light: number | undefined): BedHome {
  if (light === undefined) return home;
  const known = home.lights[light] ?? { seen: 0, looked: 0 };
  if (known.looked >= homeLooks && home.boxes.length >= homeBoxes) return home;
  const lights = Array.from(
    { length: Math.max(home.lights.length, light + 1) },
    (_, at) => home.lights[at] ?? { seen: 0, looked: 0 },
  );
  if (known.looked < homeLooks) lights[light] = { seen: known.seen + (here ? 1 : 0), looked: known.looked + 1 };
  return { boxes: here && home.boxes.length < homeBoxes ? [...home.boxes, here] : home.boxes, lights };
}

function verdict(words: readonly Word[], home: BedHome, bed: number, before: BedWatch['told']): BedWatch['told'] {
  if (!isKnown(home)) return undefined;
  const home3 = words.slice(-3);
  if (home3.length === 3 && home3.every(({ name }) => name === 'home')) return undefined;
  const lately = words.slice(-movedAfter.words);
  const away = lately.flatMap((word) => (word.name === 'elsewhere' ? [word.box] : []));
  if (lasts(lately, movedAfter) && away.length >= 0.4 * lately.length && !lately.some(({ name }) => name === 'home')) {
    const now = middle(away);
    const steady = away.filter((box) => iou(box, now) > 0.5).length >= 0.7 * away.length;
    if (steady) return { type: 'bed-moved', bed, byPercent: Math.round(1000 * apart(now, middle(home.boxes))) / 10 };
  }
  // Only in illuminations in which the bed used to be detected more often than not.
  const telling = words.filter(({ light }) => {
    const { seen, looked: many } = (light !== undefined && home.lights[light]) || { seen: 0, looked: 0 };
    return many >= homeLooks && seen > 0.5 * many;
  });
  const since = telling.slice(-goneAfter.words);
  if (lasts(since, goneAfter) && since.every(({ name }) => name === 'nowhere')) return { type: 'bed-gone', bed };
  return before;
}

const lasts = (
  words: readonly Word[],
  { words: many, time }: { readonly words: number; readonly time: number },
): boolean => words.length >= many && words[words.length - 1]!.at - words[0]!.at >= time;

export const isKnown = ({ boxes }: BedHome): boolean => boxes.length >= 8;
const placeOf = (home: BedHome, outline: Polygon): Box => (isKnown(home) ? middle(home.boxes) : boundingBox(outline));

function middle(boxes: readonly Box[]): Box {
  const side = (of: (box: Box) => number) => boxes.map(of).sort((a, b) => a - b)[Math.floor(boxes.length / 2)] ?? 0;
  return { x: side((b) => b.x), y: side((b) => b.y), width: side((b) => b.width), height: side((b) => b.height) };
}

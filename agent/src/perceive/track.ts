/**
 * Pure. The same person keeps the same number, and nobody vanishes without a reason.
 *
 * Who is not seen any more is carried where they were last seen; they are let go when the place is again as the remembered room,
 * when they went out at the picture's edge or through an exit, when two turn out to be one, or when nobody was ever sure of them.
 */
import { type Box, contains, overlap, type Polygon } from '@nattfrid/shared/domain/geometry';
import type { Gone, Joint } from '@nattfrid/shared/domain/observation';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { Noticed } from './background.ts';
import type { Axis } from './body-axis.ts';
import { cellsOf, shareIn } from './cells.ts';
import type { Crop } from './crop.ts';
import type { PersonMask } from './person-mask.ts';
import { changedIn, cover, type Figure, knownIn } from './places.ts';

/** What BlazePose made of a place where it found a body. */
export interface Body {
  readonly box: Box;
  readonly presence: number;
  readonly joints: readonly Joint[];
  readonly next: Crop;
  readonly shape: PersonMask;
  readonly axis?: Axis;
}

/** One look at a place: of a track, or where nobody was followed. */
export type Look =
  | { readonly of: 'track'; readonly track: number; readonly presence: number; readonly body?: Body }
  | {
      readonly of: 'place';
      readonly box: Box;
      readonly score: number;
      readonly presence: number;
      readonly body?: Body;
    };

export interface Watched {
  readonly at: Instant;
  readonly noticed: Noticed;
  readonly looks: readonly Look[];
  /** What NanoDet saw in this picture; `scanned`: in how many turns it looked. */
  readonly figures: readonly Figure[];
  readonly scanned: number;
  readonly exits: readonly Polygon[];
  /** Width / height of the picture. */
  readonly aspect: number;
}

export interface Track {
  readonly id: number;
  readonly box: Box;
  /** Of the box's middle, in pictures a second. */
  readonly velocity: readonly [x: number, y: number];
  /** Where the person was when they last moved: without a movement they cannot be elsewhere. */
  readonly anchor: { readonly box: Box; readonly at: Instant };
  /** Was found, without any movement, in a place that had been known without them: furniture, until it moves. */
  readonly fromNowhere: boolean;
  /** Where BlazePose should look next. */
  readonly next?: Crop;
  /** What was understood last, for as long as the place has not moved since. */
  readonly body?: Body;
  readonly bodyAt: Instant;
  readonly certainty: number;
  /** Was at some time at least a half certain. */
  readonly sure: boolean;
  /** The certainty that is not given up while nothing contradicts it. */
  readonly born: Instant;
  readonly home: Box;
  readonly seenAt: Instant;
  readonly lookedAt: Instant;
  /** Smoothed: presence by BlazePose, score by NanoDet. */
  readonly presence: number;
  readonly figure: number;
  /** Has moved, or stands where the remembered room was: not a thing that was always there. */
  readonly moved: boolean;
  /** The one who came in front. */
  readonly behind?: { readonly track: number; readonly since: Instant };
  /** Seconds for which the place has looked like the empty room while nobody was seen there. */
  readonly emptyFor: number;
}

export interface Tracks {
  readonly at: Instant | undefined;
  readonly nextId: number;
  readonly tracks: readonly Track[];
}

export const seenLast = (track: Track, at: Instant): number => (at - track.seenAt) / 1000;

export const tracking: Machine<Tracks, Watched, Gone> = {
  initial: { at: undefined, nextId: 1, tracks: [] },
  step(state, watched) {
    const dt = state.at === undefined ? 0 : Math.min(2, (watched.at - state.at) / 1000);
    const seen = state.tracks.map((track) => follow(track, watched, dt));
    const [joined, nextId] = adopt(seen, state.nextId, watched);
    const [apart, merged] = merge(joined, watched.at);
    const [kept, gone] = letGo(apart, watched, dt);
    return [{ at: watched.at, nextId, tracks: kept }, [...merged, ...gone]];
  },
};

/** Score from which NanoDet's figure counts as having seen the person. */
const figureSeen = 0.3;

function follow(track: Track, watched: Watched, dt: number): Track {
  const { at, noticed } = watched;
  if (track.behind) return track;
  const look = watched.looks.find((one) => one.of === 'track' && one.track === track.id);
  const figure = bestFigure(track.box, watched.figures);
  const presence = look ? eased(track.presence, look.presence, 0.25) : track.presence;
  const scoreNow = watched.scanned > 0 ? (figure?.score ?? 0) : undefined;
  // One turn of three is looked through at a time: a figure is believed at once, its absence only slowly.
  const score =
    scoreNow === undefined
      ? track.figure
      : eased(track.figure, scoreNow, scoreNow > track.figure ? 0.5 : 0.06 * watched.scanned);
  const base = { ...track, presence, figure: score, lookedAt: look ? at : track.lookedAt };
  if (look?.body && couldCome(track, look.body.box, watched))
    return settle(seenAs(base, look.body.box, at, dt, look.body), watched);
  if (figure && figure.score >= figureSeen && couldCome(track, figure.box, watched))
    return settle(seenAs(base, figure.box, at, dt), watched);
  const stirred = shareIn(track.box, noticed.change.width, noticed.change.height, noticed.moving) > 0.12;
  const fresh = seenLast(track, at) < 0.3;
  const carried = { ...base, velocity: fresh ? track.velocity : ([0, 0] as const) };
  return settle(stirred && !fresh ? withoutBody(carried) : carried, watched);
}

const eased = (before: number, now: number, share: number): number => before + share * (now - before);

/**
 * Nobody gets from one place to another without moving: what lies outside of where the person was must have stirred since they
 * were last seen. Without it a bed takes over the number of the one who has just fallen beside it.
 */
function couldCome({ anchor }: Track, to: Box, { at, noticed }: Watched): boolean {
  const { width, height } = noticed.change;
  const isSame = to.width * to.height < 3 * anchor.box.width * anchor.box.height && cover(anchor.box, to) > 0.85;
  if (isSame) return true;
  const since = (at - anchor.at) / 1000 + comingToRest;
  const [left, top, right, bottom] = cellsOf(to, width, height);
  let [outside, stirred] = [0, 0];
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      if (isWithin(anchor.box, (x + 0.5) / width, (y + 0.5) / height)) continue;
      outside++;
      if (noticed.stillFor[y * width + x]! <= since) stirred++;
    }
  const all = (right - left) * (bottom - top);
  return outside < 0.35 * all || stirred > 0.2 * outside;
}

/** Seconds that a movement may have begun before the box of its end was understood. */
const comingToRest = 1;

const isWithin = (box: Box, x: number, y: number): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

function bestFigure(box: Box, figures: readonly Figure[]): Figure | undefined {
  let best: Figure | undefined;
  for (const figure of figures)
    if (overlap(figure.box, box) > 0.4 && (!best || figure.score > best.score)) best = figure;
  return best;
}

const middle = ({ x, y, width, height }: Box): readonly [number, number] => [x + width / 2, y + height / 2];

function seenAs(track: Track, box: Box, at: Instant, dt: number, body?: Body): Track {
  const [x, y] = middle(box);
  const [px, py] = middle(track.box);
  const share = 0.4;
  const velocity: readonly [number, number] =
    dt > 0
      ? [eased(track.velocity[0], (x - px) / dt, share), eased(track.velocity[1], (y - py) / dt, share)]
      : track.velocity;
  const { behind: _, ...free } = track;
  const seen = { ...free, box, velocity, seenAt: at, emptyFor: 0 };
  if (body) return { ...seen, body, bodyAt: at, next: body.next };
  // Seen as a figure only: what was understood holds as long as the figure has kept its place and size.
  return track.body && overlap(track.body.box, box) > 0.5 ? { ...seen, box: track.body.box } : withoutBody(seen);
}

function withoutBody({ body: _, ...track }: Track): Track {
  return track;
}

/** Certainty that furniture is given at most. */
const mostOfNowhere = 0.45;

/** What all the evidence together says: is this a person at all? */
function settle(track: Track, { noticed, at }: Watched): Track {
  const { change } = noticed;
  const changed = noticed.jumped ? 0 : changedIn(track.box, change);
  const [x, y] = middle(track.box);
  const [hx, hy] = middle(track.home);
  const far =
    Math.hypot((x - hx) / Math.max(0.02, track.home.width), (y - hy) / Math.max(0.02, track.home.height)) > 0.5;
  const stirring = shareIn(track.box, change.width, change.height, noticed.moving);
  const stirs = stirring > 0.04;
  // A young memory may be of the person's own making.
  const stood = changed > 0.35 && knownIn(track.box, change) > 0.2 && track.seenAt === at;
  const moved = track.moved || ((far || track.fromNowhere) && stirring > 0.12) || stood;
  // Neither model is believed alone: patterns convince BlazePose, furniture NanoDet. What has never moved must convince both.
  const agreed = Math.max(stood ? 0.7 : 0, Math.min(1, Math.max(0, (track.figure - 0.1) / 0.2)));
  const body = moved
    ? track.presence * agreed
    : 0.9 * Math.max(0, (track.presence - 0.4) / 0.6) * Math.min(agreed, track.figure / 0.38);
  const figure = Math.min(1, track.figure / 0.5) * (moved ? 0.65 : 0.3);
  const evidence = Math.min(1, Math.max(body, figure));
  const settled =
    evidence >= track.certainty
      ? evidence
      : track.seenAt === at
        ? eased(track.certainty, evidence, 0.05)
        : track.certainty;
  // Whoever was sure once and moved like a person stays one until the room says otherwise.
  const certainty =
    track.sure && moved ? Math.max(0.5, settled) : Math.min(settled, track.fromNowhere && !moved ? mostOfNowhere : 1);
  const anchor = stirs && track.seenAt === at ? { box: track.box, at } : track.anchor;
  return { ...track, moved, certainty, anchor, sure: track.sure || certainty >= 0.5 };
}

/** Looks at places where nobody was followed: somebody who had been lost sight of, or somebody new. */
function adopt(tracks: readonly Track[], nextId: number, watched: Watched): readonly [readonly Track[], number] {
  let id = nextId;
  const all = [...tracks];
  for (const look of watched.looks) {
    if (look.of !== 'place') continue;
    const box = look.body?.box ?? look.box;
    if (!look.body && look.score < figureSeen) continue;
    if (
      all.some((track) => track.seenAt === watched.at && cover(track.box, box) > 0.6 && overlap(track.box, box) > 0.3)
    )
      continue;
    const lost = nearestLost(all, box, watched);
    if (lost >= 0) {
      const track = all[lost]!;
      const found = seenAs(
        { ...track, presence: Math.max(track.presence, look.presence) },
        box,
        watched.at,
        0,
        look.body,
      );
      const anchor = { box, at: watched.at };
      all[lost] = settle({ ...found, anchor, figure: Math.max(found.figure, look.score), velocity: [0, 0] }, watched);
    } else {
      all.push(settle(born(id++, box, look, watched), watched));
    }
  }
  return [all, id];
}

const born = (id: number, box: Box, { presence, body, ...look }: Look, { at, noticed }: Watched): Track => ({
  id,
  box,
  velocity: [0, 0],
  ...(body ? { body, next: body.next } : {}),
  bodyAt: at,
  certainty: 0,
  sure: false,
  born: at,
  home: box,
  anchor: { box, at },
  fromNowhere: cameFromNowhere(box, noticed),
  seenAt: at,
  lookedAt: at,
  // Once is not yet believed: presence rises as it goes on being found.
  presence: 0.6 * presence,
  figure: look.of === 'place' ? 0.7 * look.score : 0,
  moved: false,
  emptyFor: 0,
});

/** Nobody comes into a known place without changing it, nor without a movement. */
function cameFromNowhere(box: Box, { change, stillFor, jumped }: Noticed): boolean {
  if (jumped || knownIn(box, change) < 0.25 || changedIn(box, change) > 0.15) return false;
  const { width, height } = change;
  const lately = Uint8Array.from(stillFor, (seconds) => (seconds < 3 ? 255 : 0));
  return shareIn(box, width, height, lately) < 0.1;
}

/** The one who was lost sight of and may have come here since: at most a picture's width a second, and near for a moment. */
function nearestLost(tracks: readonly Track[], box: Box, watched: Watched): number {
  const { at } = watched;
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  const [x, y] = middle(box);
  tracks.forEach((track, index) => {
    const unseen = seenLast(track, at);
    if (unseen <= 0) return;
    const [tx, ty] = middle(track.box);
    const size = Math.max(track.box.width, track.box.height, box.width, box.height);
    const away = Math.max(0, Math.hypot(x - tx, y - ty) - 0.5 * size);
    if (away > 0.1 + 0.5 * Math.min(2, unseen) || away >= least || !couldCome(track, box, watched)) return;
    [best, least] = [index, away];
  });
  return best;
}

/** Two tracks on one body become one: the one that was sure, else the older. */
function merge(tracks: readonly Track[], at: Instant): readonly [readonly Track[], readonly Gone[]] {
  const kept: Track[] = [];
  const gone: Gone[] = [];
  for (const track of tracks.toSorted((a, b) => Number(b.sure) - Number(a.sure) || a.id - b.id)) {
    const same = kept.findIndex((one) => sameBody(one, track, at));
    const one = kept[same];
    if (!one || track.behind) kept.push(track);
    else if (seenLast(one, at) === 0 && isOneOfTwo(track, one, at)) kept.push(hidden(track, one.id, at));
    else {
      gone.push({ track: track.id, why: 'merged', into: one.id });
      if (track.seenAt > one.seenAt)
        kept[same] = {
          ...track,
          id: one.id,
          sure: one.sure || track.sure,
          moved: one.moved || track.moved,
          born: one.born,
        };
    }
  }
  return [kept.sort((a, b) => a.id - b.id), gone];
}

/** Two tracks that lived apart, or come from different ways, are two people; a second track on one body is young and moves with it. */
const isOneOfTwo = (track: Track, one: Track, at: Instant): boolean =>
  track.sure &&
  (at - track.born > 3000 ||
    Math.hypot(track.velocity[0] - one.velocity[0], track.velocity[1] - one.velocity[1]) > 0.15);

/** Two people who cross become one picture for a moment: the one behind waits where they were. */
const hidden = (track: Track, behind: number, at: Instant): Track =>
  withoutBody({ ...track, seenAt: instant(at - 1), velocity: [0, 0], behind: { track: behind, since: at } });

function sameBody(a: Track, b: Track, at: Instant): boolean {
  if (seenLast(a, at) > 0 && seenLast(b, at) > 0) return false;
  return overlap(a.box, b.box) > 0.55 || (cover(a.box, b.box) > 0.85 && overlap(a.box, b.box) > 0.3);
}

/** Seconds after which nobody stands behind anybody any more: it was one body all along. */
const longestHidden = 5;

function letGo(tracks: readonly Track[], watched: Watched, dt: number): readonly [readonly Track[], readonly Gone[]] {
  const kept: Track[] = [];
  const gone: Gone[] = [];
  for (const track of tracks) {
    const next = seenLast(track, watched.at) > 0 ? { ...track, emptyFor: emptyFor(track, watched, dt) } : track;
    const why = reasonToGo(next, watched);
    if (why)
      gone.push({
        track: next.id,
        why,
        ...(why === 'merged' && next.behind !== undefined ? { into: next.behind.track } : {}),
      });
    else kept.push(next);
  }
  return [kept, gone];
}

/** Grows while the place looks as the remembered room, shrinks to nothing when it does not. */
function emptyFor(track: Track, { noticed }: Watched, dt: number): number {
  const { change } = noticed;
  if (noticed.jumped) return 0;
  const known = knownIn(track.box, change);
  const changed = changedIn(track.box, change);
  const moving = shareIn(track.box, change.width, change.height, noticed.moving);
  return known > 0.15 && changed < 0.08 && moving < 0.05 ? track.emptyFor + dt : 0;
}

function reasonToGo(track: Track, watched: Watched): Gone['why'] | undefined {
  const unseen = seenLast(track, watched.at);
  if (unseen <= 0) return undefined;
  if (!track.sure && unseen > 1.5) return 'never-sure';
  if (track.behind && (watched.at - track.behind.since) / 1000 > longestHidden) return 'merged';
  if (unseen > 2 && track.emptyFor > 1.5) return atWayOut(track, watched) ? 'edge' : 'empty';
  if (unseen > 0.8 && atWayOut(track, watched) && !isLevel(track, watched.aspect) && !stillThere(track, watched))
    return 'edge';
  return undefined;
}

function stillThere({ box }: Track, { noticed }: Watched): boolean {
  return knownIn(box, noticed.change) > 0.3 && changedIn(box, noticed.change) > 0.3;
}

function atWayOut({ box }: Track, { exits }: Watched): boolean {
  const near = 0.025;
  const atEdge = box.x < near || box.x + box.width > 1 - near || box.y + box.height > 1 - near;
  const [x] = middle(box);
  return (
    atEdge ||
    exits.some((exit) => contains(exit, x, box.y + box.height * 0.95) || contains(exit, x, box.y + box.height / 2))
  );
}

const isLevel = ({ box, body }: Track, aspect: number): boolean =>
  body?.axis ? body.axis.tilt > 55 : box.width * aspect > 1.2 * box.height;

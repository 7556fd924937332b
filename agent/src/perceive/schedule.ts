/** Pure. Schedules the models' runs: often while something moves or is in doubt, seldom while all is known. It goes by the pictures' own time. */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { SceneChange } from './background.ts';
import { cellsOf, meanIn, widened } from './cells.ts';
import { quarterTurns } from './crop.ts';
import type { DetectorSide } from './models.ts';
import { scratchPlane } from './scratch.ts';
import { secondsUnseen, type Track } from './track.ts';

export interface Schedule {
  readonly begun: Instant | undefined;
  readonly scannedAt: Instant | undefined;
  /** Number of the next scan, of which each has the next rotation. */
  readonly turn: number;
  /** Number of the picture. */
  readonly tick: number;
}

export const firstSchedule: Schedule = { begun: undefined, scannedAt: undefined, turn: 0, tick: 0 };

/** One run of the detector over the whole picture. */
export interface Scan {
  /** Rotation in radians. */
  readonly turn: number;
  readonly side: DetectorSide;
}

export interface PlannedRuns {
  readonly scan: readonly Scan[];
  /** Tracks on which the pose model runs. */
  readonly tracks: readonly Track[];
  /** Number of the picture, for what is tried in rotation. */
  readonly tick: number;
  /** Nothing moves and no track is in doubt: the next pictures may be skipped. */
  readonly quiet: boolean;
}

/** Milliseconds after the start during which everything counts as in doubt; share of the picture that noise may move. */
const [settled, mostCalm] = [2000, 0.002];

/**
 * Milliseconds between two scans, of one rotation each: while something moves that is not known for a person, or is, and is measured itself; in
 * a quiet room of which not all is known, or in which everybody has been found; and where nothing has moved for long.
 */
const pace = {
  ...{ doubt: 200, moving: 500, explained: 800 },
  ...{ quiet: 1000, known: 2000, asleep: 3000, longAsleep: 10_000 },
} as const;
/** Seconds without motion after which the room is asleep, and scans become rare: what NanoDet has not detected by then it will not detect soon. */
const [asleepAfter, longAsleepAfter] = [30, 300];

/** @param watched a viewer sees the picture: each moving body is measured in every one */
export function planRuns(
  before: Schedule,
  at: Instant,
  scene: SceneChange,
  tracks: readonly Track[],
  watched = false,
): readonly [Schedule, PlannedRuns] {
  const begun = before.begun ?? at;
  const due = before.scannedAt === undefined ? Number.POSITIVE_INFINITY : at - before.scannedAt;
  // The first picture is scanned in every rotation, because a person may lie there already.
  const turns =
    before.scannedAt === undefined ? quarterTurns.length : due >= pace[mood(begun, at, scene, tracks)] - 20 ? 1 : 0;
  const scan = Array.from({ length: turns }, (_, i) => scanOf(before.turn + i));
  const after = {
    begun,
    scannedAt: turns > 0 ? at : before.scannedAt,
    turn: before.turn + turns,
    tick: before.tick + 1,
  };
  const dueTracks = tracks.filter((track) => !track.occludedBy && isDue(track, at, scene, watched));
  const quiet = at - begun >= settled && isCalm(scene) && !tracks.some((track) => isRestless(track, at));
  return [after, { scan, tracks: dueTracks, tick: before.tick, quiet }];
}

/**
 * A body that lies is long in the picture and is found as well in a smaller input, and better where it is dark; one that stands far away
 * needs the larger one.
 */
const sides = { upright: 320, turned: 256 } as const;

function scanOf(number: number): Scan {
  const turn = quarterTurns[number % quarterTurns.length]!;
  return { turn, side: turn === 0 ? sides.upright : sides.turned };
}

function mood(begun: Instant, at: Instant, scene: SceneChange, tracks: readonly Track[]): keyof typeof pace {
  const lost = tracks.some((track) => track.confirmed && isLost(track) && secondsUnseen(track, at) < 8);
  if (at - begun < settled || lost || scene.relit) return 'doubt';
  const known = tracks.some(isFound) && tracks.every((track) => isFound(track) || !track.moved);
  const { change } = scene;
  if (scene.changedShare > 0.01 && unexplained(change.changed, change, tracks, change.known) > 0.01) return 'moving';
  if (scene.movingShare > mostCalm)
    return known && unexplained(scene.moving, change, tracks) <= mostCalm ? 'explained' : 'moving';
  const calmFor = Math.min(scene.calmFor, (at - begun) / 1000);
  return calmFor > longAsleepAfter ? 'longAsleep' : calmFor > asleepAfter ? 'asleep' : known ? 'known' : 'quiet';
}

const isFound = (track: Track): boolean => track.confirmed && !isLost(track);
const freeOf = scratchPlane();

/**
 * Share of the picture that is foreground, or moves, and that no confirmed track explains.
 * @param cells of either, 0 to 255
 * @param learnt where it is given, a cell of which nothing is learnt does not count
 */
function unexplained(
  cells: Uint8Array,
  { width, height }: SceneChange['change'],
  tracks: readonly Track[],
  learnt?: Uint8Array,
): number {
  const free = freeOf(cells.length);
  free.set(cells);
  for (const track of tracks) {
    if (!isFound(track)) continue;
    const [left, top, right, bottom] = cellsOf(widened(track.box, 0.15), width, height);
    for (let y = top; y < bottom; y++) free.fill(0, y * width + left, y * width + Math.max(left, right));
  }
  let many = 0;
  for (let i = 0; i < free.length; i++) if (free[i]! > 127 && learnt?.[i] !== 0) many++;
  return many / free.length;
}

const isCalm = ({ movingShare, calmFor, relit }: SceneChange): boolean =>
  movingShare <= mostCalm && calmFor >= 1 && !relit;

/** A young or moving tentative track, or a confirmed one that was lost a moment ago. */
const isRestless = (track: Track, at: Instant): boolean =>
  track.confirmed ? isLost(track) && secondsUnseen(track, at) <= 3 : track.moved || at - track.bornAt < 1000;

/** Measured since it was last seen, and not found. */
const isLost = (track: Track): boolean => track.measuredAt > track.seenAt;

/**
 * Milliseconds between two pose estimates of a track that moves, that is still, and that is at rest (asleep, mostly); of one that was lost
 * a moment ago, and of one that has been so for longer; of a tentative one that has moved, that is new, and of any other.
 */
const measureEvery = {
  ...{ moving: 200, still: 600, atRest: 1500 },
  ...{ lost: 200, longLost: 800 },
  ...{ tentative: 100, young: 200, doubtful: 500 },
} as const;
/**
 * Milliseconds without motion for which a track is measured as if it moved, so that how somebody lies is known soon after they fell; and after
 * which it is at rest.
 */
const [settling, atRest] = [2000, 10_000];
/** Seconds after which a lost track has been so for longer. */
const longLostAfter = 3;

function isDue(track: Track, at: Instant, scene: SceneChange, watched: boolean): boolean {
  const state = stateOf(track, at, scene);
  return at - track.measuredAt + 20 >= (watched && state === 'moving' ? 0 : measureEvery[state]);
}

function stateOf(track: Track, at: Instant, scene: SceneChange): keyof typeof measureEvery {
  if (!track.confirmed) return track.moved ? 'tentative' : at - track.bornAt < 1000 ? 'young' : 'doubtful';
  if (isLost(track)) return secondsUnseen(track, at) > longLostAfter ? 'longLost' : 'lost';
  if (meanIn(track.box, scene.change.width, scene.change.height, scene.moving) > leastMotion) return 'moving';
  const stillFor = at - track.anchor.at;
  return stillFor > atRest ? 'atRest' : stillFor > settling ? 'still' : 'moving';
}

/** Share of a body's box that moves when it does. */
const leastMotion = 0.01;

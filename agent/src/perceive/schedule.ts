/** Pure. What deserves a look in this picture: much while something happens or is in doubt, little while all is known. Goes by the pictures' own time. */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { SceneChange } from './background.ts';
import { cellsOf, meanIn, widened } from './cells.ts';
import { quarterTurns } from './crop.ts';
import { secondsUnseen, type Track } from './track.ts';

export interface Schedule {
  readonly begun: Instant | undefined;
  readonly scannedAt: Instant | undefined;
  /** Which of the turns the whole picture is looked through next. */
  readonly turn: number;
  /** Counts the pictures. */
  readonly tick: number;
}

export const firstSchedule: Schedule = { begun: undefined, scannedAt: undefined, turn: 0, tick: 0 };

export interface PlannedRuns {
  /** Turns in which NanoDet should look at the whole picture, in radians. */
  readonly scan: readonly number[];
  /** Tracks that BlazePose should look at. */
  readonly tracks: readonly Track[];
  /** Counts the pictures, for what is tried in turn. */
  readonly tick: number;
  /** Nothing moves and nobody is in doubt: a picture like this one may be passed over. */
  readonly quiet: boolean;
}

/** Milliseconds after which the first impressions are over; share of the picture that noise may stir. */
const [settled, mostCalm] = [2000, 0.002];

/** Milliseconds between two looks at the whole picture, one turn each. */
const pace = { doubt: 200, moving: 500, quiet: 1000, asleep: 3000, longAsleep: 10_000 } as const;
/** Seconds without any movement after which the room is asleep: what NanoDet has not seen in it by now it will not see soon. */
const [asleepAfter, longAsleepAfter] = [30, 300];

export function planRuns(
  before: Schedule,
  at: Instant,
  scene: SceneChange,
  tracks: readonly Track[],
): readonly [Schedule, PlannedRuns] {
  const begun = before.begun ?? at;
  const due = before.scannedAt === undefined ? Number.POSITIVE_INFINITY : at - before.scannedAt;
  // The very first picture is looked at in every turn: a person may lie there already.
  const turns =
    before.scannedAt === undefined ? quarterTurns.length : due >= pace[mood(begun, at, scene, tracks)] - 20 ? 1 : 0;
  const scan = Array.from({ length: turns }, (_, i) => quarterTurns[(before.turn + i) % quarterTurns.length]!);
  const after = {
    begun,
    scannedAt: turns > 0 ? at : before.scannedAt,
    turn: (before.turn + turns) % quarterTurns.length,
    tick: before.tick + 1,
  };
  const worth = tracks.filter((track) => !track.occludedBy && isDue(track, at, scene));
  const quiet = at - begun >= settled && isCalm(scene) && !tracks.some((track) => isRestless(track, at));
  return [after, { scan, tracks: worth, tick: before.tick, quiet }];
}

function mood(begun: Instant, at: Instant, scene: SceneChange, tracks: readonly Track[]): keyof typeof pace {
  const lost = tracks.some((track) => track.confirmed && isLost(track) && secondsUnseen(track, at) < 8);
  if (at - begun < settled || lost || scene.relit) return 'doubt';
  if (scene.movingShare > mostCalm || unexplained(scene, tracks) > 0.01) return 'moving';
  const calmFor = Math.min(scene.calmFor, (at - begun) / 1000);
  return calmFor > longAsleepAfter ? 'longAsleep' : calmFor > asleepAfter ? 'asleep' : 'quiet';
}

/** Share of the picture that is not as remembered, and in which nobody is who is well known to be there. */
function unexplained({ change, changedShare }: SceneChange, tracks: readonly Track[]): number {
  if (changedShare <= 0.01) return 0;
  const { width, height, changed, known } = change;
  const free = changed.slice();
  for (const track of tracks) {
    if (!track.confirmed || isLost(track)) continue;
    const [left, top, right, bottom] = cellsOf(widened(track.box, 0.15), width, height);
    for (let y = top; y < bottom; y++) free.fill(0, y * width + left, y * width + Math.max(left, right));
  }
  let many = 0;
  for (let i = 0; i < free.length; i++) if (free[i]! > 127 && known[i]! > 0) many++;
  return many / free.length;
}

const isCalm = ({ movingShare, calmFor, relit }: SceneChange): boolean =>
  movingShare <= mostCalm && calmFor >= 1 && !relit;

/** Not known well enough, or lost a moment ago: each picture may be the one that tells. */
const isRestless = (track: Track, at: Instant): boolean =>
  track.confirmed ? isLost(track) && secondsUnseen(track, at) <= 3 : track.moved || at - track.bornAt < 1000;

/** Looked for since, and not found. */
const isLost = (track: Track): boolean => track.measuredAt > track.seenAt;

/** Milliseconds between two looks at one who does not stir, and after which they are at rest: asleep, mostly. */
const betweenLooks = { still: 400, atRest: 600 } as const;
const atRest = 10_000;

/** A body that moves is looked at in every picture, one that rests now and then; one that was lost often at first. */
function isDue(track: Track, at: Instant, { moving, change }: SceneChange): boolean {
  const since = at - track.measuredAt + 20;
  const unseen = secondsUnseen(track, at);
  if (!track.confirmed) return since >= (track.moved ? 100 : at - track.bornAt < 1000 ? 200 : 500);
  if (isLost(track)) return since >= (unseen > 3 ? 800 : 100);
  const stirs = meanIn(track.box, change.width, change.height, moving) > 0.01;
  return since >= (stirs ? 0 : at - track.anchor.at > atRest ? betweenLooks.atRest : betweenLooks.still);
}

/** When detector and pose model run: often in doubt and motion, seldom in a quiet room; rejected regions with backoff. */
import type { SceneChange } from '@nattfrid/agent/perceive/background';
import { isDue, type RejectedRegion, reject, withoutMoving } from '@nattfrid/agent/perceive/rejected-regions';
import { firstSchedule, planRuns } from '@nattfrid/agent/perceive/schedule';
import type { Track } from '@nattfrid/agent/perceive/track';
import type { Box } from '@nattfrid/shared/domain/geometry';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const place: Box = { x: 0.2, y: 0.2, width: 0.3, height: 0.5 };

/** A room of one cell: it stirs everywhere or nowhere. */
const scene = (stirs: boolean): SceneChange => ({
  change: { width: 1, height: 1, changed: new Uint8Array(1), known: new Uint8Array(1).fill(255) },
  moving: new Uint8Array(1).fill(stirs ? 255 : 0),
  changedShare: 0,
  knownShare: 1,
  movingShare: stirs ? 1 : 0,
  stillFor: new Float32Array(1),
  calmFor: 0,
  noise: 0.2,
  relit: false,
});

/** @param stillFor milliseconds since they last moved */
const person = (at: Instant, unseenMilliseconds: number, lookedAt: Instant, stillFor = 5000): Track => ({
  id: 1,
  box: place,
  birthBox: place,
  anchor: { box: place, at: instant(at - stillFor) },
  bornStill: false,
  velocity: [0, 0],
  bodyAt: at,
  bornAt: instant(0),
  certainty: 0.9,
  confirmed: true,
  moved: true,
  lives: true,
  ownMotionFor: 1,
  wasUpright: true,
  poseConfidence: 0.9,
  detectionScore: 0.5,
  emptyFor: 0,
  seenAt: instant(at - unseenMilliseconds),
  measuredAt: lookedAt,
});

/** Ten seconds after the first ten, ten pictures a second: how many scans, and pose estimates of the person, there are in a second. */
function runsASecond(unseenMilliseconds: number | undefined, stirs: boolean, watched = false, stillFor?: number) {
  let schedule = firstSchedule;
  let [scans, measurements, lookedAt] = [0, 0, instant(0)];
  for (let picture = 0; picture < 200; picture++) {
    const at = instant(picture * 100);
    const tracks = unseenMilliseconds === undefined ? [] : [person(at, unseenMilliseconds, lookedAt, stillFor)];
    const [next, planned] = planRuns(schedule, at, scene(stirs), tracks, watched);
    schedule = next;
    if (planned.tracks.length > 0) lookedAt = at;
    if (picture < 100) continue;
    scans += planned.scan.length;
    measurements += planned.tracks.length;
  }
  return { scans: scans / 10, poses: measurements / 10 };
}

describe('what deserves a look', () => {
  it('looks at the very first picture in every turn', () => {
    expect(planRuns(firstSchedule, instant(0), scene(false), [])[1].scan).toHaveLength(3);
  });

  it.each<
    readonly [
      string,
      number | undefined,
      boolean,
      { scans: readonly [number, number]; poses: readonly [number, number] },
    ]
  >([
    ['little in an empty room', undefined, false, { scans: [0.5, 1.5], poses: [0, 0] }],
    ['now and then at one who rests', 0, false, { scans: [0.5, 1.5], poses: [1, 3] }],
    ['five times a second at one who moves, and less for others', 0, true, { scans: [1, 1.5], poses: [5, 5] }],
    ['everywhere when somebody has just been lost', 500, true, { scans: [4, 7], poses: [5, 5] }],
    ['patiently at one who was lost long ago', 60_000, false, { scans: [0.5, 1.5], poses: [1, 2] }],
  ])('looks %s', (_, unseen, stirs, { scans, poses }) => {
    const told = runsASecond(unseen, stirs);
    expect(told.scans).toBeGreaterThanOrEqual(scans[0]);
    expect(told.scans).toBeLessThanOrEqual(scans[1]);
    expect(told.poses).toBeGreaterThanOrEqual(poses[0]);
    expect(told.poses).toBeLessThanOrEqual(poses[1]);
  });

  it('looks at one who has come to rest a moment ago as if they moved: how they lie is known soon', () => {
    expect(runsASecond(0, false, false, 500).poses).toBe(5);
  });

  it('looks in each picture at one who moves while somebody watches the picture', () => {
    expect(runsASecond(0, true, true).poses).toBe(10);
  });
});

describe('a room in which nothing has moved', () => {
  const scannedAgain = (calmFor: number, begun: number, after: number) =>
    planRuns(
      { ...firstSchedule, begun: instant(begun), scannedAt: instant(600_000 - after) },
      instant(600_000),
      { ...scene(false), calmFor },
      [],
    )[1].scan.length > 0;

  it.each<readonly [string, boolean, number, number, number]>([
    ['for a moment: once a second', true, 5, 0, 1000],
    ['for half a minute: not so often', false, 40, 0, 1000],
    ['for half a minute: every three seconds', true, 40, 0, 3000],
    ['for long: not so often', false, 400, 0, 3000],
    ['for long: every ten seconds', true, 400, 0, 10_000],
    ['that was known of: once a second while it is new', true, 3600, 590_000, 1000],
  ])('%s', (_, scanned, calmFor, begun, after) => {
    expect(scannedAgain(calmFor, begun, after)).toBe(scanned);
  });
});

describe('a quiet room', () => {
  const calm: SceneChange = { ...scene(false), calmFor: 5 };
  const at = instant(60_000);
  const quietWith = (seen: SceneChange, ...tracks: readonly Track[]) =>
    planRuns({ ...firstSchedule, begun: instant(0), scannedAt: at }, at, seen, tracks)[1].quiet;
  const known = person(at, 200, instant(at - 300));

  it.each<readonly [string, boolean, SceneChange, readonly Track[]]>([
    ['with nobody in it', true, calm, []],
    ['with one who rests in a known place', true, calm, [known]],
    ['with one who was lost long ago', true, calm, [person(at, 60_000, at)]],
    ['is not one in which somebody moves', false, { ...calm, movingShare: 0.01 }, [known]],
    ['is not one in which somebody moved a moment ago', false, { ...calm, calmFor: 0.4 }, [known]],
    ['is not one in which the light has just changed', false, { ...calm, relit: true }, []],
    ['is not one in which somebody was lost a moment ago', false, calm, [person(at, 1000, at)]],
    ['is not one with something that moved and may be a person', false, calm, [{ ...known, confirmed: false }]],
  ])('%s: pictures may be passed over: %s', (_, quiet, seen, tracks) => {
    expect(quietWith(seen, ...tracks)).toBe(quiet);
  });

  it('is not one that was seen for the first time a moment ago', () => {
    expect(planRuns({ ...firstSchedule, begun: instant(0) }, instant(500), calm, [])[1].quiet).toBe(false);
  });
});

describe('a place that was looked at in vain', () => {
  it('is asked again ever more seldom, but at least once a minute', () => {
    let rejected: readonly RejectedRegion[] = [];
    const asked: number[] = [];
    for (let at = 0; at < 600_000; at += 100) {
      if (!isDue(rejected, place, instant(at))) continue;
      asked.push(at);
      rejected = reject(rejected, place, instant(at));
    }
    expect(asked.length).toBeLessThan(20);
    expect(asked.slice(0, 4)).toEqual([0, 400, 1200, 2800]);
    expect(asked.at(-1)! - asked.at(-2)!).toBeLessThanOrEqual(60_000);
  });

  it('is asked at once when something stirs there', () => {
    const rejected = reject(reject([], place, instant(0)), place, instant(1000));
    expect(isDue(rejected, place, instant(1100))).toBe(false);
    expect(isDue(withoutMoving(rejected, scene(true)), place, instant(1100))).toBe(true);
  });
});

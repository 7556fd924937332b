/** Plays one simulated night through the unit's own stages, with the real models, as fast as they can look. */
import { decide, openJudge, tickPeriod } from '@nattfrid/agent/decide/decide';
import type { Finding } from '@nattfrid/agent/decide/finding';
import type { Frame } from '@nattfrid/agent/decode/frame';
import { openPool } from '@nattfrid/agent/decode/pool';
import type { SeeingModels } from '@nattfrid/agent/perceive/models';
import { perceive } from '@nattfrid/agent/perceive/perceive';
import type { BedStateName } from '@nattfrid/shared/domain/evidence-code';
import type { Gap, Observation } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { silent } from '@nattfrid/shared/log/logger';
import { elapsed } from '@nattfrid/shared/time/clock';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { chance } from '../scene/noise.ts';
import { bedPolygon, doorPolygon } from '../scene/set.ts';
import { wardrobe } from './appearances.ts';
import { composer } from './compositor.ts';
import { type Shown, shownIn } from './frame-schedule.ts';
import { type Staged, stage } from './night-timeline.ts';
import { type BedMinutes, type NightScore, scoreBed, scoreNight, type Told } from './score-night.ts';
import type { Night } from './script.ts';
import { size } from './sprite.ts';
import type { Sheets } from './sprite-sheets.ts';

export interface PlayedNight {
  readonly night: Night;
  readonly staged: Staged;
  readonly told: readonly Told[];
  readonly bedSaid: readonly { readonly at: number; readonly is: BedStateName | undefined }[];
  readonly score: NightScore;
  readonly bed: BedMinutes;
  readonly pictures: number;
  readonly seconds: number;
}

export const wearsIn = (night: Night): number => night.seed % wardrobe.length;

export function stagedNight(night: Night, { takes }: Sheets): { staged: Staged; lengths: (take: string) => number } {
  const lengths = (take: string) => {
    const sprites = takes.get(take);
    if (!sprites) throw new Error(`No take is called ${take}.`);
    return sprites.length;
  };
  return { staged: stage(night, lengths, `client${wearsIn(night)}`), lengths };
}

/** Rooms differ by the seed: mirrored or not, darker or brighter, with more or less noise. */
function variationOf({ seed }: Night) {
  const random = chance(seed + 401);
  return { mirrored: random() < 0.5, noise: 1.5 + 3 * random(), gain: 0.7 + 0.5 * random(), seed };
}

/** Bed and door, where this night's room has them. */
function roomOf(night: Night): Room {
  const { mirrored } = variationOf(night);
  const side = (polygon: readonly (readonly [number, number])[]) =>
    polygon.map(([x, y]) => [mirrored ? 1 - x : x, y] as const);
  return { beds: [side(bedPolygon)], exits: [side(doorPolygon)], masks: [] };
}

export function painterOf(night: Night, sheets: Sheets) {
  const variation = variationOf(night);
  const paint = composer(sheets.room, variation);
  return {
    mirrored: variation.mirrored,
    paint: (into: Uint8Array, { takes, weather }: Shown) =>
      paint(
        into,
        takes.map(({ take, picture }) => sheets.takes.get(take)![picture]!),
        weather,
      ),
  };
}

export interface Playing {
  readonly progress: (share: number) => void;
  /** Told of all that was seen, in figures: enough to decide the night again. */
  readonly keep?: ((seen: Observation) => void) | undefined;
}

export async function playNight(
  night: Night,
  sheets: Sheets,
  models: SeeingModels,
  { progress, keep }: Playing,
): Promise<PlayedNight> {
  const begun = elapsed();
  const start = instant(Date.parse(night.begins));
  const { staged, lengths } = stagedNight(night, sheets);
  const { paint } = painterOf(night, sheets);
  const clock = movedClock(start);
  const pool = openPool(silent);
  const found: Finding[] = [];
  const room = roomOf(night);
  let pictures = 0;

  async function* camera(): AsyncGenerator<Frame | Gap> {
    let before: Instant = start;
    for (const shown of shownIn(staged, 60 * night.minutes, lengths)) {
      const at = instant(start + Math.round(1000 * shown.at));
      if (shown.lost) {
        yield { type: 'gap', from: before, at, why: 'camera-lost' };
      } else {
        const frame = pool.lend(size.width, size.height, at);
        paint(frame.i420, shown);
        pictures++;
        yield frame;
      }
      before = at;
    }
  }
  const { signal } = new AbortController();
  const seen = perceive({ models, room: () => room, log: silent })(camera(), signal);
  const versions = Object.entries(models.versions).map(([name, version]) => `${name} ${version}`);
  const judged = decide({
    plan: () => night.alarms,
    room: () => room,
    tell: (one) => found.push(one),
    clock,
    models: versions,
  })(seen, signal);
  const bedSaid: { at: number; is: BedStateName | undefined }[] = [];
  for await (using one of judged) {
    const { input } = one;
    const at = input.type === 'seen' ? input.frame.at : input.at;
    keep?.(input.type === 'seen' ? input.observation : input);
    bedSaid.push({ at: (at - start) / 1000, is: bedOf(one) });
    clock.moveTo(at);
    if (bedSaid.length % 300 === 0) progress((at - start) / 60_000 / night.minutes);
  }
  return { ...scored(night, staged, found, bedSaid), pictures, seconds: (elapsed() - begun) / 1000 };
}

/** Decides a night anew from what was seen of it: no model runs, so it takes seconds. */
export function decideNightAgain(night: Night, sheets: Sheets, seen: Iterable<Observation>): PlayedNight {
  const begun = elapsed();
  const start = instant(Date.parse(night.begins));
  const clock = movedClock(start);
  const room = roomOf(night);
  const found: Finding[] = [];
  const bedSaid: { at: number; is: BedStateName | undefined }[] = [];
  let pictures = 0;
  const judge = openJudge({
    plan: () => night.alarms,
    room: () => room,
    tell: (one) => found.push(one),
    clock,
    models: [],
  });
  using _ticking = clock.every(tickPeriod, () => judge.tick(clock.now()));
  for (const one of seen) {
    judge.step(one);
    bedSaid.push({ at: (one.at - start) / 1000, is: bedOf(judge.known()) });
    if (one.type === 'observed') pictures++;
    clock.moveTo(one.at);
  }
  const { staged } = stagedNight(night, sheets);
  return { ...scored(night, staged, found, bedSaid), pictures, seconds: (elapsed() - begun) / 1000 };
}

function scored(night: Night, staged: Staged, found: readonly Finding[], bedSaid: PlayedNight['bedSaid']) {
  const start = Date.parse(night.begins);
  const told = found.map(
    ({ kind, phase, at, evidence }): Told => ({ kind, phase, code: evidence.code, at: (at - start) / 1000 }),
  );
  return {
    night,
    staged,
    told,
    bedSaid,
    score: scoreNight(staged.wanted, told),
    bed: scoreBed(staged.bed, bedSaid),
  };
}

/** What the unit says of the bed; nothing where its detectors give no bed state. */
function bedOf(judged: { readonly beds?: readonly { readonly name: BedStateName }[] }): BedStateName | undefined {
  return judged.beds?.[0]?.name;
}

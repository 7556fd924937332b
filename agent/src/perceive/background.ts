/**
 * Pure. Background subtraction, with one background model per illumination (lamp on, lamp off, infrared).
 *
 * The model is fitted to the picture's exposure (gain and offset, least squares) before the two are subtracted, and a surface whose
 * texture still correlates (normalised cross-correlation) counts as unchanged under other light.
 */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Instant } from '@nattfrid/shared/time/instant';
import { boxBlurred, type Cells, cellsOf, quantile, widened } from './cells.ts';
import { scratch } from './scratch.ts';
import type { Change } from './seen.ts';

/** The empty room in one illumination, cell by cell. The next step writes over it. */
interface BackgroundModel {
  readonly mean: Float32Array;
  /** Mean absolute deviation of each cell, in grey values. */
  readonly deviation: Float32Array;
  /** Seconds for which each cell has been learnt, up to `wellKnown`. */
  readonly age: Float32Array;
  /** What the cell shows instead of the model, and for how many seconds: moved furniture is taken over after a while. */
  readonly candidate: Float32Array;
  readonly candidateFor: Float32Array;
}

export interface Background {
  readonly width: number;
  readonly height: number;
  readonly at: Instant;
  readonly last: Float32Array;
  readonly model: BackgroundModel;
  /** The models of the illuminations that are not on now, newest first. */
  readonly otherModels: readonly BackgroundModel[];
  /** Seconds since each cell last moved, and since more of the picture moved than `leastMotion`. */
  readonly stillFor: Float32Array;
  readonly calmFor: number;
  /** Seconds for which most of the room has differed from the model without moving. */
  readonly mismatchedFor: number;
  /** As in `SceneChange`, of the last picture whose illumination did not change. */
  readonly noise: number;
}

/** What background subtraction and frame differencing say of one picture. */
export interface SceneChange {
  readonly change: Change;
  /** 0 to 255: certainty that the cell moves (frame difference to the picture before). */
  readonly moving: Uint8Array;
  /** Seconds since each cell last moved, and since more of the picture moved than noise does. */
  readonly stillFor: Float32Array;
  readonly calmFor: number;
  /** Shares of all cells, 0 to 1: learnt and different from the model; how well they are learnt; moving. */
  readonly changedShare: number;
  readonly knownShare: number;
  readonly movingShare: number;
  /** Noise: the median absolute difference of a cell between two pictures, in grey values. */
  readonly noise: number;
  /** The illumination has just changed: the foreground of this picture says nothing of where people are. */
  readonly relit: boolean;
}

export interface BackgroundInput {
  readonly at: Instant;
  readonly cells: Cells;
  /** Boxes of the people who are tracked: the model does not learn behind them. */
  readonly persons: readonly Box[];
}

/** Seconds: until a cell counts as fully learnt; until a young and an old cell take over what has replaced them. */
const wellKnown = 10;
const settleYoung = 2;
const settleOld = 180;
/** Seconds of mismatch after which the illumination has changed. */
const relitAfter = 0.5;
/** Seconds over which a cell follows the light, and over which it learns how far it strays. */
const fadeOver = 20;
const strayOver = 300;
const mostOtherModels = 3;
/** Share of the picture that moves when a person does. */
const leastMotion = 0.003;
/** Seconds of stillness that the first picture begins with. */
const never = 3600;
/** Milliseconds between two pictures; after a longer pause a person may be anywhere. */
const longestPause = 1000;

/**
 * Takes `before` over and writes over its cells, because copies of them are most of what a picture leaves behind.
 * @param before undefined for the first picture; a picture of another size starts anew
 */
export function stepBackground(
  before: Background | undefined,
  input: BackgroundInput,
): readonly [Background, SceneChange] {
  const { cells, at } = input;
  if (!before || before.width !== cells.width || before.height !== cells.height) return begin(input);
  const dt = Math.min(2, Math.max(0, (at - before.at) / 1000));
  const covered = coveredBy(input);
  const { moving, noise, movingShare } = differenceFrames(before, cells);
  const difference = subtract(before.model, cells, covered, noise);
  const mismatch = shareOf(difference.changed, before.model.age, covered);
  const mismatchedFor = mismatch > 0.5 && movingShare < 0.15 ? before.mismatchedFor + dt : 0;
  const relit = mismatchedFor >= relitAfter;
  const models = [before.model, ...before.otherModels];
  const model = relit ? matchingModel(models, cells, covered, noise) : before.model;
  const seen = relit ? subtract(model, cells, covered, noise) : difference;
  const blind = at - before.at > longestPause;
  const stillFor = new Float32Array(cells.light.length);
  for (let cell = 0; cell < stillFor.length; cell++)
    stillFor[cell] = blind || moving[cell]! > 127 ? 0 : before.stillFor[cell]! + dt;
  const calmFor = blind || movingShare > leastMotion ? 0 : before.calmFor + dt;
  const after: Background = {
    width: cells.width,
    height: cells.height,
    at,
    last: cells.light,
    model: updateModel(model, cells, seen, covered, dt),
    otherModels: relit ? models.filter((one) => one !== model).slice(0, mostOtherModels) : before.otherModels,
    stillFor,
    calmFor,
    mismatchedFor: relit ? 0 : mismatchedFor,
    noise,
  };
  return [after, sceneOf(after, seen.changed, { moving, noise, movingShare, relit: relit || mismatch > 0.5 })];
}

function begin({ at, cells }: BackgroundInput): readonly [Background, SceneChange] {
  const { width, height, light } = cells;
  const model = newModel(light);
  const stillFor = new Float32Array(light.length).fill(never);
  const state = {
    width,
    height,
    at,
    last: light,
    model,
    otherModels: [],
    stillFor,
    calmFor: never,
    mismatchedFor: 0,
    noise: 0,
  };
  const nothing = new Uint8Array(light.length);
  return [state, sceneOf(state, nothing, { moving: nothing, noise: 0, movingShare: 0, relit: false })];
}

const newModel = (light: Float32Array): BackgroundModel => ({
  mean: light.slice(),
  deviation: new Float32Array(light.length).fill(1.5),
  // The first picture counts a little at once; where it holds a person, that is soon unlearnt.
  age: new Float32Array(light.length).fill(0.1),
  candidate: light.slice(),
  candidateFor: new Float32Array(light.length),
});

function sceneOf(
  { width, height, model, stillFor, calmFor }: Background,
  changed: Uint8Array,
  motion: Pick<SceneChange, 'moving' | 'noise' | 'movingShare' | 'relit'>,
): SceneChange {
  const known = new Uint8Array(changed.length);
  let knownSum = 0;
  let changedSum = 0;
  for (let i = 0; i < known.length; i++) {
    const share = Math.min(1, model.age[i]! / wellKnown);
    known[i] = 255 * share;
    knownSum += share;
    if (share > 0 && changed[i]! > 127) changedSum++;
  }
  const change = { width, height, changed, known };
  return {
    change,
    ...motion,
    stillFor,
    calmFor,
    changedShare: changedSum / known.length,
    knownShare: knownSum / known.length,
  };
}

/** 1 in the cells of each person's box, with a margin. */
function coveredBy({ cells, persons }: BackgroundInput): Uint8Array {
  const covered = new Uint8Array(cells.light.length);
  for (const box of persons) {
    const [left, top, right, bottom] = cellsOf(widened(box, 0.1), cells.width, cells.height);
    for (let y = top; y < bottom; y++) covered.fill(1, y * cells.width + left, y * cells.width + Math.max(left, right));
  }
  return covered;
}

/** Frame differencing: the cells that move against the picture before, the noise, and the share that moves. */
function differenceFrames({ last, noise: typical }: Background, { width, height, light }: Cells) {
  const difference = differenceOf(light.length);
  for (let i = 0; i < light.length; i++) difference[i] = light[i]! - last[i]!;
  const sample = sampleOf(Math.ceil(difference.length / 13));
  for (let i = 0, to = 0; i < difference.length; i += 13, to++) sample[to] = Math.abs(difference[i]!);
  // The median, because most of a room stands still in most pictures.
  const median = quantile(sample, 0.5);
  const calm = boxBlurred(width, height, difference, 1, calmOf(light.length));
  const least = Math.max(1.5, 1.5 * median);
  const moving = new Uint8Array(light.length);
  let many = 0;
  for (let i = 0; i < moving.length; i++) {
    moving[i] = ramp(Math.abs(calm[i]!), least, 2.5 * least);
    if (moving[i]! > 127) many++;
  }
  // A change of the whole picture at once is another illumination, not noise; where somebody moves cannot be read from this picture.
  // It counts as moving, because a lamp goes on when a person gets up.
  const relit = typical > 0 && median > 2 + 4 * typical;
  return { moving, noise: relit ? typical : median, movingShare: relit ? 1 : many / moving.length };
}

/** 0 up to `from`, 255 from `to` on. */
const ramp = (value: number, from: number, to: number): number =>
  value <= from ? 0 : value >= to ? 255 : (255 * (value - from)) / (to - from);

const [differenceOf, expectedOf, calmOf, sampleOf] = [scratch(), scratch(), scratch(), scratch()];

/** A picture against the model in its exposure. */
interface Difference {
  /** Foreground of each cell: 0 as the model (or not learnt), 255 certainly different. */
  readonly changed: Uint8Array;
  readonly gain: number;
  readonly offset: number;
}

function subtract(model: BackgroundModel, cells: Cells, covered: Uint8Array, noise: number): Difference {
  const { width, height, light } = cells;
  const [gain, offset] = fitGainAndOffset(model, light, covered);
  const difference = differenceOf(light.length);
  const expected = expectedOf(light.length);
  for (let i = 0; i < light.length; i++) {
    expected[i] = gain * model.mean[i]! + offset;
    difference[i] = light[i]! - expected[i]!;
  }
  const calm = boxBlurred(width, height, difference, 1, calmOf(light.length));
  const changed = new Uint8Array(light.length);
  const floor = Math.max(3, 1.5 * noise, 0.035 * contrastOf(light));
  let many = 0;
  for (let i = 0; i < changed.length; i++) {
    if (model.age[i]! <= 0) continue;
    const strays = 2 * model.deviation[i]!;
    const least = strays > floor ? strays : floor;
    changed[i] = ramp(Math.abs(calm[i]!), least, 2.5 * least);
    if (changed[i]! > 0) many++;
  }
  // The correlation is the costly step and runs only where something differs.
  if (many * 200 < changed.length) return { changed, gain, offset };
  const alike = textureCorrelation(width, height, light, expected, noise);
  for (let i = 0; i < changed.length; i++) changed[i] = changed[i]! * (1 - 0.8 * alike[i]!);
  return { changed, gain, offset };
}

function contrastOf(light: Float32Array): number {
  const sample = sampleOf(Math.ceil(light.length / 17));
  for (let i = 0, to = 0; i < light.length; i += 17, to++) sample[to] = light[i]!;
  return quantile(sample, 0.95) - quantile(sample, 0.05);
}

/** Gain and offset that bring the model to this picture's exposure: least squares in three passes, the last two without outliers. */
function fitGainAndOffset(
  { mean, age }: BackgroundModel,
  light: Float32Array,
  covered: Uint8Array,
): readonly [number, number] {
  let gain = 1;
  let offset = 0;
  for (const reach of [Number.POSITIVE_INFINITY, 20, 10]) {
    let n = 0;
    let sx = 0;
    let sy = 0;
    let sxx = 0;
    let sxy = 0;
    for (let i = 0; i < light.length; i += 5) {
      if (covered[i] || age[i]! <= 0) continue;
      const x = mean[i]!;
      const y = light[i]!;
      if (Math.abs(y - gain * x - offset) > reach) continue;
      n++;
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
    }
    const varied = n * sxx - sx * sx;
    if (n < light.length / 50 || varied < n * n) break;
    const slope = Math.min(3, Math.max(0.33, (n * sxy - sx * sy) / varied));
    gain = slope;
    offset = (sy - slope * sx) / n;
  }
  return [gain, offset];
}

/**
 * How much of the model's texture is still there, 0 to 1: the normalised cross-correlation in windows of 5 × 5 cells, which neither
 * gain nor offset changes. 0 where there is no texture.
 */
function textureCorrelation(
  width: number,
  height: number,
  a: Float32Array,
  b: Float32Array,
  noise: number,
): Float32Array {
  const [aOf, bOf, aaOf, bbOf, abOf, productOf] = correlated;
  const blurred = (values: Float32Array, out: (length: number) => Float32Array) =>
    boxBlurred(width, height, values, 2, out(values.length));
  const product = (x: Float32Array, y: Float32Array) => multiply(x, y, productOf(x.length));
  const [meanA, meanB] = [blurred(a, aOf), blurred(b, bOf)];
  const [aa, bb, ab] = [blurred(product(a, a), aaOf), blurred(product(b, b), bbOf), blurred(product(a, b), abOf)];
  const least = Math.max(2, 3 * noise) ** 2;
  const alike = productOf(a.length).fill(0);
  for (let i = 0; i < alike.length; i++) {
    const varA = aa[i]! - meanA[i]! * meanA[i]!;
    const varB = bb[i]! - meanB[i]! * meanB[i]!;
    if (varA < least || varB < least) continue;
    const correlation = (ab[i]! - meanA[i]! * meanB[i]!) / Math.sqrt(varA * varB);
    const kept = (correlation - 0.7) / 0.2;
    alike[i] = kept > 1 ? 1 : kept > 0 ? kept : 0;
  }
  return alike;
}

const correlated = [scratch(), scratch(), scratch(), scratch(), scratch(), scratch()] as const;

function multiply(x: Float32Array, y: Float32Array, out: Float32Array): Float32Array {
  for (let i = 0; i < out.length; i++) out[i] = x[i]! * y[i]!;
  return out;
}

/** Share of the learnt cells without a person in front that differ. */
function shareOf(changed: Uint8Array, age: Float32Array, covered: Uint8Array): number {
  let [many, all] = [0, 0];
  for (let i = 0; i < changed.length; i++) {
    if (covered[i] || age[i]! < 1) continue;
    all++;
    if (changed[i]! > 127) many++;
  }
  return all > changed.length / 10 ? many / all : 0;
}

/** The model that matches this illumination; else a new one. */
function matchingModel(
  models: readonly BackgroundModel[],
  cells: Cells,
  covered: Uint8Array,
  noise: number,
): BackgroundModel {
  for (const model of models.slice(1))
    if (shareOf(subtract(model, cells, covered, noise).changed, model.age, covered) < 0.3) return model;
  return newModel(cells.light);
}

/** The model after this picture: an exponential moving average per cell. Cells behind a person are not learnt; young ones are unlearnt. */
function updateModel(
  model: BackgroundModel,
  { light }: Cells,
  { changed, gain, offset }: Difference,
  covered: Uint8Array,
  dt: number,
): BackgroundModel {
  const { mean, deviation, age, candidate, candidateFor } = model;
  const follows = Math.min(0.5, dt / fadeOver);
  const strays = Math.min(0.5, dt / strayOver);
  for (let i = 0; i < mean.length; i++) {
    const now = light[i]!;
    const was = mean[i]!;
    const old = age[i]!;
    // In this exposure: what a lamp does to the whole room is no deviation of a cell.
    const expected = gain * was + offset;
    if (covered[i]) {
      // A cell learnt for a moment only may have learnt the person.
      if (old < 3) age[i] = 0;
      // Hidden cells follow the exposure of the visible ones: the day breaks behind a sleeper too.
      else mean[i] = was + follows * (expected - was);
      candidateFor[i] = 0;
      continue;
    }
    const off = Math.abs(now - expected);
    const typical = deviation[i]!;
    if (old > 0 && changed[i]! < 128) {
      const over = old + dt > fadeOver ? fadeOver : old + dt;
      const whole = dt / over;
      const share = whole > 0.5 ? 0.5 : whole;
      const next = typical + share * 0.5 * (off - typical);
      mean[i] = was + share * (now - was);
      deviation[i] = next > 0.5 ? next : 0.5;
      age[i] = old + dt > wellKnown ? wellKnown : old + dt;
      candidateFor[i] = 0;
      continue;
    }
    const shown = candidate[i]!;
    const settled = Math.abs(now - shown) < (3 * typical > 4 ? 3 * typical : 4);
    candidateFor[i] = settled ? candidateFor[i]! + dt : 0;
    candidate[i] = settled ? shown + 0.1 * (now - shown) : now;
    // What never settles (a curtain in the wind, a television) is not taken over; its deviation grows slowly instead.
    if (!settled && old > 0 && off > typical) deviation[i] = typical + strays * (off - typical);
    if (candidateFor[i]! < (old < wellKnown / 2 ? settleYoung : settleOld)) continue;
    mean[i] = candidate[i]!;
    deviation[i] = 1.5;
    age[i] = dt > 0.1 ? dt : 0.1;
    candidateFor[i] = 0;
  }
  return model;
}

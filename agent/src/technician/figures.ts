/** Pure. What was watched of a camera, in figures: rates, distances, ages and holes. */
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import type { Codec } from '../codec/codec.ts';
import type { Size } from '../codec/size.ts';
import type { Watched } from './watch-camera.ts';

export interface Figures {
  /** All that came, in order. */
  readonly codecs: readonly Codec[];
  readonly sizes: readonly Size[];
  /** While it sends: holes are told apart. */
  readonly picturesPerSecond: number;
  readonly kilobitsPerSecond: number;
  readonly keyPictures: number;
  /** Between two key pictures: the median; undefined: fewer than two came. */
  readonly keyInterval: Duration | undefined;
  readonly longestKeyInterval: Duration | undefined;
  readonly medianAge: Duration;
  readonly worstAge: Duration;
  /** The longest time between the arrival of two pictures, and up to the end. */
  readonly longestHole: Duration;
  /** Times without a picture that are much longer than usual. */
  readonly holes: number;
  /** B pictures. */
  readonly outOfOrder: number;
}

/** A hole is so many times as long as the usual distance, and at least so long. */
const holeTimes = 4;
const shortestHole = 500;

export function figuresOf({ pictures, length }: Watched): Figures {
  const arrivals = pictures.map((one) => one.arrived);
  const distances = apart([...arrivals, length]);
  const usual = median(apart(arrivals)) ?? 0;
  const keys = apart(pictures.filter((one) => one.key).map((one) => one.arrived));
  const ages = pictures.map((one) => one.age);
  const whole = Math.max(length, 1) / 1000;
  const holes = distances.filter((one) => one >= Math.max(shortestHole, holeTimes * usual));
  const sending = Math.max(length - holes.reduce((sum, one) => sum + one, 0), usual, 1) / 1000;
  const longest = keys.length > 0 ? Math.max(...keys) : undefined;
  return {
    codecs: [...new Set(pictures.map((one) => one.codec))],
    sizes: distinct(pictures.flatMap((one) => one.size ?? [])),
    picturesPerSecond: pictures.length / sending,
    kilobitsPerSecond: (pictures.reduce((sum, one) => sum + one.bytes, 0) * 8) / 1000 / whole,
    keyPictures: pictures.filter((one) => one.key).length,
    keyInterval: median(keys),
    longestKeyInterval: longest === undefined ? undefined : milliseconds(longest),
    medianAge: median(ages) ?? milliseconds(0),
    worstAge: milliseconds(ages.reduce((most, one) => Math.max(most, one), 0)),
    longestHole: milliseconds(distances.reduce((most, one) => Math.max(most, one), 0)),
    holes: holes.length,
    outOfOrder: pictures.filter((one) => one.outOfOrder).length,
  };
}

const apart = (times: readonly Duration[]): readonly Duration[] =>
  times.slice(1).map((one, index) => milliseconds(one - (times[index] ?? one)));

const median = (values: readonly Duration[]): Duration | undefined =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const distinct = (sizes: readonly Size[]): readonly Size[] => [
  ...new Map(sizes.map((one) => [`${one.width}x${one.height}`, one])).values(),
];

/** Pure. Chance that is the same in each run of a seed (mulberry32, public domain, T. Ettinger). */
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';

export interface Dice {
  /** Uniform in [0, 1). */
  roll(): number;
  between(least: number, most: number): number;
  /** Between so many minutes, in whole milliseconds. */
  minutes(least: number, most: number): Duration;
  one<Thing>(things: readonly Thing[]): Thing;
}

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    roll,
    between: (least, most) => least + roll() * (most - least),
    minutes: (least, most) => milliseconds(Math.round((least + roll() * (most - least)) * 60_000)),
    one(things) {
      const thing = things[Math.floor(roll() * things.length)];
      if (thing === undefined) throw new RangeError('there is nothing to choose from');
      return thing;
    },
  };
}

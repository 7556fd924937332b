/** Pure. Timeline of a looped film: which picture is due when, with times that never jump back. */
import type { Film, Picture } from './recording.ts';

export interface Shown {
  readonly picture: Picture;
  /** Milliseconds since the first loop began. */
  readonly time: number;
}

/** The picture with this number, counted through all loops; every loop but the first begins at the film's tail. */
export function shown(film: Film, number: number): Shown {
  const { pictures, length, tail = 0 } = film;
  const first = pictures[number];
  if (first) return { picture: first, time: first.time };
  const [turn, index] = turnOf(film, number);
  const picture = pictures[tail + index] as Picture;
  return { picture, time: length + turn * tailLength(film) + picture.time - tailStart(film) };
}

/** Number of the newest due keyframe, at which a new viewer begins. */
export function newestKey(film: Film, time: number): number {
  const { pictures, length, tail = 0 } = film;
  let newest = 0;
  const turns = Math.max(0, Math.floor((time - length) / tailLength(film)) - 1);
  const from = time < length ? 0 : pictures.length + turns * (pictures.length - tail);
  // The keyframe may lie at the end of the loop before.
  for (let number = Math.max(0, from - pictures.length); shown(film, number).time <= time; number++)
    if (shown(film, number).picture.key) newest = number;
  return newest;
}

const tailStart = ({ pictures, tail = 0 }: Film): number => pictures[tail]?.time ?? 0;
const tailLength = (film: Film): number => film.length - tailStart(film);

function turnOf({ pictures, tail = 0 }: Film, number: number): readonly [turn: number, index: number] {
  const past = number - pictures.length;
  const each = pictures.length - tail;
  return [Math.floor(past / each), past % each];
}

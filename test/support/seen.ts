/** Synthetic output of perceive: a frame with given pixels, and the persons, shapes and change found in it. */
import type { Observed, Person } from '@nattfrid/shared/domain/observation';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { Judged } from '../../agent/src/decide/judged.ts';
import type { Frame } from '../../agent/src/decode/frame.ts';
import type { Change, Seen, Shape } from '../../agent/src/perceive/seen.ts';

export const night = instant(Date.parse('2026-07-01T01:00:00Z'));

/** @param light of each pixel, 16 to 235 */
export function frameOf(
  width: number,
  height: number,
  at: Instant,
  light: (x: number, y: number) => number,
  disposed?: () => void,
): Frame {
  const y = Uint8Array.from({ length: width * height }, (_, pixel) => light(pixel % width, Math.floor(pixel / width)));
  const half = (width / 2) * (height / 2);
  const [u, v] = [new Uint8Array(half).fill(128), new Uint8Array(half).fill(128)];
  return { type: 'frame', at, width, height, y, u, v, [Symbol.dispose]: () => disposed?.() };
}

export function personAt(box: Person['box'], more: Partial<Person> = {}): Person {
  return { track: 1, box, certainty: 0.9, unseenFor: 0 as Person['unseenFor'], ...more };
}

/** An oval that fills the box. */
export function ovalIn(box: Person['box'], track = 1): Shape {
  const side = 96;
  const mask = Uint8Array.from({ length: side * side }, (_, cell) => {
    const [x, y] = [((cell % side) + 0.5) / side - 0.5, (Math.floor(cell / side) + 0.5) / side - 0.5];
    return x * x + y * y < 0.24 ? 255 : 0;
  });
  return { track, region: box, width: side, height: side, mask };
}

/** A grid of 40 × 30; `changed` and `known` by cell. */
export const changeOf = (known: number, changed: (x: number, y: number) => number = () => 0): Change => ({
  width: 40,
  height: 30,
  known: new Uint8Array(1200).fill(known),
  changed: Uint8Array.from({ length: 1200 }, (_, cell) => changed(cell % 40, Math.floor(cell / 40))),
});

export interface Scene {
  readonly frame: Frame;
  readonly persons?: readonly Person[];
  readonly shapes?: readonly Shape[];
  readonly change?: Change;
  readonly picture?: Partial<Observed['picture']>;
}

export function judgedOf({ frame, persons = [], shapes = [], change = changeOf(255), picture = {} }: Scene): Judged {
  const seen: Seen = {
    type: 'seen',
    frame,
    shapes,
    change,
    observation: {
      type: 'observed',
      at: frame.at,
      persons,
      picture: {
        brightness: 0.4,
        contrast: 0.3,
        changed: 0,
        known: 1,
        aspect: frame.width / frame.height,
        alive: true,
        ...picture,
      },
    },
    [Symbol.dispose]: () => frame[Symbol.dispose](),
  };
  return {
    type: 'judged',
    input: seen,
    findings: [],
    beds: [],
    eyesight: { name: 'sees' },
    [Symbol.dispose]: () => seen[Symbol.dispose](),
  };
}

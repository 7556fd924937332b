/** Pure. Data augmentation of a recording (mirrored, cropped, brighter, darker, other noise), which shows how much a score hangs on the very pictures. */
import type { Pixels } from '@nattfrid/agent/decode/frame';
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';

/** noise-2, noise-3: another seed of the simulated night's noise; nothing else is changed. */
export const variations = ['mirrored', 'cropped', 'brighter', 'darker', 'noise-2', 'noise-3'] as const;
export type Variation = (typeof variations)[number];

/** Share of the picture that a crop leaves, and share of the light that is added or removed. */
const left = 0.9;
const light = 0.2;

export const seedOf = (variation: Variation | undefined): number =>
  variation === 'noise-2' ? 2 : variation === 'noise-3' ? 3 : 1;

/** @returns changes pixels in place */
export function varied(variation: Variation | undefined): (pixels: Pixels) => void {
  switch (variation) {
    case 'mirrored':
      return eachPlane(mirror);
    case 'cropped':
      return eachPlane(enlarge);
    case 'brighter':
      return brighten(1 + light);
    case 'darker':
      return brighten(1 - light);
    case 'noise-2':
    case 'noise-3':
    case undefined:
      return () => {};
  }
}

/** The room's outlines in the augmented picture. */
export function variedRoom(room: Room, variation: Variation | undefined): Room {
  const way = moves[variation as keyof typeof moves];
  if (!way) return room;
  const move = (outline: Polygon): Polygon => outline.map(([x, y]) => way(x, y));
  const { floor, bathroomExits, ...marked } = room;
  return {
    ...marked,
    beds: room.beds.map(move),
    exits: room.exits.map(move),
    masks: room.masks.map(move),
    ...(floor && { floor: move(floor) }),
    ...(bathroomExits && { bathroomExits: bathroomExits.map(move) }),
  };
}

const nearer = (share: number): number => Math.min(Math.max((share - (1 - left) / 2) / left, 0), 1);
const moves = {
  mirrored: (x: number, y: number) => [1 - x, y] as const,
  cropped: (x: number, y: number) => [nearer(x), nearer(y)] as const,
};

type Plane = (plane: Uint8Array, width: number, height: number) => void;
const eachPlane =
  (change: Plane) =>
  ({ width, height, y, u, v }: Pixels): void => {
    change(y, width, height);
    for (const plane of [u, v]) change(plane, Math.ceil(width / 2), Math.ceil(height / 2));
  };

const mirror: Plane = (plane, width, height) => {
  for (let row = 0; row < height; row++) plane.subarray(row * width, (row + 1) * width).reverse();
};

/** Enlarges the centre crop to the whole plane, with bilinear interpolation. */
const enlarge: Plane = (plane, width, height) => {
  const from = plane.slice();
  const across = places(width);
  const down = places(height);
  for (let row = 0; row < height; row++) {
    const { at: top, next: bottom, share: v } = down[row]!;
    for (let column = 0; column < width; column++) {
      const { at, next, share: h } = across[column]!;
      const above = from[top * width + at]! * (1 - h) + from[top * width + next]! * h;
      const below = from[bottom * width + at]! * (1 - h) + from[bottom * width + next]! * h;
      plane[row * width + column] = Math.round(above * (1 - v) + below * v);
    }
  }
};

const places = (length: number) =>
  Array.from({ length }, (_, to) => {
    const place = (length * (1 - left)) / 2 + to * left;
    const at = Math.min(Math.floor(place), length - 1);
    return { at, next: Math.min(at + 1, length - 1), share: place - at };
  });

/** Scales luma only; chroma stays. */
const brighten =
  (factor: number) =>
  ({ y }: Pixels): void => {
    for (let at = 0; at < y.length; at++) y[at] = Math.round(Math.min(Math.max(16 + (y[at]! - 16) * factor, 16), 235));
  };

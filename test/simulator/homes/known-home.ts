/** Pure. The home of the nights that are written out: one room, one build of body, three sets of clothes. */
import { client, helper } from '../scene/body-paint.ts';
import { nightLamp } from '../scene/light.ts';
import { onSide } from '../scene/posture.ts';
import { atBed, blocks, inHall, room } from '../scene/room.ts';
import { bedPolygon, camera, doorPolygon } from '../scene/set.ts';
import type { Build } from './build.ts';
import { fur, linen } from './cloth.ts';
import type { Home } from './home.ts';
import { knownManners } from './manners.ts';

const wardrobe = [
  client,
  { ...client, hair: [0.6, 0.6, 0.58], top: [0.6, 0.6, 0.62], stripes: 0.25, bottom: [0.5, 0.5, 0.52] },
  { ...client, hair: [0.4, 0.39, 0.37], top: [0.1, 0.1, 0.12], stripes: 0, bottom: [0.3, 0.3, 0.34] },
] as const;
const usual: Build = {
  tall: 1,
  stout: 1,
  stoop: 0,
  hair: 'short',
  gown: false,
  aid: 'none',
  appearance: client,
};
const nurse = { ...usual, appearance: helper };

export const outfits = wardrobe.length;

/** @param seed of noise, mirroring and outfit */
export const knownHome = (seed: number): Home => ({
  blocks,
  camera,
  lamp: nightLamp,
  manners: knownManners(seed),
  bed: room.bed,
  bedOutline: bedPolygon,
  doorOutline: doorPolygon,
  edge: atBed,
  intoBed: 0.66,
  hall: inHall,
  wayOut: [
    [0.4, 3.35],
    [1.5, 3.72],
    [2.6, 3.85],
    [2.85, 2.7],
  ],
  wayIn: [
    [2.65, 3.7],
    [1.6, 3.75],
    [0.4, 3.45],
  ],
  client: { ...usual, appearance: wardrobe[seed % outfits]! },
  pace: 0.72,
  blanket: { thick: 1, wide: 1, lumpy: 0, covers: 'chin', staysRumpled: false },
  linen,
  fall: {
    way: [
      [0.1, 3.3],
      [0.62, 3.05],
    ],
    yaw: 186,
    lies: onSide(38),
  },
  dropped: [0.3, 3.0],
  heap: { at: [-0.55, 3.6], yaw: 0 },
  chair: [-0.95, 2.5],
  parked: { at: [0.35, 3.5], yaw: 90 },
  petWay: [
    [2.4, 3.9],
    [1.2, 3.5],
    [0.2, 2.9],
    [-0.8, 2.6],
    [-1.4, 3.0],
    [-0.2, 3.2],
    [1.2, 3.6],
    [2.5, 3.9],
  ],
  pet: { big: 1, fur },
  vacuumWay: [
    [1.7, 2.6],
    [-1.5, 2.6],
    [-1.5, 2.9],
    [1.7, 2.9],
    [1.7, 3.2],
    [-1.2, 3.2],
    [-1.2, 3.5],
    [1.6, 3.5],
    [1.7, 2.6],
  ],
  visitors: [
    { build: nurse, to: [0.7, 3.1], yaw: 110 },
    {
      build: { ...usual, appearance: { ...helper, top: [0.35, 0.4, 0.5], hair: [0.3, 0.25, 0.2] } },
      to: [0.35, 3.5],
      yaw: 60,
    },
  ],
  breathes: false,
});

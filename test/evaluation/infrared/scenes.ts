/** What is shown: the sleeper of the infrared clips, and rooms in which nobody is. */
import { join } from 'node:path';
import type { Pixels } from '@nattfrid/agent/decode/frame';
import type { Box, Polygon } from '@nattfrid/shared/domain/geometry';
import { removeColour, simulatedNight } from '@nattfrid/simulator/simulated-light';
import { type Laid, lay } from './doll.ts';
import { cutOut, mirroredDown } from './retouched.ts';
import { backAndForth, picturesOf } from './source.ts';

export type Kind = 'under a blanket' | 'not covered' | 'nobody';

export interface Scene {
  readonly name: string;
  readonly kind: Kind;
  /** Looked into while the rules were made; the others are only judged on. */
  readonly tuned: boolean;
  readonly bed?: Polygon;
  /** Added to each picture where nothing else moves in it: a live sensor. */
  readonly noise: number;
  /** In their order; from this one on they are gone through back and forth. */
  readonly settled: number;
  pictures(): Promise<readonly Pixels[]>;
}

const bed: Polygon = [
  [0.2, 0.13],
  [0.75, 0.13],
  [0.75, 0.83],
  [0.2, 0.83],
];

/** `settled`: the first picture after which the camera's exposure jumps no more. */
const clips = {
  'violet blanket': { file: 'subject11_config1_clip01_label8.mp4', settled: 2 },
  'patterned blanket': { file: 'subject11_config2_clip00_label8.mp4', settled: 0 },
  'patterned blanket, turns': { file: 'subject11_config2_clip01_label0.mp4', settled: 0 },
  'not covered': { file: 'subject11_config3_clip01_label8.mp4', settled: 3 },
} as const;

/** The sleeper of the clip that shows the mattress, and the empty mattress above them. */
const sleeper = { line: 0.385, within: { x: 0.19, y: 0.1, width: 0.57, height: 0.59 }, by: 0.72 } as const;

const corners: Readonly<Record<string, Box>> = {
  'corner with slippers': { x: 0.78, y: 0.02, width: 0.22, height: 0.42 },
  'dark corner': { x: 0.78, y: 0.45, width: 0.22, height: 0.5 },
  'wall at the head': { x: 0, y: 0.1, width: 0.19, height: 0.4 },
  'floor at the foot': { x: 0.2, y: 0.82, width: 0.45, height: 0.18 },
  'half a mattress': { x: 0.2, y: 0.12, width: 0.55, height: 0.26 },
};

/** On the empty bed, and in the corner beside it. */
const laid: Readonly<Record<string, readonly Laid[]>> = {
  'teddy on the bed': [{ doll: 'teddy', x: 0.35, y: 0.45, long: 0.28, turn: -80, white: 130 }],
  'doll on the bed': [{ doll: 'girl', x: 0.45, y: 0.5, long: 0.4, turn: -90, white: 130 }],
  'large doll on the bed': [{ doll: 'girl', x: 0.47, y: 0.5, long: 0.8, turn: -92, white: 125 }],
  'teddy on the floor': [{ doll: 'teddy', x: 0.86, y: 0.65, long: 0.3, turn: 20, white: 90 }],
  'doll on the floor': [{ doll: 'girl', x: 0.87, y: 0.6, long: 0.5, turn: 10, white: 95 }],
  'two dolls': [
    { doll: 'girl', x: 0.88, y: 0.3, long: 0.45, turn: 170, white: 95 },
    { doll: 'teddy', x: 0.6, y: 0.35, long: 0.3, turn: 60, white: 130 },
  ],
  'large doll on the floor': [{ doll: 'girl', x: 0.86, y: 0.5, long: 0.85, turn: 4, white: 95 }],
};
const seenWhileTuning = new Set([
  'corner with slippers',
  'half a mattress',
  'teddy on the bed',
  'doll on the bed',
  'doll on the floor',
]);

export function scenesOf(infrared: string, footage: string): readonly Scene[] {
  const clip = (name: keyof typeof clips) => picturesOf(join(infrared, clips[name].file));
  const settled = async () => (await clip('not covered')).slice(clips['not covered'].settled);
  const emptyBed = async () =>
    (await settled()).map((one) => mirroredDown(one, sleeper.line, sleeper.within, sleeper.by));
  const sleepers = (Object.keys(clips) as (keyof typeof clips)[]).map((name): Scene => {
    const kind = name === 'not covered' ? 'not covered' : 'under a blanket';
    return { name, kind, tuned: true, bed, noise: 0, settled: clips[name].settled, pictures: () => clip(name) };
  });
  const oneAfterAnother: Scene = {
    name: 'both blankets, one after the other',
    kind: 'under a blanket',
    tuned: false,
    bed,
    noise: 0,
    settled: 0,
    pictures: async () => {
      const names = ['violet blanket', 'patterned blanket, turns', 'patterned blanket'] as const;
      const parts = await Promise.all(
        names.map(async (name) => ({ all: await clip(name), from: clips[name].settled })),
      );
      return parts.flatMap(({ all, from }) =>
        Array.from({ length: 180 }, (_, index) => backAndForth(all, index, from)),
      );
    },
  };
  const nobody = (name: string, pictures: Scene['pictures'], more: Partial<Scene> = {}): Scene => ({
    ...{ name, kind: 'nobody', tuned: seenWhileTuning.has(name), noise: 1, settled: 0, pictures },
    ...more,
  });
  return [
    ...sleepers,
    oneAfterAnother,
    nobody('empty bed', emptyBed, { bed, tuned: true }),
    ...Object.entries(corners).map(([name, box]) =>
      nobody(name, async () => (await settled()).map((one) => cutOut(one, box))),
    ),
    ...Object.entries(laid).map(([name, all]) =>
      nobody(
        name,
        async () => {
          const pictures = await emptyBed();
          for (const one of pictures) for (const doll of all) lay(one, doll);
          return pictures;
        },
        name.endsWith('floor') ? { bed } : name === 'two dolls' ? {} : { bed },
      ),
    ),
    ...(['grey', 'night'] as const).map((light) =>
      nobody(
        `empty room, ${light}`,
        async () => {
          const pictures = await picturesOf(join(footage, 'intel_empty_room.mp4'), 4);
          const change = light === 'night' ? simulatedNight(7) : removeColour;
          for (const one of pictures) change(one);
          return pictures;
        },
        { tuned: light === 'grey', noise: 0 },
      ),
    ),
  ];
}

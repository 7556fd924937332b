/** Pure. Conditions under which a clip is scored: a light, and at most one augmentation. */
import type { RecordingRun } from '../recording/recording-run.ts';
import { type Variation, variations } from '../recording/varied.ts';

export const lights = ['clear', 'grey', 'night'] as const satisfies readonly RecordingRun['light'][];
export type Light = (typeof lights)[number];
export interface Condition {
  readonly light: Light;
  readonly variation?: Variation | undefined;
}

export const lightWords: Record<Light, string> = {
  clear: 'as recorded',
  grey: 'without colour',
  night: 'simulated night',
};

/** «night», or «night, mirrored». */
export const nameOf = ({ light, variation }: Condition): string => (variation ? `${light}, ${variation}` : light);

/** Each light plain and, with `vary`, in every augmentation; other noise exists at night only. */
export const conditionsOf = (some: readonly Light[], vary: boolean): readonly Condition[] =>
  some.flatMap((light) => [
    { light },
    ...(vary ? variations : [])
      .filter((variation) => light === 'night' || !variation.startsWith('noise'))
      .map((variation) => ({ light, variation })),
  ]);

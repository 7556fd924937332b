/** Pure. Drift of the room since its confirmation: of the camera, else of the beds, which move in the picture with the camera. */
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import type { Observed } from '@nattfrid/shared/domain/observation';
import type { RoomDrift } from '@nattfrid/shared/domain/room-drift';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { z } from 'zod';
import type { Cells } from '../perceive/cells.ts';
import type { BedDrift } from './bed-drift.ts';
import { BedHome, bedDrift } from './bed-drift.ts';
import { type CameraDrift, cameraDrift } from './camera-drift.ts';
import { EdgeProfiles } from './edge-profiles.ts';

export type DriftEvent =
  | { readonly type: 'seen'; readonly observation: Observed; readonly cells: Cells; readonly beds: readonly Polygon[] }
  | { readonly type: 'confirmed'; readonly version: number };

export interface Drifting {
  readonly version: number;
  readonly camera: CameraDrift;
  readonly beds: BedDrift;
}
export type Drifts =
  | { readonly type: 'changed'; readonly drifts: readonly RoomDrift[] }
  /** Learnt figures that are kept over a restart. */
  | { readonly type: 'learnt'; readonly remembered: Remembered };

/** How the confirmed room looked, in figures: a unit that was unplugged and moved compares with it after its start. */
export const Remembered = z
  .object({
    version: z.int(),
    lights: z.array(EdgeProfiles).max(4).readonly(),
    beds: z.array(BedHome).max(4).readonly(),
  })
  .readonly();
export type Remembered = z.infer<typeof Remembered>;

export const drifting = (remembered?: Remembered): Machine<Drifting, DriftEvent, Drifts> => ({
  initial: {
    version: remembered?.version ?? 0,
    camera: { ...cameraDrift.initial, lights: remembered?.lights ?? [] },
    beds: (remembered?.beds ?? []).map((home) => ({ home, words: [], told: undefined })),
  },
  step(state, event) {
    const [after, learnt] = stepped(state, event);
    const [before, now] = [driftsOf(state), driftsOf(after)];
    const effects: Drifts[] = [];
    if (learnt) effects.push({ type: 'learnt', remembered: rememberedOf(after) });
    if (JSON.stringify(before) !== JSON.stringify(now)) effects.push({ type: 'changed', drifts: now });
    return [after, effects];
  },
});

function stepped(state: Drifting, event: DriftEvent): readonly [Drifting, boolean] {
  if (event.type === 'confirmed') {
    const [camera] = cameraDrift.step(state.camera, { type: 'confirmed' });
    return [{ version: event.version, camera, beds: bedDrift.initial }, false];
  }
  const { at, persons: people, things } = event.observation;
  // Uncertain persons hide the room as well.
  const persons = people.map(({ box }) => box);
  const [camera, lights] = cameraDrift.step(state.camera, { type: 'seen', at, cells: event.cells, persons });
  const { light } = camera;
  const look = things && !camera.told ? { at, beds: event.beds, things, persons, light } : undefined;
  const [beds, homes] = look ? bedDrift.step(state.beds, look) : [state.beds, []];
  return [{ ...state, camera, beds }, lights.length + homes.length > 0];
}

const rememberedOf = ({ version, camera, beds }: Drifting): Remembered => ({
  version,
  lights: camera.lights,
  beds: beds.map(({ home }) => home),
});

/** The drifts that are told now. */
export const driftsOf = ({ camera, beds }: Drifting): readonly RoomDrift[] =>
  camera.told ? [camera.told] : beds.flatMap(({ told }) => (told ? [told] : []));

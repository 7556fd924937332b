/** Pure. Drift of the camera since the room was confirmed, by the shift of edge profiles, compared twice a minute and told after minutes. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { RoomDrift } from '@nattfrid/shared/domain/room-drift';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Cells } from '../perceive/cells.ts';
import { type AverageView, isReady, stepAverageView } from './average-view.ts';
import { type EdgeProfiles, edgeProfilesOf, type Shift, shiftSince } from './edge-profiles.ts';

export type ViewEvent =
  | { readonly type: 'seen'; readonly at: Instant; readonly cells: Cells; readonly persons: readonly Box[] }
  /** A person has confirmed the room as it stands now. */
  | { readonly type: 'confirmed' };

export interface CameraDrift {
  readonly view: AverageView | undefined;
  /** The edge profiles of each known illumination of the confirmed room; the first is from its confirmation. */
  readonly lights: readonly EdgeProfiles[];
  /** Index of the illumination of the last comparison. */
  readonly light: number | undefined;
  readonly glancedAt: Instant | undefined;
  readonly comparedAt: Instant | undefined;
  /** What the last comparisons agree on, since when, and how many they are. */
  readonly saying: { readonly moved: boolean; readonly since: Instant; readonly times: number } | undefined;
  readonly told: Extract<RoomDrift, { type: 'camera-moved' }> | undefined;
}
export type Learns = { readonly type: 'learnt' };

export const glanceEvery = seconds(3);
const compareEvery = seconds(30);
/** Longer than somebody dusts the camera. */
const untilSaid = minutes(3);
const timesSaid = 5;
/** Shares of the picture: a smaller shift changes nothing for beds and exits. */
const movedFrom = { across: 0.025, down: 0.035 } as const;
const mostLights = 4;
/** Correlation under which it is the same view in another illumination, which is learnt as well. */
const sameLight = 0.8;

export const cameraDrift: Machine<CameraDrift, ViewEvent, Learns> = {
  initial: {
    view: undefined,
    lights: [],
    light: undefined,
    glancedAt: undefined,
    comparedAt: undefined,
    saying: undefined,
    told: undefined,
  },
  step(state, event) {
    if (event.type === 'confirmed')
      return [{ ...cameraDrift.initial, view: state.view, glancedAt: state.glancedAt }, []];
    const { at } = event;
    if (state.glancedAt !== undefined && at - state.glancedAt < glanceEvery) return [state, []];
    const view = stepAverageView(state.view, event.cells, event.persons);
    const after = { ...state, view, glancedAt: at };
    const early = state.comparedAt !== undefined && at - state.comparedAt < compareEvery;
    if (early || !isReady(view)) return [after, []];
    return compare({ ...after, comparedAt: at }, edgeProfilesOf(view), at);
  },
};

function compare(state: CameraDrift, now: EdgeProfiles, at: Instant): readonly [CameraDrift, readonly Learns[]] {
  if (state.lights.length === 0) return [{ ...state, lights: [now], light: 0 }, [{ type: 'learnt' }]];
  const best = mostAlike(state.lights, now);
  // An unknown illumination cannot be compared; the last verdict stands.
  if (!best) return [{ ...state, light: undefined }, []];
  const { shift, light } = best;
  const moved = isMoved(shift);
  const saying =
    state.saying?.moved === moved ? { ...state.saying, times: state.saying.times + 1 } : { moved, since: at, times: 1 };
  const said = { ...state, light, saying };
  if (at - saying.since >= untilSaid && saying.times >= timesSaid)
    return [{ ...said, told: moved ? toldOf(shift) : undefined }, []];
  if (moved || shift.alike >= sameLight || state.lights.length >= mostLights || state.told) return [said, []];
  return [{ ...said, lights: [...state.lights, now], light: state.lights.length }, [{ type: 'learnt' }]];
}

function mostAlike(lights: readonly EdgeProfiles[], now: EdgeProfiles) {
  let best: { readonly shift: Shift; readonly light: number } | undefined;
  for (const [light, landmarks] of lights.entries()) {
    const shift = shiftSince(landmarks, now);
    if (shift && (!best || shift.alike > best.shift.alike)) best = { shift, light };
  }
  return best;
}

const isMoved = ({ across = 0, down = 0 }: Shift): boolean =>
  Math.abs(across) >= movedFrom.across || Math.abs(down) >= movedFrom.down;

const toldOf = ({ across = 0, down = 0 }: Shift): NonNullable<CameraDrift['told']> => ({
  type: 'camera-moved',
  acrossPercent: Math.round(1000 * across) / 10,
  downPercent: Math.round(1000 * down) / 10,
});

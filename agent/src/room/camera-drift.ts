/** Pure. Has the camera moved since the room was confirmed? Slowly: a view is compared twice a minute, and said after some minutes. */
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
  /** One for each light that the confirmed room has been seen in; the first is from when it was confirmed. */
  readonly lights: readonly EdgeProfiles[];
  /** Which of them it was seen in when it was compared last. */
  readonly light: number | undefined;
  readonly glancedAt: Instant | undefined;
  readonly comparedAt: Instant | undefined;
  /** What the comparisons have been saying, and since when. */
  readonly saying: { readonly moved: boolean; readonly since: Instant; readonly times: number } | undefined;
  readonly told: Extract<RoomDrift, { type: 'camera-moved' }> | undefined;
}
export type Learns = { readonly type: 'learnt' };

export const glanceEvery = seconds(3);
const compareEvery = seconds(30);
/** As many minutes as somebody may stand before the camera to dust it. */
const untilSaid = minutes(3);
const timesSaid = 5;
/** Shares of the picture: less changes nothing in what is told of beds and exits. */
const movedFrom = { across: 0.025, down: 0.035 } as const;
const mostLights = 4;
/** Less alike than this it is the same room in another light, which is kept as well. */
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
  // In a light that nobody has seen the room in, nothing can be said; what was said before stands.
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

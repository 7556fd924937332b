/** Pure. Proposes the floor: the convex hull of an occupancy grid of steps, without the beds, as a simplified contour. */
import type { Point, Polygon } from '@nattfrid/shared/domain/geometry';
import type { Observation } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import type { ProposedFloor } from '@nattfrid/shared/domain/room-proposal';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { readPosture } from '../situation/posture.ts';
import { largestContour } from './contour.ts';
import { feetOf } from './feet.ts';
import { dilated, hullOf } from './hull.ts';
import { cellAt, cellCentre, cellsInside, emptyGrid, type OccupancyGrid } from './occupancy-grid.ts';
import { isSurelyHere } from './surely-here.ts';

export interface FloorEvidence {
  /** Steps counted in each cell. */
  readonly steps: OccupancyGrid;
  /** Cell in which each track was last counted. */
  readonly at: ReadonlyMap<number, number>;
  readonly walks: number;
}

/** Cells with steps below which no floor is proposed. */
const fewest = 4;
/** Dilation by half a foot's length and a body's sway, in shares of the picture. */
const reach = { across: 0.03, down: 0.025 };

/** A track adds a step in each new cell: standing still counts once, because walking shows the floor. */
export const gatheringFloor: Machine<FloorEvidence, Observation, never> = {
  initial: { steps: emptyGrid(), at: new Map(), walks: 0 },
  step(state, event) {
    if (event.type !== 'observed') return [state, []];
    const here = new Map<number, number>();
    const fresh: number[] = [];
    let walks = state.walks;
    for (const person of event.persons) {
      const before = state.at.get(person.track);
      if (before !== undefined) here.set(person.track, before);
      if (!isSurelyHere(person)) continue;
      const { posture, from } = readPosture(person, unknownRoom, event.picture.aspect);
      if (posture !== 'upright' || from === 'box') continue;
      const place = cellAt(feetOf(person));
      if (place === before) continue;
      if (before === undefined) walks++;
      here.set(person.track, place);
      fresh.push(place);
    }
    if (fresh.length === 0) return [{ ...state, at: here }, []];
    const steps = Float32Array.from(state.steps);
    for (const place of fresh) steps[place]! += 1;
    return [{ steps, at: here, walks }, []];
  },
};

/** @param beds are cut out, though feet may show on them */
export function floorOf({ steps, walks }: FloorEvidence, beds: readonly Polygon[]): ProposedFloor | undefined {
  const places = stoodOn(steps);
  if (places.length < fewest) return undefined;
  const hull = hullOf(dilated(places, reach.across, reach.down));
  if (hull.length === 0) return undefined;
  const lying = beds.map(cellsInside);
  const outline = largestContour(cellsInside(hull).map((is, place) => is && !lying.some((bed) => bed[place])));
  if (!outline) return undefined;
  const many = steps.reduce((sum, one) => sum + one, 0);
  // Steps and walks both count: one walk may go round a table, and many may go the same way.
  const certainty = (1 - Math.exp(-many / 25)) * (1 - Math.exp(-walks / 2.5));
  return { outline, certainty, steps: many, walks };
}

/** Centres of the cells with steps, without isolated single ones: a person on a chair, or a false detection. */
function stoodOn(steps: OccupancyGrid): readonly Point[] {
  const places = [...steps.keys()]
    .filter((place) => steps[place]! > 0)
    .map((place) => ({ place, at: cellCentre(place) }));
  return places
    .filter(
      ({ place, at: [x, y] }) =>
        steps[place]! > 1 ||
        places.some(
          (other) => other.place !== place && Math.abs(other.at[0] - x) < 0.08 && Math.abs(other.at[1] - y) < 0.08,
        ),
    )
    .map(({ at }) => at);
}

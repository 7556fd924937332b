/** Pure. The floor: where people have stood and walked, and what lies between. */
import type { Point, Polygon } from '@nattfrid/shared/domain/geometry';
import type { Observation } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import type { ProposedFloor } from '@nattfrid/shared/domain/room-proposal';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { readPosture } from '../situation/posture.ts';
import { feetOf } from './feet.ts';
import { emptyGround, type Ground, middleOf, placeOf, within } from './ground.ts';
import { hullOf, widen } from './hull.ts';
import { isSurelyHere } from './sure.ts';
import { traceLargest } from './trace.ts';

export interface Walked {
  /** How many times somebody came to stand on each place. */
  readonly steps: Ground;
  /** Where each one who is followed was last counted. */
  readonly at: ReadonlyMap<number, number>;
  readonly walks: number;
}

/** Of fewer places nobody can say how far it goes. */
const fewest = 4;
/** Half a foot's length and a body's sway, as shares of the picture. */
const reach = { across: 0.03, down: 0.025 };

/** Somebody who stands still adds one step, however long: it is the walking that shows a floor. */
export const walked: Machine<Walked, Observation, never> = {
  initial: { steps: emptyGround(), at: new Map(), walks: 0 },
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
      const place = placeOf(feetOf(person));
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

/** @param beds are no floor, though feet may show on them. */
export function floorOf({ steps, walks }: Walked, beds: readonly Polygon[]): ProposedFloor | undefined {
  const places = stoodOn(steps);
  if (places.length < fewest) return undefined;
  const hull = hullOf(widen(places, reach.across, reach.down));
  if (hull.length === 0) return undefined;
  const lying = beds.map(within);
  const outline = traceLargest(within(hull).map((is, place) => is && !lying.some((bed) => bed[place])));
  if (!outline) return undefined;
  const many = steps.reduce((sum, one) => sum + one, 0);
  // Both count: one walk may have gone round a table only, and many may have gone the same way.
  const certainty = (1 - Math.exp(-many / 25)) * (1 - Math.exp(-walks / 2.5));
  return { outline, certainty, steps: many, walks };
}

/** A single step far from all others was somebody on a chair, or nobody. */
function stoodOn(steps: Ground): readonly Point[] {
  const places = [...steps.keys()]
    .filter((place) => steps[place]! > 0)
    .map((place) => ({ place, at: middleOf(place) }));
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

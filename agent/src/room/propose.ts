/** Pure. The room proposal: beds, floor and exits gathered from observations, told after a few minutes and again at a change. */
import { iou } from '@nattfrid/shared/domain/geometry';
import type { Observation } from '@nattfrid/shared/domain/observation';
import { boundingBox } from '@nattfrid/shared/domain/outline';
import type { RoomProposal } from '@nattfrid/shared/domain/room-proposal';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { elapsedSince } from '../situation/elapsed.ts';
import { type BedEvidence, bedsOf, gatheringBeds } from './beds.ts';
import { exitsOf, gatheringPassages, type PassageEvidence } from './exits.ts';
import { type FloorEvidence, floorOf, gatheringFloor } from './floor.ts';

export interface Gathered {
  readonly beds: BedEvidence;
  readonly floor: FloorEvidence;
  readonly exits: PassageEvidence;
  readonly watched: Duration;
  readonly aspect: number;
  readonly at: Instant | undefined;
  readonly weighedAt: Instant | undefined;
  readonly told: RoomProposal | undefined;
}
export type Proposes = { readonly type: 'proposed'; readonly proposal: RoomProposal };

/** Time of observation before the first proposal. */
export const untilFirst = minutes(3);
/** Time between two checks for a changed proposal. */
export const weighEvery = minutes(1);

export const proposing: Machine<Gathered, Observation, Proposes> = {
  initial: {
    beds: gatheringBeds.initial,
    floor: gatheringFloor.initial,
    exits: gatheringPassages.initial,
    watched: milliseconds(0),
    aspect: 16 / 9,
    at: undefined,
    weighedAt: undefined,
    told: undefined,
  },
  step(state, event) {
    const { at } = event;
    const after: Gathered = {
      ...state,
      beds: gatheringBeds.step(state.beds, event)[0],
      floor: gatheringFloor.step(state.floor, event)[0],
      exits: gatheringPassages.step(state.exits, event)[0],
      watched: event.type === 'observed' ? milliseconds(state.watched + elapsedSince(state.at, at)) : state.watched,
      aspect: event.type === 'observed' ? event.picture.aspect : state.aspect,
      at: event.type === 'observed' ? at : state.at,
    };
    const early = after.watched < untilFirst || (state.weighedAt !== undefined && at - state.weighedAt < weighEvery);
    if (early || event.type === 'gap') return [after, []];
    const proposal = proposalOf(after);
    if (!saysMore(state.told, proposal)) return [{ ...after, weighedAt: at }, []];
    return [{ ...after, weighedAt: at, told: proposal }, [{ type: 'proposed', proposal }]];
  },
};

/** The proposal of what has been gathered so far. */
export function proposalOf({ beds, floor, exits, watched, aspect }: Gathered): RoomProposal {
  const proposedBeds = bedsOf(beds);
  const proposedFloor = floorOf(
    floor,
    proposedBeds.map(({ outline }) => outline),
  );
  return rounded({
    watchedMinutes: watched / 60_000,
    aspect,
    beds: proposedBeds,
    ...(proposedFloor ? { floor: proposedFloor } : {}),
    exits: exitsOf(exits),
  });
}

function saysMore(before: RoomProposal | undefined, now: RoomProposal): boolean {
  const [old, fresh] = [before ? partsOf(before) : [], partsOf(now)];
  if (old.length !== fresh.length) return true;
  return fresh.some(
    ({ kind, outline, certainty }) =>
      !old.some(
        (one) =>
          one.kind === kind &&
          iou(boundingBox(one.outline), boundingBox(outline)) > 0.8 &&
          Math.abs(one.certainty - certainty) < 0.15,
      ),
  );
}

const partsOf = ({ beds, floor, exits }: RoomProposal) => [
  ...beds.map((one) => ({ kind: 'bed', ...one })),
  ...(floor ? [{ kind: 'floor', ...floor }] : []),
  ...exits.map((one) => ({ kind: 'exit', ...one })),
];

/** Rounds to a thousandth of the picture, finer than any outline is known. */
function rounded(proposal: RoomProposal): RoomProposal {
  return JSON.parse(JSON.stringify(proposal), (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value,
  ) as RoomProposal;
}

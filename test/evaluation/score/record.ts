/** Pure. What was seen in one clip under one condition, in figures, with what its index says: enough to decide it all anew. */

import type { Joint, Observation, Person } from '@nattfrid/shared/domain/observation';
import { z } from 'zod';
import { type ColumnTable, decodeColumns, encodeColumns } from './column-codec.ts';
import { LabelledClip } from './labelled-clip.ts';

export interface Recorded {
  readonly clip: LabelledClip;
  /** Instants are milliseconds of the recording. */
  readonly observations: readonly Observation[];
}

/** Where a clip came from stands with it, wherever it is kept. */
const Kept = z.object({ clip: LabelledClip.loose(), seen: z.unknown() });

export const toText = ({ clip, observations }: Recorded): string =>
  `${JSON.stringify({ clip, seen: encodeColumns(observations.map(pruned)) })}\n`;

/** @throws where it is no such text. */
export function fromText(text: string): Recorded {
  const { clip, seen } = Kept.parse(JSON.parse(text));
  return { clip, observations: decodeColumns(seen as ColumnTable) as readonly Observation[] };
}

/** The joints that the detectors read; of the others a face or a hand says nothing about a fall, and takes most of the room. */
const readByDetectors = new Set([0, 7, 8, 11, 12, 23, 24, 25, 26, 27, 28]);
const notKept: Joint = { x: 0, y: 0, certainty: 0 };

/** Nor does any detector read which furniture was named. */
function pruned(one: Observation): Observation {
  if (one.type !== 'observed') return one;
  const { things: _notKept, ...observed } = one;
  return { ...observed, persons: observed.persons.map(prunedPerson) };
}
const prunedPerson = (person: Person): Person =>
  person.joints
    ? { ...person, joints: person.joints.map((joint, at) => (readByDetectors.has(at) ? prunedJoint(joint) : notKept)) }
    : person;
const prunedJoint = ({ x, y, certainty, world }: Joint): Joint => ({
  x,
  y,
  certainty: fiftieth(certainty),
  ...(world && { world: [0, 0, fiftieth(world[2])] as const }),
});
const fiftieth = (value: number): number => Math.round(value * 50) / 50;

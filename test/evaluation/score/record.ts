/** Pure. Observations of one clip under one condition, with its labels, as text: enough to run the detectors anew. */

import type { Joint, Observation, Person } from '@nattfrid/shared/domain/observation';
import { z } from 'zod';
import { type ColumnTable, decodeColumns, encodeColumns } from './column-codec.ts';
import { LabelledClip } from './labelled-clip.ts';

export interface Recorded {
  readonly clip: LabelledClip;
  /** Instants are milliseconds of the recording. */
  readonly observations: readonly Observation[];
}

/** Loose, as a clip's source and licence stay with it. */
const Kept = z.object({ clip: LabelledClip.loose(), seen: z.unknown() });

export const toText = ({ clip, observations }: Recorded): string =>
  `${JSON.stringify({ clip, seen: encodeColumns(observations.map(pruned)) })}\n`;

/** @throws Error, or ZodError, where the text is no recorded clip */
export function fromText(text: string): Recorded {
  const { clip, seen } = Kept.parse(JSON.parse(text));
  return { clip, observations: decodeColumns(seen as ColumnTable) as readonly Observation[] };
}

/** The joints that the detectors read; those of face and hands take most of the space and say nothing about a fall. */
const readByDetectors = new Set([0, 7, 8, 11, 12, 23, 24, 25, 26, 27, 28]);
const notKept: Joint = { x: 0, y: 0, certainty: 0 };

/** No detector reads the named furniture either. */
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

/** Pure. Suppresses person detections on pets: a small box that scored higher as a cat or dog lately is no person. */
import { type Box, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { Thing } from '@nattfrid/shared/domain/observation';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface Pet {
  readonly box: Box;
  readonly score: number;
  readonly at: Instant;
}

/** Milliseconds: a little more than between two upright scans of a quiet room. */
const rememberedFor = 4000;
const leastScore = 0.3;
/** In picture heights. A person who lies curled up is larger, and is detected as a dog now and then. */
const largestPet = 0.4;

/** @param things of this picture; undefined where the detector did not run upright */
export const petsAfter = (
  before: readonly Pet[],
  things: readonly Thing[] | undefined,
  at: Instant,
): readonly Pet[] => [
  ...(things ?? []).flatMap(({ kind, box, score }) =>
    (kind === 'cat' || kind === 'dog') && score >= leastScore ? [{ box, score, at }] : [],
  ),
  ...before.filter((pet) => at - pet.at < rememberedFor && (!things || at - pet.at < rememberedFor / 2)),
];

/**
 * @param score of the person detection
 * @param aspect width / height of the picture
 */
export const isPet = (box: Box, score: number, pets: readonly Pet[], aspect: number): boolean =>
  Math.max(box.width * aspect, box.height) < largestPet &&
  pets.some((pet) => pet.score > score && overlapCoefficient(pet.box, box) > 0.6 && isAboutAsLarge(pet.box, box));

const isAboutAsLarge = (pet: Box, box: Box): boolean => box.width * box.height < 2.5 * pet.width * pet.height;

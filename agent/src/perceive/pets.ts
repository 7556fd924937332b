/** Pure. Where a cat or a dog was named lately: what is small and looks more like a pet than like a person is none. */
import { type Box, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { Thing } from '@nattfrid/shared/domain/observation';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface Pet {
  readonly box: Box;
  readonly score: number;
  readonly at: Instant;
}

/** Milliseconds: from one upright look at the whole of a quiet room to the next, and a little. */
const rememberedFor = 4000;
const leastScore = 0.3;
/** In picture heights. A person who lies curled up is named a dog now and then, and is larger. */
const largestPet = 0.4;

/** @param things of this picture; undefined where nobody looked for any */
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
 * @param score how much it looks like a person
 * @param aspect width / height of the picture
 */
export const isPet = (box: Box, score: number, pets: readonly Pet[], aspect: number): boolean =>
  Math.max(box.width * aspect, box.height) < largestPet &&
  pets.some((pet) => pet.score > score && overlapCoefficient(pet.box, box) > 0.6 && isAboutAsLarge(pet.box, box));

const isAboutAsLarge = (pet: Box, box: Box): boolean => box.width * box.height < 2.5 * pet.width * pet.height;

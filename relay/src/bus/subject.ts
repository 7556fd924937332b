/** Pure. Names of what is said on the bus: words between points, and nothing that anybody has typed stands in one unread. */
import { z } from 'zod';

export const BusPrefix = z.string().regex(/^[a-z0-9-]{1,40}$/, 'small letters, digits and hyphens, at most 40');

const Word = z.string().regex(/^[a-z0-9-]{1,64}$/);

/**
 * @param words small letters, digits and hyphens: ids of looks, names of nodes
 * @throws where a word is none: a point, a star or an arrow in it would reach others than it names
 */
export function subjectOf(prefix: string, ...words: readonly string[]): string {
  return [BusPrefix.parse(prefix), ...words.map((word) => Word.parse(word))].join('.');
}

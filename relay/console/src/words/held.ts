/** Which words are here: those of the first page, and what has been fetched since. */
import { sv } from './sv.ts';

const held = new Set<string>(Object.keys(sv));

export function hold(words: Readonly<Record<string, string>>): void {
  for (const key of Object.keys(words)) held.add(key);
}

export const isHeld = (key: string): boolean => held.has(key);

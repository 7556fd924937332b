/** Pure. Words for codes from units and relay, some of which may be newer than this console. */
import type { SayKey } from './say.ts';
import { sv } from './sv.ts';

const held = new Set<string>(Object.keys(sv));

/** Words that have been fetched since. */
export function hold(words: Readonly<Record<string, string>>): void {
  for (const key of Object.keys(words)) held.add(key);
}

/** The key of `group.code`, or undefined where there are no words for it. */
export function known<Group extends string>(group: Group, code: string): SayKey | undefined {
  const key = `${group}.${code}`;
  return held.has(key) ? (key as SayKey) : undefined;
}

/** «lyingForSeconds» as «lying for seconds», for a name that has no words. */
export const spaced = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

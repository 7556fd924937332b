/** Pure. Words for codes from units and relay, some of which may be newer than this console. */
import { isHeld } from './held.ts';
import type { SayKey } from './say.ts';

/** The key of `group.code`, or undefined where there are no words for it. */
export function known<Group extends string>(group: Group, code: string): SayKey | undefined {
  const key = `${group}.${code}`;
  return isHeld(key) ? (key as SayKey) : undefined;
}

/** «lyingForSeconds» as «lying for seconds», for a name that has no words. */
export const spaced = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

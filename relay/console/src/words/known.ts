/** Pure. Words for codes that come from elsewhere and may be newer than this screen: known ones said, others shown. */
import type { SayKey } from './say.ts';
import { sv } from './sv.ts';

/** The key of `group.code`, or undefined where there are no words for it. */
export function known<Group extends string>(group: Group, code: string): SayKey | undefined {
  const key = `${group}.${code}`;
  return Object.hasOwn(sv, key) ? (key as SayKey) : undefined;
}

/** «lyingForSeconds» as «lying for seconds»: the best that can be done for a name that is not known. */
export const spaced = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

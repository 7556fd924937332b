/** Pure. What a line of the log says was done, in words; the code itself where it is newer than this screen. */
import { known } from '../words/known.ts';
import type { Say } from '../words/say.ts';
import { sv } from '../words/sv-all.ts';

export function whatWords(what: string, say: Say): string {
  const key = known('auditWhat', what);
  return key ? say(key) : what;
}

const group = 'auditWhat.';

/** Everything that there are words for. */
export const knownWhats: readonly string[] = Object.keys(sv)
  .filter((key) => key.startsWith(group))
  .map((key) => key.slice(group.length));

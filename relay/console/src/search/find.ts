/** Pure. Finds what somebody looks for among what this console holds: nothing that is written is sent anywhere. */
import { plain } from '../state/plain.ts';

export type FoundKind = 'alarm' | 'home' | 'client' | 'person' | 'page';

/** `To`: where it is. */
export interface Sought<To = unknown> {
  readonly id: string;
  readonly kind: FoundKind;
  readonly name: string;
  /** Beside the name: where, when, what it does. Found by as well, after the name. */
  readonly about: string;
  readonly to: To;
}

/** So many are shown: whoever needs more writes another letter. */
const most = 12;

/**
 * @param words as they are written; each of them must be found
 * @returns the best first: a name that begins so, a word of a name that does, a name that holds it, then what stands beside
 */
export function find<To>(all: readonly Sought<To>[], words: string): readonly Sought<To>[] {
  const parts = plain(words).split(/\s+/).filter(Boolean);
  if (parts.length === 0) return [];
  const whole = plain(words).trim();
  const hits = all.flatMap((one, order) => {
    const rank = rankOf(one, parts, whole);
    return rank === undefined ? [] : [{ one, rank, order }];
  });
  return hits
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .slice(0, most)
    .map(({ one }) => one);
}

function rankOf(
  { name, about }: Pick<Sought, 'name' | 'about'>,
  parts: readonly string[],
  whole: string,
): number | undefined {
  const [first, second] = [plain(name), plain(about)];
  if (!parts.every((part) => first.includes(part) || second.includes(part))) return undefined;
  if (first === whole) return 0;
  if (first.startsWith(whole)) return 1;
  if (parts.every((part) => first.split(/[\s-]+/).some((word) => word.startsWith(part)))) return 2;
  if (parts.every((part) => first.includes(part))) return 3;
  return 4;
}

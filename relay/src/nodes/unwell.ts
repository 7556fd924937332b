/** Which nodes are not well, and since when: told where it changes, and not each time that somebody looks. */
import { NodeTrouble, type RelayView } from '@nattfrid/shared/desk/relay-view';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';

type Unwell = NonNullable<RelayView['nodesUnwell']>;

/** @returns what to call with all that is found now; a trouble that a newer node knows of, and this one does not, is left out */
export function openUnwell(
  clock: Clock,
  tell: (nodes: Unwell) => void,
): (found: readonly { readonly node: string; readonly why: string }[]) => void {
  const since = new Map<string, string>();
  return (found) => {
    const known = found.flatMap(({ node, why }) => {
      const trouble = NodeTrouble.safeParse(why);
      return trouble.success ? [{ node, why: trouble.data, key: `${node} ${why}` }] : [];
    });
    const keys = new Set(known.map(({ key }) => key));
    const isSame = keys.size === since.size && [...keys].every((key) => since.has(key));
    if (isSame) return;
    for (const key of since.keys()) if (!keys.has(key)) since.delete(key);
    const now = printInstant(clock.now());
    for (const key of keys) if (!since.has(key)) since.set(key, now);
    tell(known.map(({ node, why, key }) => ({ node, why, since: since.get(key) ?? now })));
  };
}

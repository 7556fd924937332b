/** Pure. How far the round of one look has come, and who else looks at what. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { type Round, roundsOf } from '@nattfrid/shared/desk/rounds';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import { isSelf, type Self } from '../state/self.ts';

/** @returns undefined: the look is of no round, as one for an alarm is not */
export function roundOf(looks: Iterable<LookView>, look: LookId, now: Instant): Round | undefined {
  const all = [...looks];
  const home = all.find((one) => one.look === look);
  return roundsOf(all, now).find(({ homes }) =>
    homes.some((one) => one.look.look === look || (one.client === home?.client && one.look.look === home.retry)),
  );
}

export interface Elsewhere {
  readonly who: string;
  /** The homes that they look into now, or have been given. */
  readonly clients: readonly string[];
}

/** Colleagues with a picture before them, or a home that is theirs by turn; by name. */
export function elsewhere(
  looks: Iterable<LookView>,
  reserved: readonly { readonly who: string; readonly operatorId?: string | undefined; readonly client: string }[],
  self: Self,
): readonly Elsewhere[] {
  const found = new Map<string, Set<string>>();
  const add = (who: string, client: string) => found.set(who, (found.get(who) ?? new Set()).add(client));
  for (const { state, operator, operatorId, client } of looks)
    if ((state === 'asked' || state === 'open') && operator && !isSelf(self, operator, operatorId))
      add(operator, client);
  for (const { who, operatorId, client } of reserved) if (!isSelf(self, who, operatorId)) add(who, client);
  return [...found]
    .map(([who, clients]) => ({ who, clients: [...clients] }))
    .toSorted((a, b) => a.who.localeCompare(b.who, 'sv'));
}

/** Pure. What would have been called for each client while events were only counted: how many nights, and how many of each kind. */
import type { ShadowCount } from '@nattfrid/shared/desk/halt-routes';

export interface WouldBe {
  readonly client: ShadowCount['client'];
  /** Nights in which something would have been called. */
  readonly nights: number;
  readonly kinds: Readonly<Partial<Record<ShadowCount['kind'], number>>>;
  readonly events: number;
}

/** By client, whoever would have been called for most often first. */
export function whatWouldBe(counts: readonly ShadowCount[]): readonly WouldBe[] {
  const clients = [...new Set(counts.map(({ client }) => client))];
  return clients
    .map((client): WouldBe => {
      const own = counts.filter((one) => one.client === client && one.events.length > 0);
      const kinds: Partial<Record<ShadowCount['kind'], number>> = {};
      for (const { kind, events } of own) kinds[kind] = (kinds[kind] ?? 0) + events.length;
      const events = own.reduce((sum, one) => sum + one.events.length, 0);
      return { client, nights: new Set(own.map(({ night }) => night)).size, kinds, events };
    })
    .toSorted((a, b) => b.events - a.events);
}

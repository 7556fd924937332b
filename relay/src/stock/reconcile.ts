/** Pure. Stock as it stands here against what the assistive-device system says: where they differ, and how. Neither is believed over the other. */
import type { Answered } from '@nattfrid/shared/desk/routes';
import type { StockItem } from '@nattfrid/shared/desk/stock-view';

export type Difference = Answered<'reconcileStock'>['differences'][number];

/** A line of their file. */
export interface There {
  readonly individual: string;
  readonly state?: string | undefined;
  readonly client?: string | undefined;
}

/** Of items that are still ours: what has been sent back or scrapped is not expected there. */
const isOurs = ({ state }: StockItem): boolean => state !== 'returned' && state !== 'scrapped';

export function reconcile(here: readonly StockItem[], there: readonly There[]): readonly Difference[] {
  const ours = new Map(here.filter(isOurs).map((item) => [item.article.individual, item]));
  const theirs = new Map(there.map((line) => [line.individual, line]));
  const found: Difference[] = [];
  for (const [individual, line] of theirs) {
    const item = ours.get(individual);
    if (!item) found.push({ individual, why: 'only-there', there: line.state ?? '' });
    else if (line.state && line.state !== item.state)
      found.push({ individual, why: 'other-state', here: item.state, there: line.state });
    else if (line.client && line.client !== (item.client ?? ''))
      found.push({ individual, why: 'other-client', here: item.client ?? '', there: line.client });
  }
  for (const [individual, item] of ours)
    if (!theirs.has(individual)) found.push({ individual, why: 'only-here', here: item.state });
  return found;
}

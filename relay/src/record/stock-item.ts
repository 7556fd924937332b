/** Pure. A unit from the shelf to the home and back: never in a home without being linked to it, never sent back unwiped. */
import type { Article, StockItem, StockState } from '@nattfrid/shared/desk/stock-view';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';

export type Item = { readonly state: 'none' } | StockItem;

export type ItemEvent =
  | {
      readonly type: 'came';
      readonly item: string;
      readonly article: Article;
      readonly location: string;
      readonly by: string;
      readonly at: Instant;
    }
  | {
      readonly type: 'moved';
      readonly to: StockState;
      readonly location?: string | undefined;
      readonly unit?: UnitId | undefined;
      readonly client?: ClientAlias | undefined;
      readonly wiped?: boolean | undefined;
      readonly words?: string | undefined;
      readonly by: string;
      readonly at: Instant;
    };

export interface RefuseItem {
  readonly type: 'refuse';
  readonly fault: Fault;
}

/** From > to. */
const ways: Readonly<Record<StockState, readonly StockState[]>> = {
  'in-stock': ['reserved', 'installed', 'faulty', 'returned', 'scrapped'],
  reserved: ['in-stock', 'installed', 'faulty'],
  installed: ['in-stock', 'faulty', 'returned'],
  faulty: ['in-stock', 'returned', 'scrapped'],
  returned: ['in-stock'],
  scrapped: [],
};

export const stockItemMachine: Machine<Item, ItemEvent, RefuseItem> = {
  initial: { state: 'none' },
  step(item, event) {
    const at = printInstant(event.at);
    if (item.state === 'none') {
      if (event.type !== 'came') return [item, [refuse('not-found', 'There is no such unit in stock.')]];
      const { item: id, article, location, by } = event;
      return [{ item: id, article, location, state: 'in-stock', history: [{ at, by, to: 'in-stock' }] }, []];
    }
    if (event.type === 'came') return [item, []];
    const why = wrong(item, event);
    if (why) return [item, [refuse('not-now', why)]];
    const { to, by, words, location, unit, client, wiped } = event;
    const { unit: _unit, client: _client, wiped: before, ...rest } = item;
    const isWiped = wiped ? { at, by } : to === 'installed' ? undefined : before;
    const isAtHome = to === 'installed' || to === 'reserved';
    return [
      {
        ...rest,
        state: to,
        ...(location && { location }),
        ...(isAtHome && (unit ?? item.unit) && { unit: unit ?? item.unit }),
        ...(isAtHome && (client ?? item.client) && { client: client ?? item.client }),
        ...(isWiped && { wiped: isWiped }),
        history: [...item.history, { at, by, to, ...(words && { words }) }],
      },
      [],
    ];
  },
};

function wrong(item: StockItem, event: Extract<ItemEvent, { type: 'moved' }>): string | undefined {
  const { to, unit, client, wiped } = event;
  const { individual } = item.article;
  if (!ways[item.state].includes(to)) return `${individual} is ${item.state}, and cannot become ${to} from there.`;
  if (to === 'installed' && !((unit ?? item.unit) && (client ?? item.client)))
    return `Which unit is ${individual}, and in whose home? Without both it is not installed.`;
  const hasBeenAtHome = item.history.some((one) => one.to === 'installed');
  if ((to === 'returned' || to === 'scrapped') && hasBeenAtHome && !wiped && !item.wiped)
    return `${individual} has been in a home: it is wiped before it leaves. Take the unit out and wipe it, then say so.`;
  return undefined;
}

const refuse = (code: 'not-found' | 'not-now', words: string): RefuseItem => ({
  type: 'refuse',
  fault: new Fault(code, words),
});

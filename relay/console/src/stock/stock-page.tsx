/** The page of stock: what lies where and whether it is enough, each unit and what may become of it, and homes that get a new one. */
import { type Stock, type StockItem, StockState } from '@nattfrid/shared/desk/stock-view';
import { asFault } from '@nattfrid/shared/fault/fault';
import { stockFile, useStock } from '../around/asking-stock.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Listed } from '../parts/listed.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import type { ShownColumn } from '../parts/table.tsx';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import { AddItem } from './add-item.tsx';
import { AddLocation } from './add-location.tsx';
import { ItemEntry } from './item-entry.tsx';
import { PlanSwap } from './plan-swap.tsx';
import css from './stock.module.css';
import { SwapEntry } from './swap-entry.tsx';

export function StockPage() {
  const { say } = useWords();
  const stock = useStock();
  return (
    <Page title={say('stock.title')} lead={say('stock.lead')} data-testid="stock">
      {stock.isPending ? <Loading /> : null}
      {stock.error ? <FaultWords fault={asFault(stock.error)} /> : null}
      {stock.data ? <Shelves stock={stock.data} /> : null}
      <AddItem />
      <AddLocation />
      <PlanSwap />
      {stock.data ? <Lists stock={stock.data} /> : null}
      <a href={stockFile()} download data-testid="stock-file">
        {say('stock.file')}
      </a>
    </Page>
  );
}

function Shelves({ stock: { locations } }: { stock: Stock }) {
  const { say } = useWords();
  return (
    <ul className={css['shelves']}>
      {locations.map(({ location, have, least, below }) => (
        <li key={location} data-below={below} data-testid="shelf">
          <b>{have}</b>
          <span>{location}</span>
          <small>{say(below ? 'stock.below' : 'stock.enough', { least })}</small>
        </li>
      ))}
    </ul>
  );
}

const columnsOf = (say: Say): readonly ShownColumn<StockItem>[] => [
  { id: 'individual', head: say('table.head.individual'), value: ({ article }) => article.individual },
  { id: 'state', head: say('table.head.state'), value: ({ state }) => say(`stockState.${state}`) },
  { id: 'location', head: say('table.head.location'), value: ({ location }) => location },
  { id: 'client', head: say('table.head.client'), value: ({ client }) => client },
  { id: 'unit', head: say('table.head.unit'), value: ({ identity, unit }) => identity?.unit ?? unit },
  { id: 'authority', head: say('table.head.authority'), value: ({ article }) => article.authority },
];

function Lists({ stock: { items, swaps } }: { stock: Stock }) {
  const { say } = useWords();
  return (
    <>
      {swaps.length > 0 ? (
        <section className={css['list']} aria-labelledby="swaps">
          <h2 id="swaps">{say('swap.title')}</h2>
          <ul>
            {swaps.map((swap) => (
              <SwapEntry key={swap.swap} swap={swap} />
            ))}
          </ul>
        </section>
      ) : null}
      <section className={css['list']} aria-labelledby="items">
        <h2 id="items">{say('stock.items')}</h2>
        {items.length === 0 ? <Empty>{say('stock.none')}</Empty> : null}
        <Listed
          id="stock"
          title={say('stock.items')}
          columns={columnsOf(say)}
          choices={StockState.options.map((state) => ({
            id: state,
            words: (count: number) => `${say(`stockState.${state}`)} ${count}`,
            holds: (item: StockItem) => item.state === state,
          }))}
          rows={items}
          keyOf={({ item }) => item}
          line="stock-line"
          isWarm={({ state }) => state === 'faulty'}
          cards={(some) => (
            <ul>
              {some.map((item) => (
                <ItemEntry key={item.item} item={item} />
              ))}
            </ul>
          )}
        />
      </section>
    </>
  );
}

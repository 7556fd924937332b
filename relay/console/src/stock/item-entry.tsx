/** One unit in stock: where it is, what it has been through, and what may become of it now. */
import { TextInput } from '@mantine/core';
import type { StockItem, StockState } from '@nattfrid/shared/desk/stock-view';
import { useState } from 'react';
import { useStockAct } from '../around/asking-stock.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import form from '../parts/form.module.css';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { When } from '../parts/when.tsx';
import { useWords } from '../words/words.ts';
import css from './stock.module.css';

/** What is offered from each; the relay has the last word. */
const next: Readonly<Record<StockState, readonly StockState[]>> = {
  'in-stock': ['reserved', 'installed', 'faulty'],
  reserved: ['installed', 'in-stock'],
  installed: ['returned', 'faulty'],
  faulty: ['in-stock', 'returned', 'scrapped'],
  returned: ['in-stock'],
  scrapped: [],
};

export function ItemEntry({ item }: { item: StockItem }) {
  const { say } = useWords();
  const move = useStockAct('moveStockItem', { item: item.item });
  const [unit, setUnit] = useState(item.unit ?? item.identity?.unit ?? '');
  const [client, setClient] = useState(item.client ?? '');
  const { article, state, location, history } = item;
  const go = (to: StockState) => {
    const home = { ...(unit && { unit }), ...(client && { client }) };
    const wiped = to === 'returned' || to === 'scrapped' ? ({ wiped: true } as const) : {};
    move.run({ to, ...(to === 'installed' || to === 'reserved' ? home : {}), ...wiped } as never);
  };
  const wantsHome = next[state].some((to) => to === 'installed');
  return (
    <li data-testid="stock-item" data-state={state}>
      <div>
        <b>{article.individual}</b>
        <p className={css['quiet']}>
          {[say(`stockState.${state}`), location, item.client, item.identity?.unit ?? item.unit, article.authority]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <details>
          <summary>{say('stock.history')}</summary>
          <ol>
            {history.map(({ at, by, to, words }) => (
              <li key={`${at} ${to}`}>
                <When at={at} /> {say(`stockState.${to}`)} · {by} {words}
              </li>
            ))}
          </ol>
        </details>
      </div>
      <div className={`${css['acts']} ${form['field']}`}>
        {wantsHome ? (
          <>
            <TextInput
              label={say('stock.unit')}
              value={unit}
              onChange={({ currentTarget }) => setUnit(currentTarget.value)}
            />
            <TextInput
              label={say('stock.client')}
              value={client}
              onChange={({ currentTarget }) => setClient(currentTarget.value)}
            />
          </>
        ) : null}
        {next[state].map((to) =>
          to === 'returned' || to === 'scrapped' ? (
            <PressTwice
              key={to}
              busy={move.busy}
              sure={say('stock.wiped.sure')}
              press={() => go(to)}
              data-testid={`to-${to}`}
            >
              {say(`stockTo.${to}`)}
            </PressTwice>
          ) : (
            <Press key={to} busy={move.busy} press={() => go(to)} data-testid={`to-${to}`}>
              {say(`stockTo.${to}`)}
            </Press>
          ),
        )}
        <FaultWords fault={move.fault} />
      </div>
    </li>
  );
}

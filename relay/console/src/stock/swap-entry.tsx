/** One swap: which home, how far it has come, how many nights in a row were good, and the next step. */
import type { Swap, SwapState } from '@nattfrid/shared/desk/stock-view';
import { useStockAct } from '../around/asking-stock.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { useWords } from '../words/words.ts';
import css from './stock.module.css';

const next: Partial<Record<SwapState, 'told' | 'parallel' | 'cut-over'>> = {
  planned: 'told',
  told: 'parallel',
  parallel: 'cut-over',
};

export function SwapEntry({ swap }: { swap: Swap }) {
  const { say } = useWords();
  const move = useStockAct('moveSwap', { swap: swap.swap });
  const { client, old, unit, batch, on, state, goodNights, neededNights } = swap;
  const to = next[state];
  const isSoon = to === 'cut-over' && goodNights < neededNights;
  return (
    <li data-testid="swap" data-state={state}>
      <div>
        <b>{client}</b>
        <p className={css['quiet']}>
          {old} → {unit} · {on} · {batch} · {say(`swapState.${state}`)}
        </p>
        {state === 'parallel' ? (
          <p>
            <meter min={0} max={neededNights} value={goodNights} aria-label={say('swap.nights')} />{' '}
            {say('swap.good', { good: goodNights, needed: neededNights })}
          </p>
        ) : null}
      </div>
      <div className={css['acts']}>
        {to && isSoon ? (
          <PressTwice
            busy={move.busy}
            sure={say('swap.early', { good: goodNights })}
            press={() => move.run({ to, confirmed: true })}
            data-testid="swap-next"
          >
            {say(`swapTo.${to}`)}
          </PressTwice>
        ) : null}
        {to && !isSoon ? (
          <Press tone="cool" busy={move.busy} press={() => move.run({ to })} data-testid="swap-next">
            {say(`swapTo.${to}`)}
          </Press>
        ) : null}
        {to ? (
          <Press busy={move.busy} press={() => move.run({ to: 'called-off' })}>
            {say('swapTo.called-off')}
          </Press>
        ) : null}
        <FaultWords fault={move.fault} />
      </div>
    </li>
  );
}

/** One checklist that is filled in: each item with who has done it, and when. */
import type { FilledChecklist } from '@nattfrid/shared/desk/checklist-view';
import { useTickChecklist } from '../around/asking-training.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { When } from '../parts/when.tsx';
import { useWords } from '../words/words.ts';
import css from './checklist.module.css';
import { itemWords } from './item-words.ts';

export function FilledCard({ one, open }: { one: FilledChecklist; open: boolean }) {
  const { say } = useWords();
  const { filled, kind, version, client, unit, begunAt, begunBy, items, doneAt } = one;
  const tick = useTickChecklist(filled);
  const done = items.filter((item) => item.doneAt).length;
  return (
    <details className={css['card']} open={open} data-testid="filled-checklist" data-done={doneAt !== undefined}>
      <summary>
        <b>
          {say(`checklist.${kind}`)} · {client ?? unit}
        </b>
        <span>{doneAt ? say('checklists.complete') : say('checklists.done', { done, all: items.length })}</span>
        <small>
          {say('checklists.version', { version })} · {begunBy} · <When at={begunAt} />
        </small>
      </summary>
      <ul>
        {items.map((item) => (
          <li key={item.item}>
            <label>
              <input
                type="checkbox"
                checked={item.doneAt !== undefined}
                disabled={tick.busy}
                onChange={({ currentTarget }) => tick.run({ item: item.item, done: currentTarget.checked })}
                data-testid={`tick-${item.item}`}
              />
              <span>{itemWords(item, say)}</span>
            </label>
            {item.doneAt ? (
              <small>
                {item.doneBy} · <When at={item.doneAt} />
              </small>
            ) : null}
          </li>
        ))}
      </ul>
      <FaultWords fault={tick.fault} />
    </details>
  );
}

/** The card of one look that is due, open, or waits for its verdict. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { useDesk, useMay, useNow } from '../around/around.tsx';
import { useOpenLook } from '../around/asking.ts';
import { LackingWords } from '../look/lacking-words.tsx';
import { reasonWords } from '../look/reason.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { LookSign } from '../parts/icons.tsx';
import { Press } from '../parts/press.tsx';
import { useGo } from '../parts/way.tsx';
import { length, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './watch.module.css';

export function LookCard({ look }: { look: LookView }) {
  const { say } = useWords();
  const desk = useDesk();
  const go = useGo();
  const show = () => go({ page: 'look', id: look.look });
  const open = useOpenLook((opened) => go({ page: 'look', id: opened.look }));
  const known = desk.units.has(look.unit);
  const operator = useMay('look');
  const left = readTime(look.dueUntil) - useNow();
  const due = look.state === 'due';
  return (
    <article
      className={css['need']}
      data-tone="look"
      data-testid="look-card"
      data-look={look.look}
      data-state={look.state}
      {...(look.reason.type === 'test' ? { 'data-test': true } : {})}
    >
      <div>
        <p className={css['tag']}>
          <LookSign size={24} /> {say(look.reason.type === 'test' ? 'look.tag.test' : 'look.tag')} ·{' '}
          {say(`look.state.${look.state}`)}
        </p>
        <h2 className={css['what']}>{look.client}</h2>
        <p className={css['line']}>
          {reasonWords(look, desk, say)}
          {look.attempt > 1 ? ` · ${say('look.attempt', { count: look.attempt })}` : ''}
          {due ? ` · ${say('look.dueLeft', { length: length(left, say) })}` : ''}
        </p>
        {due && look.refusal ? (
          <p className={css['line']} data-testid="look-put-back">
            {say('look.putBack')}
          </p>
        ) : null}
        <FaultWords fault={open.fault} />
        {open.done ? <LackingWords /> : null}
      </div>
      <div className={css['acts']}>
        {due && operator && known ? (
          <Press
            tone="cool"
            large
            busy={open.busy}
            data-testid="open-due-look"
            press={() => open.run({ unit: look.unit, reason: look.reason, look: look.look })}
          >
            {say('look.open')}
          </Press>
        ) : (
          <Press tone="cool" press={show} data-testid="show-look">
            {say('look.show')}
          </Press>
        )}
      </div>
    </article>
  );
}

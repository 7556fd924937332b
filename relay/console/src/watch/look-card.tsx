/** One look that is due, open, or waits for its verdict: a card by itself, or a line of its round. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { seconds } from '@nattfrid/shared/time/duration';
import { memo } from 'react';
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

/** @param line one of many homes in the same window, which the round says above */
export const LookCard = memo(function LookCard({ look, line = false }: { look: LookView; line?: boolean }) {
  const { say } = useWords();
  const desk = useDesk();
  const go = useGo();
  const show = () => go({ page: 'look', id: look.look });
  const open = useOpenLook((opened) => go({ page: 'look', id: opened.look }));
  const known = desk.units.has(look.unit);
  const operator = useMay('look');
  const left = readTime(look.dueUntil) - useNow(line ? seconds(15) : seconds(1));
  const due = look.state === 'due';
  const words = [
    ...(line ? [] : [reasonWords(look, desk, say)]),
    ...(look.attempt > 1 ? [say('look.attempt', { count: look.attempt })] : []),
    // The round says how long is left for all of them; one that is tried again has a time of its own.
    ...(due && (!line || look.attempt > 1) ? [say('look.dueLeft', { length: length(left, say) })] : []),
  ];
  return (
    <article
      className={line ? css['needLine'] : css['need']}
      data-tone="look"
      data-testid="look-card"
      data-look={look.look}
      data-state={look.state}
      {...(look.reason.type === 'test' ? { 'data-test': true } : {})}
    >
      <div>
        {line ? null : (
          <p className={css['tag']}>
            <LookSign size={24} /> {say(look.reason.type === 'test' ? 'look.tag.test' : 'look.tag')} ·{' '}
            {say(`look.state.${look.state}`)}
          </p>
        )}
        {line ? <h3>{look.client}</h3> : <h2 className={css['what']}>{look.client}</h2>}
        <p className={css['line']}>{words.join(' · ')}</p>
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
            tone={line ? 'quiet' : 'cool'}
            large={!line}
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
});

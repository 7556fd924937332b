/** One access of a check: who looked at whom, why it stands here, and what whoever checks says of it. */
import { TextInput } from '@mantine/core';
import type { CheckedAccess, LogCheck } from '@nattfrid/shared/desk/follow-up-view';
import { seconds } from '@nattfrid/shared/time/duration';
import { useState } from 'react';
import { useCheckAccess } from '../around/asking-follow-up.ts';
import { whatWords } from '../audit/what-words.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import form from '../parts/form.module.css';
import { Press } from '../parts/press.tsx';
import { When } from '../parts/when.tsx';
import { length } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './follow-up.module.css';

export function CheckedEntry({ check, access }: { check: LogCheck; access: CheckedAccess }) {
  const { say } = useWords();
  const said = useCheckAccess(check.check);
  const [words, setWords] = useState('');
  const { who, client, what, at, oddities, checked } = access;
  const judge = (to: 'in-order' | 'follow-up') =>
    said.run({ access: access.access, checked: to, ...(words.trim() && { words: words.trim() }) });
  return (
    <li data-checked={checked} data-testid="checked-access">
      <div>
        <b>
          {who}
          {client ? ` → ${client}` : ''}
        </b>
        <p className={css['quiet']}>
          {whatWords(what, say)} · <When at={at} />
          {access.seconds === undefined ? '' : ` · ${length(seconds(access.seconds), say)}`} ·{' '}
          {say('logCheck.line', { line: access.line })}
        </p>
        <p className={css['oddities']}>
          {oddities.length === 0 ? (
            <span>{say('logCheck.byLot')}</span>
          ) : (
            oddities.map((oddity) => (
              <span key={oddity} data-odd>
                {say(`oddity.${oddity}`)}
              </span>
            ))
          )}
        </p>
        {access.words ? <blockquote>{access.words}</blockquote> : null}
      </div>
      {check.signedOffAt ? (
        <span>{say(`checked.${checked}`)}</span>
      ) : (
        <div className={`${css['judge']} ${form['field']}`}>
          <TextInput
            label={say('logCheck.words')}
            value={words}
            onChange={({ currentTarget }) => setWords(currentTarget.value)}
          />
          <Press
            busy={said.busy}
            aria-pressed={checked === 'in-order'}
            tone={checked === 'in-order' ? 'cool' : 'quiet'}
            press={() => judge('in-order')}
            data-testid="check-in-order"
          >
            {say('checked.in-order')}
          </Press>
          <Press
            busy={said.busy}
            aria-pressed={checked === 'follow-up'}
            tone={checked === 'follow-up' ? 'warm' : 'quiet'}
            press={() => judge('follow-up')}
            data-testid="check-follow-up"
          >
            {say('checked.follow-up')}
          </Press>
          <FaultWords fault={said.fault} />
        </div>
      )}
    </li>
  );
}

/** What two people have opened beyond roles, to be looked at by a third: who, why, what it was used for; and the word of whoever looks. */
import { TextInput } from '@mantine/core';
import type { BreakGlassToReview } from '@nattfrid/shared/desk/break-glass';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useState } from 'react';
import { useBreakGlasses, useReviewBreakGlass } from '../around/asking-break-glass.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import form from '../parts/form.module.css';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { When } from '../parts/when.tsx';
import { known } from '../words/known.ts';
import { useWords } from '../words/words.ts';
import css from './follow-up.module.css';

export function BreakGlassReview() {
  const { say } = useWords();
  const asked = useBreakGlasses();
  const all = asked.data?.accesses ?? [];
  const waiting = all.filter(({ reviewedBy }) => reviewedBy === undefined);
  const done = all.filter(({ reviewedBy }) => reviewedBy !== undefined);
  return (
    <section className={parts['card']} data-testid="break-glass-review">
      <h2>{say('breakGlass.review')}</h2>
      <p className={css['quiet']}>{say('breakGlass.review.lead')}</p>
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data && waiting.length === 0 ? <p>{say('breakGlass.review.none')}</p> : null}
      <ul className={css['accesses']}>
        {waiting.map((one) => (
          <OneAccess key={one.access} access={one} />
        ))}
      </ul>
      {done.length > 0 ? (
        <details className={css['check']}>
          <summary>
            <b>{say('breakGlass.review.done')}</b>
            <span>{done.length}</span>
          </summary>
          <ul className={css['accesses']}>
            {done.map((one) => (
              <OneAccess key={one.access} access={one} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function OneAccess({ access }: { access: BreakGlassToReview }) {
  const { say } = useWords();
  const { client, what, reason, words, who, role, grantedBy, askedAt, state, why, uses, alike } = access;
  const { reviewedBy, checked, remark } = access;
  return (
    <li data-testid="break-glass-access" data-checked={checked ?? 'not-yet'}>
      <div>
        <b>{say('breakGlass.heading', { what: say(`breakGlass.what.${what}`), client })}</b>
        <p className={css['quiet']}>
          <When at={askedAt} /> · {say('breakGlass.review.asked', { who, role: say(`role.${role}`) })} ·{' '}
          {grantedBy ? say('breakGlass.review.granted', { who: grantedBy }) : say('breakGlass.review.nobody')} ·{' '}
          {say(state === 'over' && why ? `breakGlass.why.${why}` : 'breakGlass.why.open')}
        </p>
        <p>{say(`breakGlass.reason.${reason}`)}</p>
        {words ? <blockquote>{words}</blockquote> : null}
        <p className={css['quiet']}>
          {uses.length === 0 ? say('breakGlass.review.notUsed') : `${say('breakGlass.review.uses')}: `}
          {uses.map(({ at, route }, index) => {
            const key = known('breakGlassUse', route);
            return (
              <span key={at}>
                {index > 0 ? ', ' : ''}
                {key ? say(key) : route} <When at={at} />
              </span>
            );
          })}
        </p>
        <p className={css['oddities']}>
          {alike.map((one) => (
            <span key={one} data-odd>
              {say(`breakGlass.alike.${one}`)}
            </span>
          ))}
        </p>
        {remark ? <blockquote>{remark}</blockquote> : null}
      </div>
      {checked && reviewedBy ? (
        <span>{say('breakGlass.review.by', { checked: say(`checked.${checked}`), who: reviewedBy })}</span>
      ) : state === 'over' ? (
        <Judge access={access} />
      ) : null}
    </li>
  );
}

function Judge({ access }: { access: BreakGlassToReview }) {
  const { say } = useWords();
  const review = useReviewBreakGlass(access.access);
  const [words, setWords] = useState('');
  const [lacking, setLacking] = useState(false);
  const judge = (checked: 'in-order' | 'follow-up') => {
    const said = words.trim();
    setLacking(checked === 'follow-up' && !said);
    if (checked === 'in-order' || said) review.run({ checked, ...(said && { words: said }) });
  };
  return (
    <div className={`${css['judge']} ${form['field']}`}>
      <TextInput
        label={say('breakGlass.review.remark')}
        value={words}
        maxLength={500}
        error={lacking ? say('breakGlass.review.follow-up.lacking') : undefined}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
        data-testid="review-remark"
      />
      <Press busy={review.busy} press={() => judge('in-order')} data-testid="review-in-order">
        {say('checked.in-order')}
      </Press>
      <Press busy={review.busy} press={() => judge('follow-up')} data-testid="review-follow-up">
        {say('checked.follow-up')}
      </Press>
      <FaultWords fault={review.fault} />
    </div>
  );
}

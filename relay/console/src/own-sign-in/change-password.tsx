/** A new password of the own choice: the old one is asked for, and every other device is signed out. */

import { useState } from 'react';
import { useChangePassword } from '../around/asking-sign-in.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { useFields } from '../parts/fields.ts';
import form from '../parts/form.module.css';
import parts from '../parts/parts.module.css';
import { PasswordField } from '../parts/password-field.tsx';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './own-sign-in.module.css';

const nothing = { old: '', next: '', again: '' };

export function ChangePassword() {
  const { say } = useWords();
  const { given, clear, field } = useFields('password', nothing);
  const [lacking, setLacking] = useState<'empty' | 'differ'>();
  const change = useChangePassword(clear);
  const submit = () => {
    const { old, next, again } = given;
    const lacks = old === '' || next === '' ? 'empty' : next === again ? undefined : 'differ';
    setLacking(lacks);
    if (!lacks) change.run({ old, password: next });
  };
  return (
    <section className={`${parts['card']} ${css['part']}`} aria-labelledby="own-password">
      <h2 id="own-password">{say('password.title')}</h2>
      <p className={css['sub']}>{say('password.words')}</p>
      <form
        className={form['field']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PasswordField label={say('password.old')} autoComplete="current-password" {...field('old')} />
        <PasswordField
          label={say('password.new')}
          description={say('password.new.words')}
          autoComplete="new-password"
          {...field('next')}
        />
        <PasswordField label={say('password.again')} autoComplete="new-password" {...field('again')} />
        {lacking ? (
          <p role="alert" className={parts['fault']} data-testid="password-lacking">
            {say(`password.lacking.${lacking}`)}
          </p>
        ) : (
          <FaultWords fault={change.fault} data-testid="password-fault" />
        )}
        {change.done && !lacking ? (
          <p role="status" data-testid="password-changed">
            {say('password.changed')}
          </p>
        ) : null}
        <div className={css['acts']}>
          <Press submit tone="cool" busy={change.busy} data-testid="password-submit">
            {say('password.submit')}
          </Press>
        </div>
      </form>
    </section>
  );
}

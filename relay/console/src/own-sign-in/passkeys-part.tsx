/** The own passkeys: each with its name and when it was used, adding one, and taking one away. */
import { TextInput } from '@mantine/core';
import type { OwnSignIn, PasskeyView } from '@nattfrid/shared/desk/own-sign-in';
import { useState } from 'react';
import { useAddPasskey, useRemovePasskey } from '../around/asking-sign-in.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { useFields } from '../parts/fields.ts';
import form from '../parts/form.module.css';
import parts from '../parts/parts.module.css';
import { PasswordField } from '../parts/password-field.tsx';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { When } from '../parts/when.tsx';
import { knowsPasskeys } from '../trust/passkey.ts';
import { useWords } from '../words/words.ts';
import css from './own-sign-in.module.css';

export function PasskeysPart({ own }: { readonly own: OwnSignIn }) {
  const { say } = useWords();
  const can = own.canPasskey && knowsPasskeys();
  return (
    <section className={`${parts['card']} ${css['part']}`} aria-labelledby="own-passkeys">
      <h2 id="own-passkeys">{say('passkeys.title')}</h2>
      <p className={css['sub']}>{say(can ? 'passkeys.words' : 'passkeys.cannot')}</p>
      {own.passkeys.length > 0 ? (
        <ul className={css['list']}>
          {own.passkeys.map((passkey) => (
            <Entry key={passkey.passkey} passkey={passkey} />
          ))}
        </ul>
      ) : null}
      {can ? <Add hasPassword={own.hasPassword} /> : null}
    </section>
  );
}

function Entry({ passkey: { passkey, name, addedAt, usedAt } }: { readonly passkey: PasskeyView }) {
  const { say } = useWords();
  const remove = useRemovePasskey(passkey);
  return (
    <li data-testid="passkey">
      <div>
        <b>{name}</b>
        <small>
          {say('passkeys.added')} <When at={addedAt} />
          {usedAt ? (
            <>
              {' · '}
              {say('passkeys.used')} <When at={usedAt} />
            </>
          ) : null}
        </small>
      </div>
      <PressTwice
        sure={say('passkeys.remove.sure')}
        busy={remove.busy}
        press={() => remove.run(undefined)}
        data-testid="remove-passkey"
      >
        {say('passkeys.remove')}
      </PressTwice>
      <FaultWords fault={remove.fault} />
    </li>
  );
}

function Add({ hasPassword }: { readonly hasPassword: boolean }) {
  const { say } = useWords();
  const { given, clear, field } = useFields('passkey', { name: '', password: '' });
  const [lacking, setLacking] = useState(false);
  const add = useAddPasskey(clear);
  const submit = () => {
    const name = given.name.trim();
    const lacks = name === '' || (hasPassword && given.password === '');
    setLacking(lacks);
    if (!lacks) add.run({ name, password: given.password });
  };
  return (
    <details>
      <summary data-testid="add-passkey">{say('passkeys.add')}</summary>
      <form
        className={form['field']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          label={say('passkeys.name')}
          description={say('passkeys.name.words')}
          maxLength={40}
          autoComplete="off"
          {...field('name')}
        />
        {hasPassword ? (
          <PasswordField label={say('password.own')} autoComplete="current-password" {...field('password')} />
        ) : null}
        {lacking ? (
          <p role="alert" className={parts['fault']}>
            {say('passkeys.lacking')}
          </p>
        ) : (
          <FaultWords fault={add.fault} data-testid="passkey-fault" />
        )}
        <div className={css['acts']}>
          <Press submit tone="cool" busy={add.busy} data-testid="passkey-submit">
            {say('passkeys.add')}
          </Press>
        </div>
      </form>
    </details>
  );
}

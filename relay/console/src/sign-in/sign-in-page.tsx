/** The sign-in page; its first click also lets the browser play the alarm sound. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSignIn } from '../around/asking-sign-in.ts';
import { LanguageChoice, ThemeChoice } from '../frame/choices.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import { Mark } from '../parts/icons.tsx';
import { later } from '../parts/later.tsx';
import parts from '../parts/parts.module.css';
import { PasswordField } from '../parts/password-field.tsx';
import { Press } from '../parts/press.tsx';
import { useTitle } from '../parts/title.ts';
import { useWords } from '../words/words.ts';
import { ByCode } from './by-code.tsx';
import { ByPasskey } from './by-passkey.tsx';
import { Elsewhere } from './elsewhere.tsx';
import css from './sign-in.module.css';

/** Asked for by few, and fetched when it is. */
const ThisComputer = later(async () => (await import('./this-computer.tsx')).ThisComputer);

export function SignInPage() {
  const { say } = useWords();
  const [ticket, setTicket] = useState<string>();
  const [tried, setTried] = useState(false);
  useTitle(say('sign-in.title'));
  return (
    <div className={css['ground']}>
      <main className={css['box']}>
        <div>
          <div className={css['brand']}>
            <Mark size={46} />
            <b>{say('app.name')}</b>
          </div>
          <p className={css['lead']}>{say('sign-in.lead')}</p>
        </div>
        {ticket === undefined ? (
          <>
            <ByPassword half={setTicket} />
            <ByPasskey />
            <Elsewhere />
            <details
              className={css['computer']}
              onToggle={({ currentTarget }) => setTried((was) => was || currentTarget.open)}
            >
              <summary data-testid="this-computer">{say('computer.title')}</summary>
              {/* Each answer is said as it comes. */}
              <div aria-live="polite">{tried ? <ThisComputer /> : null}</div>
            </details>
          </>
        ) : (
          <ByCode ticket={ticket} back={() => setTicket(undefined)} />
        )}
      </main>
      <footer className={css['foot']}>
        <LanguageChoice />
        <ThemeChoice />
      </footer>
    </div>
  );
}

function ByPassword({ half }: { readonly half: (ticket: string) => void }) {
  const { say } = useWords();
  const signIn = useSignIn(half);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const status = signIn.fault?.fields['status'];
  const [lacking, setLacking] = useState(false);
  const submit = () => {
    setLacking(email.trim() === '' || password === '');
    if (email.trim() !== '' && password !== '') signIn.run({ email: email.trim(), password });
  };
  return (
    <form
      className={css['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h1 className={parts['hidden']}>{say('sign-in.title')}</h1>
      <TextInput
        label={say('sign-in.email')}
        type="email"
        name="email"
        autoComplete="username"
        autoFocus
        required
        withAsterisk={false}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        data-testid="sign-in-email"
      />
      <PasswordField
        label={say('sign-in.password')}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        data-testid="sign-in-password"
      />
      {lacking ? (
        <p role="alert" className={parts['fault']} data-testid="sign-in-lacking">
          {say('sign-in.lacking')}
        </p>
      ) : status === 401 || status === 400 ? (
        <p role="alert" className={parts['fault']} data-testid="sign-in-fault">
          {say('sign-in.wrong')}
        </p>
      ) : status === 429 ? (
        <p role="alert" className={parts['fault']} data-testid="sign-in-fault">
          {say('sign-in.tooMany')}
        </p>
      ) : (
        <FaultWords fault={signIn.fault} data-testid="sign-in-fault" />
      )}
      <Press submit large wide tone="cool" busy={signIn.busy} data-testid="sign-in-submit">
        {say('sign-in.submit')}
      </Press>
    </form>
  );
}

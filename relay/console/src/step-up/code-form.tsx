/** One field for a code: of the authenticator app, or a recovery code. */
import { TextInput } from '@mantine/core';
import type { Fault } from '@nattfrid/shared/fault/fault';
import { useState } from 'react';
import { FaultWords } from '../parts/fault-words.tsx';
import form from '../parts/form.module.css';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';

export function CodeForm(props: {
  readonly submit: string;
  readonly busy: boolean;
  readonly give: (code: string) => void;
  readonly fault: Fault | undefined;
  /** Only the app's own codes will do. */
  readonly appOnly?: boolean;
  readonly name: string;
  readonly autoFocus?: boolean;
}) {
  const { submit, busy, give, fault, appOnly = false, name, autoFocus = false } = props;
  const { say } = useWords();
  const [code, setCode] = useState('');
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim().length >= 6) give(code.trim());
      }}
    >
      <TextInput
        className={form['field'] ?? ''}
        label={say('code.label')}
        {...(appOnly ? {} : { description: say('code.or') })}
        name="code"
        autoComplete="one-time-code"
        inputMode={appOnly ? 'numeric' : 'text'}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        data-autofocus={autoFocus || undefined}
        autoFocus={autoFocus}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        data-testid={`${name}-code`}
      />
      <FaultWords fault={fault} data-testid={`${name}-fault`} />
      <Press submit wide tone="cool" busy={busy} data-testid={`${name}-submit`}>
        {submit}
      </Press>
    </form>
  );
}

/** The own authenticator app: making it known with a QR code that this browser draws, recovery codes, and taking it away. */

import type { OwnSignIn } from '@nattfrid/shared/desk/own-sign-in';
import type { Answered } from '@nattfrid/shared/desk/routes';
import { useState } from 'react';
import { useAddCodes, useMakeCodes, useNewRecoveryCodes, useRemoveCodes } from '../around/asking-sign-in.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import form from '../parts/form.module.css';
import parts from '../parts/parts.module.css';
import { PasswordField } from '../parts/password-field.tsx';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { When } from '../parts/when.tsx';
import { CodeForm } from '../step-up/code-form.tsx';
import { useWords } from '../words/words.ts';
import css from './own-sign-in.module.css';

type Recovery = readonly string[];

export function CodesPart({ own }: { readonly own: OwnSignIn }) {
  const { say } = useWords();
  const [recovery, setRecovery] = useState<Recovery>();
  return (
    <section className={`${parts['card']} ${css['part']}`} aria-labelledby="own-codes">
      <h2 id="own-codes">{say('codes.title')}</h2>
      <p className={css['sub']}>{say('codes.words')}</p>
      {recovery ? <Shown recovery={recovery} done={() => setRecovery(undefined)} /> : null}
      {own.codes ? (
        <Kept codes={own.codes} told={setRecovery} />
      ) : recovery ? null : (
        <Making hasPassword={own.hasPassword} told={setRecovery} />
      )}
    </section>
  );
}

function Shown({ recovery, done }: { readonly recovery: Recovery; readonly done: () => void }) {
  const { say } = useWords();
  return (
    <div className={css['recovery']} role="status">
      <b>{say('codes.recovery.shown')}</b>
      <p>{say('codes.recovery.words')}</p>
      <ul data-testid="recovery-codes">
        {recovery.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={css['acts']}>
        <Press tone="cool" press={done} data-testid="recovery-kept">
          {say('codes.recovery.kept')}
        </Press>
      </div>
    </div>
  );
}

function Kept(props: { readonly codes: NonNullable<OwnSignIn['codes']>; readonly told: (recovery: Recovery) => void }) {
  const { addedAt, recoveryLeft } = props.codes;
  const { say } = useWords();
  const renew = useNewRecoveryCodes(props.told);
  const remove = useRemoveCodes();
  return (
    <>
      <p data-testid="codes-kept">
        {say('codes.added')} <When at={addedAt} />. {say('codes.recovery.left', { count: recoveryLeft })}
      </p>
      <div className={css['acts']}>
        <PressTwice
          sure={say('codes.recovery.sure')}
          busy={renew.busy}
          press={() => renew.run(undefined)}
          data-testid="new-recovery-codes"
        >
          {say('codes.recovery.new')}
        </PressTwice>
        <PressTwice
          sure={say('codes.remove.sure')}
          busy={remove.busy}
          press={() => remove.run(undefined)}
          data-testid="remove-codes"
        >
          {say('codes.remove')}
        </PressTwice>
      </div>
      <FaultWords fault={renew.fault ?? remove.fault} />
    </>
  );
}

function Making(props: { readonly hasPassword: boolean; readonly told: (recovery: Recovery) => void }) {
  const { hasPassword, told } = props;
  const { say } = useWords();
  const [password, setPassword] = useState('');
  const [made, setMade] = useState<Answered<'makeCodes'>>();
  const make = useMakeCodes((one) => {
    setMade(one);
    setPassword('');
  });
  const add = useAddCodes(told);
  if (made)
    return (
      <>
        <p>{say('codes.scan')}</p>
        <QrCode text={made.uri} label={say('codes.qr')} />
        <details>
          <summary>{say('codes.type')}</summary>
          <code className={css['secret']} data-testid="codes-secret">
            {made.secret.replace(/(.{4})(?=.)/g, '$1 ')}
          </code>
        </details>
        <CodeForm
          name="codes"
          appOnly
          submit={say('codes.submit')}
          busy={add.busy}
          give={(code) => add.run({ ticket: made.ticket, code })}
          fault={add.fault}
        />
        {add.fault?.code === 'not-now' ? <Press press={() => setMade(undefined)}>{say('codes.again')}</Press> : null}
      </>
    );
  return (
    <form
      className={form['field']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!hasPassword || password !== '') make.run(password);
      }}
    >
      {hasPassword ? (
        <PasswordField
          label={say('password.own')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          data-testid="codes-password"
        />
      ) : null}
      <FaultWords fault={make.fault} data-testid="codes-fault" />
      <div className={css['acts']}>
        <Press submit tone="cool" busy={make.busy} data-testid="make-codes">
          {say('codes.make')}
        </Press>
      </div>
    </form>
  );
}

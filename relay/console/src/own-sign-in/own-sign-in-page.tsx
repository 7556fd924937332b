/** The page on which everybody looks after how they sign in: the own password, passkeys, and an authenticator app with recovery codes. */
import { asFault } from '@nattfrid/shared/fault/fault';
import { useOwnSignIn } from '../around/asking-sign-in.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { useWords } from '../words/words.ts';
import { ChangePassword } from './change-password.tsx';
import { CodesPart } from './codes-part.tsx';
import css from './own-sign-in.module.css';
import { PasskeysPart } from './passkeys-part.tsx';

export function OwnSignInPage() {
  const { say } = useWords();
  const { data: own, error } = useOwnSignIn();
  return (
    <Page title={say('ownSignIn.title')} lead={say('ownSignIn.lead')} data-testid="own-sign-in">
      {error ? <FaultWords fault={asFault(error)} /> : null}
      {own ? (
        <>
          <p className={css['sub']} data-testid="own-level" data-level={own.assurance}>
            {say('ownSignIn.level')} <b>{say(`held.${own.assurance}`)}</b>
          </p>
          <div className={css['parts']}>
            <PasskeysPart own={own} />
            <CodesPart own={own} />
            {own.hasPassword ? <ChangePassword /> : null}
          </div>
        </>
      ) : error ? null : (
        <Loading />
      )}
    </Page>
  );
}

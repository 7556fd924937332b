/** One press, without an address and a password; where this browser, and this relay's address, let it. */

import { useSignInWays } from '../around/asking-organisation.ts';
import { useSignInByPasskey } from '../around/asking-sign-in.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { knowsPasskeys } from '../trust/passkey.ts';
import { useWords } from '../words/words.ts';
import css from './sign-in.module.css';

export function ByPasskey() {
  const { say } = useWords();
  const can = useSignInWays().data?.passkeys === true && knowsPasskeys();
  const signIn = useSignInByPasskey();
  if (!can) return null;
  return (
    <div className={css['passkey']}>
      <Press wide busy={signIn.busy} press={() => signIn.run(undefined)} data-testid="sign-in-passkey">
        {say('sign-in.passkey')}
      </Press>
      <FaultWords fault={signIn.fault} data-testid="sign-in-passkey-fault" />
    </div>
  );
}

/** After the password, for whoever has an authenticator app: the code, or going on without it, which always works. */
import { useSignInByCode, useSignInWithout } from '../around/asking-sign-in.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { CodeForm } from '../step-up/code-form.tsx';
import { useWords } from '../words/words.ts';
import css from './sign-in.module.css';

export function ByCode({ ticket, back }: { readonly ticket: string; readonly back: () => void }) {
  const { say } = useWords();
  const byCode = useSignInByCode();
  const without = useSignInWithout();
  const isLate = [byCode.fault, without.fault].some((fault) => fault?.fields['status'] === 401);
  return (
    <div className={css['form']} data-testid="sign-in-by-code">
      <h1 className={css['step']}>{say('sign-in.code.title')}</h1>
      {isLate ? (
        <>
          <p role="alert">{say('sign-in.code.late')}</p>
          <Press wide large tone="cool" press={back} data-testid="sign-in-again">
            {say('sign-in.code.back')}
          </Press>
        </>
      ) : (
        <>
          <CodeForm
            name="sign-in"
            submit={say('sign-in.submit')}
            busy={byCode.busy}
            give={(code) => byCode.run({ ticket, code })}
            fault={byCode.fault}
            autoFocus
          />
          <div className={css['without']}>
            <Press wide busy={without.busy} press={() => without.run(ticket)} data-testid="sign-in-without">
              {say('sign-in.without')}
            </Press>
            <p>{say('sign-in.without.words')}</p>
            <FaultWords fault={without.fault} />
          </div>
        </>
      )}
    </div>
  );
}

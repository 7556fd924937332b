/** Over whatever somebody does when it needs more than a password: a passkey, a code, the provider, and on it goes. An alarm waits for none of them. */
import { Modal } from '@mantine/core';
import { useAround } from '../around/around.tsx';
import { useAskAgain, useOwnSignIn, useStepUpByCode, useStepUpByPasskey } from '../around/asking-sign-in.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Loading } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useGo } from '../parts/way.tsx';
import type { Needed, SteppedUp } from '../state/step-up.ts';
import { useStore } from '../state/store.ts';
import { knowsPasskeys } from '../trust/passkey.ts';
import { useWords } from '../words/words.ts';
import { ByProvider } from './by-provider.tsx';
import { CodeForm } from './code-form.tsx';
import css from './step-up.module.css';

export function StepUpDialog() {
  const { say } = useWords();
  const { stepping } = useAround();
  const state = useStore(stepping.store);
  const again = useAskAgain();
  const answer = (how: SteppedUp) => {
    stepping.store.send({ type: 'answered', how });
    if (how === 'stepped') again();
  };
  return (
    <Modal
      opened={state.name === 'asking'}
      onClose={() => answer('no')}
      title={<b>{say('stepUp.title')}</b>}
      centered
      classNames={{ content: css['content'] ?? '' }}
      closeButtonProps={{ 'aria-label': say('stepUp.close') }}
      data-testid="step-up"
    >
      {state.name === 'asking' ? <Ways needed={state} answer={answer} /> : null}
    </Modal>
  );
}

function Ways({ needed, answer }: { readonly needed: Needed; readonly answer: (how: SteppedUp) => void }) {
  const { needs, anyway } = needed;
  const { say } = useWords();
  const go = useGo();
  const own = useOwnSignIn().data;
  const stepped = () => answer('stepped');
  const byCode = useStepUpByCode(stepped);
  const byPasskey = useStepUpByPasskey(stepped);
  const passkey = needs < 3 && own?.canPasskey && own.passkeys.length > 0 && knowsPasskeys();
  const code = needs < 3 && own?.codes !== undefined;
  const none = own && !passkey && !code && !own.byProvider;
  return (
    <div className={css['dialog']}>
      <p>{say(needs < 3 ? 'stepUp.words' : 'stepUp.words.eid')}</p>
      {own ? null : <Loading />}
      {passkey ? (
        <Press
          wide
          large
          tone="cool"
          busy={byPasskey.busy}
          press={() => byPasskey.run(undefined)}
          data-testid="step-up-passkey"
        >
          {say('stepUp.passkey')}
        </Press>
      ) : null}
      <FaultWords fault={byPasskey.fault} data-testid="step-up-passkey-fault" />
      {code ? (
        <CodeForm
          name="step-up"
          submit={say('stepUp.code')}
          busy={byCode.busy}
          give={byCode.run}
          fault={byCode.fault}
          autoFocus={!passkey}
        />
      ) : null}
      {own?.byProvider ? <ByProvider needs={needs} then={stepped} /> : null}
      {none ? <p data-testid="step-up-none">{say(needs < 3 ? 'stepUp.none' : 'stepUp.none.eid')}</p> : null}
      {none && needs < 3 ? (
        <Press
          wide
          press={() => {
            answer('no');
            go({ page: 'own-sign-in' });
          }}
          data-testid="step-up-own"
        >
          {say('ownSignIn.title')}
        </Press>
      ) : null}
      {anyway ? (
        <div className={css['anyway']}>
          <p className={css['sub']}>{say('stepUp.anyway.words')}</p>
          <Press wide large tone="warm" press={() => answer('anyway')} data-testid="step-up-anyway">
            {say('stepUp.anyway')}
          </Press>
        </div>
      ) : null}
    </div>
  );
}

/** What a pairing does, in words, by label or by code; and what both ends authenticate in it. */
import type { PairingView } from '@nattfrid/shared/desk/work-order-view';
import type { PairingTerms } from '@nattfrid/shared/seal/pairing-terms';
import { useEffect } from 'react';
import { usePairing } from '../around/asking-install.ts';
import { CheckSign } from '../parts/icons.tsx';
import { Press } from '../parts/press.tsx';
import { known } from '../words/known.ts';
import { useWords } from '../words/words.ts';
import css from './install.module.css';

/** What both ends authenticate, as the relay has told it; the key is the label's. */
export const termsOf = (pairing: PairingView, publicKey: string): PairingTerms => {
  const { ticket, nonce, unit, organisation, planKey, client, place } = pairing;
  return { ticket, nonce, unit, publicKey, organisation, planKey, client, place };
};

/** What happens, in words, until it is paired or has been refused. */
export function Progress(props: {
  pairing: PairingView;
  /** The relay names another key than the label. */
  isOther: boolean;
  isAsked: boolean;
  again: () => void;
  done: () => void;
}) {
  const { pairing: begun, isOther, isAsked, again, done } = props;
  const { say } = useWords();
  const asked = usePairing(isAsked ? begun.ticket : undefined);
  const pairing = asked.data ?? begun;
  const { state, why, triesLeft = 0 } = pairing;
  useEffect(() => {
    if (state === 'paired') done();
  }, [state, done]);
  if (isOther)
    return (
      <p role="alert" className={css['state']} data-state="fault" data-testid="other-key">
        {say('pair.other')}
      </p>
    );
  const isOver = state === 'refused' || state === 'too-late';
  return (
    <>
      <div role="status" data-testid="pair-progress" data-state={state}>
        <ol className={css['progress']}>
          <Same />
          {isOver ? (
            <li data-fault>
              {say(known('pairWhy', state === 'too-late' ? 'too-late' : (why ?? '')) ?? 'pairWhy.wrong-proof', {
                count: triesLeft,
              })}
            </li>
          ) : (
            <li data-waits>{say(isAsked ? 'pair.wait.unit' : 'pair.wait.asking')}</li>
          )}
        </ol>
      </div>
      {isOver ? (
        <Press large wide tone="cool" press={again} data-testid="pair-again">
          {say('pair.again')}
        </Press>
      ) : null}
    </>
  );
}

export const Same = () => {
  const { say } = useWords();
  return (
    <li data-done>
      <CheckSign size={20} /> {say('pair.same')}
    </li>
  );
};

/** Signs in at the organisation's provider in another window, so that nothing on this page is lost; waits until the session is sure enough. */
import type { Assurance } from '@nattfrid/shared/desk/assurance';
import { seconds } from '@nattfrid/shared/time/duration';
import { useEffect, useState } from 'react';
import { useAround, useSelf } from '../around/around.tsx';
import { askWho } from '../around/asking-sign-in.ts';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './step-up.module.css';

const period = seconds(2);

export function ByProvider({ needs, then }: { readonly needs: Assurance; readonly then: () => void }) {
  const { say } = useWords();
  const { clock } = useAround();
  const self = useSelf();
  const [waits, setWaits] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is done then is the same at each drawing
  useEffect(() => {
    if (!waits) return;
    const asking = clock.every(
      period,
      () =>
        void askWho()
          .then(({ id, assurance = 1 }) => {
            // Somebody else has signed in there: what is on this screen is not theirs.
            if (id !== self.id) location.reload();
            else if (assurance >= needs) then();
          })
          .catch(() => undefined),
    );
    return () => asking[Symbol.dispose]();
  }, [waits, clock, needs, self.id]);
  const open = () => {
    window.open(
      `/api/sso/start/${self.organisation ?? ''}?back=/own-sign-in`,
      'nattfrid-provider',
      'width=560,height=720',
    );
    setWaits(true);
  };
  return (
    <>
      <Press wide tone={waits ? 'quiet' : 'cool'} press={open} data-testid="step-up-provider">
        {say('stepUp.provider')}
      </Press>
      {waits ? (
        <p role="status" className={css['sub']}>
          {say('stepUp.provider.waits')}
        </p>
      ) : null}
    </>
  );
}

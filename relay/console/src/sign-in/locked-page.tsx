/** A locked computer: whose it is, that an alarm rings and no more of it, and the way to sign in. */
import { seconds } from '@nattfrid/shared/time/duration';
import { useEffect, useState } from 'react';
import { useAround } from '../around/around.tsx';
import { useLockAgain } from '../around/asking-shared.ts';
import { useLeave } from '../computer/sign-out.ts';
import { call, isSignedOut } from '../link/api.ts';
import { keepLive } from '../link/live.ts';
import { AlarmSign, KeySign } from '../parts/icons.tsx';
import press from '../parts/press.module.css';
import { useWords } from '../words/words.ts';
import css from './locked.module.css';
import { SignInPage } from './sign-in-page.tsx';

/** `cut`: nothing is heard, and so no alarm. */
type Bell = 'cut' | 'silent' | 'waiting' | 'overdue';

/** @param who has locked it @param signedOut called when that session has ended */
export function LockedPage(props: { who: string; random: () => number; signedOut: () => void }) {
  const { who } = props;
  const { say } = useWords();
  const bell = useBell(props);
  const leave = useLeave();
  useTellLocked();
  const rings = bell === 'waiting' || bell === 'overdue';
  return (
    <>
      <section className={css['locked']} aria-label={say('locked.title')} data-testid="locked" data-bell={bell}>
        <div>
          <h1>
            <KeySign size={26} /> {say('locked.title')}
          </h1>
          <p>{say('locked.by', { who })}</p>
          <p className={css['quiet']}>{say('locked.other', { who })}</p>
          <button
            type="button"
            className={press['plain']}
            disabled={leave.busy}
            onClick={() => leave.run(undefined)}
            data-testid="locked-sign-out"
          >
            {say('locked.out', { who })}
          </button>
        </div>
        <div className={css['bell']} {...(rings ? { 'data-rings': true } : {})} data-testid="locked-bell">
          {rings ? <AlarmSign size={44} /> : null}
          <div>
            <strong role="alert">
              {say(rings ? 'locked.alarm' : bell === 'cut' ? 'locked.cut' : 'locked.silent')}
            </strong>
            {rings ? <span>{say('locked.alarm.words')}</span> : null}
          </div>
        </div>
      </section>
      <SignInPage />
    </>
  );
}

/** Follows whether something rings, and rings. */
function useBell({ random, signedOut }: { random: () => number; signedOut: () => void }): Bell {
  const { say } = useWords();
  const { clock, ringer } = useAround();
  const [bell, setBell] = useState<Bell>('silent');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is done when it ends is the same at each drawing
  useEffect(() => {
    const over = new AbortController();
    void keepLive(
      {
        clock,
        random,
        hear: (event) => {
          if (event.type === 'bell') setBell(event.alarms === 0 ? 'silent' : event.overdue ? 'overdue' : 'waiting');
        },
        up: () => {},
        down: () => {
          setBell('cut');
          call('me', {}, {}, { signal: over.signal }).catch((error) => isSignedOut(error) && signedOut());
        },
        odd: () => {},
      },
      over.signal,
    );
    return () => over.abort();
  }, [clock, random]);
  useEffect(() => {
    ringer.urge(bell === 'waiting' || bell === 'overdue' ? bell : 'none');
    document.title = say(bell === 'waiting' || bell === 'overdue' ? 'locked.alarm' : 'title.calm');
    document
      .querySelector('link[rel=icon]')
      ?.setAttribute('href', bell === 'waiting' || bell === 'overdue' ? '/alarm.svg' : '/calm.svg');
    return () => ringer.urge('none');
  }, [ringer, bell, say]);
  return bell;
}

/** Until the relay has heard that it is locked: it would go on telling all. */
function useTellLocked(): void {
  const { clock, shared } = useAround();
  const again = useLockAgain();
  // biome-ignore lint/correctness/useExhaustiveDependencies: as long as this page is shown
  useEffect(() => {
    const ticking = clock.every(seconds(5), () => {
      if (shared.isPending) again.run(undefined);
    });
    return () => ticking[Symbol.dispose]();
  }, [clock, shared]);
}

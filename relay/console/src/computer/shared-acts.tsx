/** In the frame of a shared computer: the next person takes over with one press, and it is locked with another. */
import { useLock, useShared } from '../around/asking-shared.ts';
import press from '../parts/press.module.css';
import { useWords } from '../words/words.ts';
import css from './computer.module.css';
import { useLeave } from './sign-out.ts';

export function SharedActs() {
  const { say } = useWords();
  const shared = useShared();
  const leave = useLeave();
  const lock = useLock();
  if (shared === undefined) return null;
  return (
    <span className={css['acts']}>
      <button
        type="button"
        className={press['plain']}
        disabled={leave.busy}
        onClick={() => leave.run(undefined)}
        data-testid="switch-person"
      >
        {say('shared.switch')}
      </button>
      <button
        type="button"
        className={press['plain']}
        disabled={lock.busy}
        data-lock
        onClick={() => lock.run(undefined)}
        data-testid="lock"
      >
        {say('shared.lock')}
      </button>
    </span>
  );
}

/** What everybody at the watch must hear of, said aloud by a screen reader when it comes: who has left, and what cannot be finished. */
import { LeftInHandNotice } from './left-in-hand.tsx';
import css from './night.module.css';
import { WorkWarning } from './work-ahead.tsx';

/** @param alarm waits: nothing but who has left it stands above it */
export function Notices({ alarm }: { alarm: boolean }) {
  return (
    <div role="status" className={css['notices']} data-testid="notices">
      <LeftInHandNotice />
      {alarm ? null : <WorkWarning />}
    </div>
  );
}

/** The line under a picture: that it is live, its age, its mode, and how long the look still lasts. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { useNow } from '../around/around.tsx';
import type { Face } from '../viewing/face.ts';
import { amount, length, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { tenths } from './instead.tsx';
import css from './look.module.css';

export function StatusLine({
  look,
  shown,
  usedBytes,
}: {
  look: LookView;
  shown: Face;
  /** Bytes of mobile data so far, where the unit counts them. */
  usedBytes: number | undefined;
}) {
  const { say, language } = useWords();
  return (
    <div className={css['status']}>
      {shown.name === 'live' ? (
        <>
          <span className={css['live']}>{say('look.live')}</span>
          <span data-testid="picture-age">{say('look.age', { seconds: tenths(shown.age, language) })}</span>
        </>
      ) : null}
      {look.mode ? (
        <span data-testid="picture-mode">
          {say('look.mode')} {say(`mode.${look.mode}`)}
        </span>
      ) : null}
      {usedBytes !== undefined ? (
        <span data-testid="data-used">{say('look.used', { amount: amount(usedBytes, language, say) })}</span>
      ) : null}
      {look.state === 'open' && look.until && look.openedAt ? <Left until={look.until} from={look.openedAt} /> : null}
    </div>
  );
}

function Left({ until, from }: { until: string; from: string }) {
  const { say } = useWords();
  const now = useNow();
  const left = Math.max(0, readTime(until) - now);
  const share = left / Math.max(1, readTime(until) - readTime(from));
  return (
    <span className={css['left']} data-testid="look-left">
      {say('look.left', { length: length(left, say) })}
      <span className={css['bar']} aria-hidden="true">
        <span style={{ width: `${Math.min(100, share * 100).toFixed(1)}%` }} />
      </span>
    </span>
  );
}

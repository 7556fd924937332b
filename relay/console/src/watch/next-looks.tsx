/** The list of the next looks tonight. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { useNow } from '../around/around.tsx';
import parts from '../parts/parts.module.css';
import { When } from '../parts/when.tsx';
import { ahead, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './watch.module.css';

const shown = 6;

export function NextLooks({ looks }: { looks: readonly LookView[] }) {
  const { say } = useWords();
  const now = useNow();
  return (
    <section className={parts['card']} aria-labelledby="next-looks" data-testid="next-looks">
      <h2 id="next-looks">{say('watch.next')}</h2>
      {looks.length === 0 ? (
        <p className={css['quiet']}>{say('watch.next.none')}</p>
      ) : (
        <ul className={css['list']}>
          {looks.slice(0, shown).map((look) => (
            <li key={look.look} className={css['row']}>
              <When at={look.dueFrom} />
              <span>
                {look.client}
                {look.attempt > 1 ? <small> · {say('look.attempt', { count: look.attempt })}</small> : null}
              </span>
              <small>{ahead(readTime(look.dueFrom), now, say)}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

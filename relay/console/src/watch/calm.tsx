/** The card of a watch on which nothing waits; it says «calm» only while the desk is up to date. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { useDesk, useNow } from '../around/around.tsx';
import { Moon } from '../parts/icons.tsx';
import { readTime, whenever } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './watch.module.css';

export function Calm({ next, fresh }: { next: LookView | undefined; fresh: boolean }) {
  const { say, language } = useWords();
  const now = useNow();
  const units = [...useDesk().units.values()];
  const away = units.some((unit) => unit.presence !== 'here');
  const when = next ? whenever(readTime(next.dueFrom), now, language, say) : '';
  return (
    <section className={css['calm']} data-testid="calm" data-known={fresh}>
      <Moon />
      <h2>{say(fresh ? 'watch.calm' : 'watch.calm.unknown')}</h2>
      {fresh ? (
        <>
          <p>{say(away ? 'watch.calm.notAll' : 'watch.calm.words')}</p>
          {next ? <p>{say('watch.calm.next', { client: next.client, time: when })}</p> : null}
        </>
      ) : null}
    </section>
  );
}

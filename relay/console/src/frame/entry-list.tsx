/** Entries as a list: each with its sign, its name, and a sentence on what is found there. */
import { WayLink } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import type { Entry } from './entries.tsx';
import css from './frame.module.css';

/** @param page on which it stands: what its links are called in tests */
export function EntryList({ entries, page }: { readonly entries: readonly Entry[]; readonly page: 'more' | 'start' }) {
  const { say } = useWords();
  return (
    <ul className={css['more']}>
      {entries.map(({ to, sign, words, about }) => (
        <li key={to.page}>
          <WayLink to={to} data-testid={`${page}-${to.page}`}>
            {sign}
            <span>
              <b>{say(words)}</b>
              {about ? <small>{say(about)}</small> : null}
            </span>
          </WayLink>
        </li>
      ))}
    </ul>
  );
}

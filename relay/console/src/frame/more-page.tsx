/** The page «More»: everything that has no place in the menu, each with a sentence on what is found there. */
import { may } from '@nattfrid/shared/desk/permissions';
import { useSelf } from '../around/around.tsx';
import { Page } from '../parts/page.tsx';
import { WayLink } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import { moreEntries } from './entries.tsx';
import css from './frame.module.css';

export function MorePage() {
  const { say } = useWords();
  const { role } = useSelf();
  return (
    <Page title={say('nav.more')} lead={say('nav.more.lead')} data-testid="more">
      <ul className={css['more']}>
        {moreEntries
          .filter(({ action }) => may(role, action))
          .map(({ to, sign, words, about }) => (
            <li key={to.page}>
              <WayLink to={to} data-testid={`more-${to.page}`}>
                {sign}
                <span>
                  <b>{say(words)}</b>
                  {about ? <small>{say(about)}</small> : null}
                </span>
              </WayLink>
            </li>
          ))}
      </ul>
    </Page>
  );
}

/** The page «More»: everything that has no place in the menu, by what it is for, each with a sentence on what is found there. */
import { may } from '@nattfrid/shared/desk/permissions';
import { useSelf } from '../around/around.tsx';
import { Page } from '../parts/page.tsx';
import type { Page as PageName } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import { moreEntries } from './entries.tsx';
import { EntryList } from './entry-list.tsx';
import css from './frame.module.css';

/** What belongs to the night, and what is set up once; everything else is work by day. */
const groups: Readonly<Partial<Record<PageName, 'night' | 'settings'>>> = {
  ...{ round: 'night', shifts: 'night', car: 'night', paper: 'night' },
  ...{ teams: 'settings', receivers: 'settings', connections: 'settings', consoles: 'settings' },
  ...{ keys: 'settings', organisation: 'settings', 'sign-in-settings': 'settings', 'own-sign-in': 'settings' },
};
const order = ['night', 'day', 'settings'] as const;

export function MorePage() {
  const { say } = useWords();
  const { role } = useSelf();
  const mine = moreEntries.filter(({ action }) => may(role, action));
  return (
    <Page title={say('nav.more')} lead={say('nav.more.lead')} data-testid="more">
      {order.map((group) => {
        const entries = mine.filter(({ to: { page } }) => (groups[page] ?? 'day') === group);
        return entries.length === 0 ? null : (
          <section key={group} className={css['group']} aria-labelledby={`more-${group}`}>
            <h2 id={`more-${group}`}>{say(`nav.group.${group}`)}</h2>
            <EntryList entries={entries} page="more" />
          </section>
        );
      })}
    </Page>
  );
}

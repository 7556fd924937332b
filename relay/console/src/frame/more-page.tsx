/** The page «More»: everything that has no place in the menu, each with a sentence on what is found there. */
import { may } from '@nattfrid/shared/desk/permissions';
import { useSelf } from '../around/around.tsx';
import { Page } from '../parts/page.tsx';
import { useWords } from '../words/words.ts';
import { moreEntries } from './entries.tsx';
import { EntryList } from './entry-list.tsx';

export function MorePage() {
  const { say } = useWords();
  const { role } = useSelf();
  return (
    <Page title={say('nav.more')} lead={say('nav.more.lead')} data-testid="more">
      <EntryList entries={moreEntries.filter(({ action }) => may(role, action))} page="more" />
    </Page>
  );
}

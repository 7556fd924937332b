/** The first page of a role that sees no desk: what it may do, each with the way there. */
import { may } from '@nattfrid/shared/desk/permissions';
import { useSelf } from '../around/around.tsx';
import { mainEntries, moreEntries } from '../frame/entries.tsx';
import { EntryList } from '../frame/entry-list.tsx';
import { Page } from '../parts/page.tsx';
import { useWords } from '../words/words.ts';

export function Start() {
  const { say } = useWords();
  const { role, name } = useSelf();
  const entries = [...mainEntries, ...moreEntries].filter(({ to, action }) => to.page !== 'watch' && may(role, action));
  return (
    <Page
      title={say('start.title', { name })}
      lead={say(entries.length > 0 ? 'start.lead' : 'start.nothing', { role: say(`role.${role}`) })}
      data-testid="start"
    >
      <EntryList entries={entries} page="start" />
    </Page>
  );
}

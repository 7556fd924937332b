/** The page of visits: needed, on the way, and done with their outcomes. */
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import { useDesk, useNow, useSelf } from '../around/around.tsx';
import { Empty, Page } from '../parts/page.tsx';
import { useWords } from '../words/words.ts';
import { useShown } from './acts.ts';
import { NotSent } from './not-sent.tsx';
import css from './visit.module.css';
import { VisitEntry } from './visit-entry.tsx';

export function VisitsPage() {
  const { say } = useWords();
  const self = useSelf();
  const now = useNow();
  const visits = useShown([...useDesk().visits.values()]);
  const open = visits.filter((visit) => visit.state !== 'done').sort((a, b) => a.neededAt.localeCompare(b.neededAt));
  const done = visits.filter((visit) => visit.state === 'done').sort((a, b) => b.neededAt.localeCompare(a.neededAt));
  return (
    <Page title={say('visit.title')} data-testid="visits">
      <NotSent by={self.id ?? self.email} now={now} />
      {open.length === 0 ? <Empty>{say('visit.none')}</Empty> : <List visits={open} />}
      {done.length > 0 ? (
        <section className={css['done']} aria-labelledby="done-visits">
          <h2 id="done-visits">{say('visit.done')}</h2>
          <List visits={done} />
        </section>
      ) : null}
    </Page>
  );
}

const List = ({ visits }: { visits: readonly VisitView[] }) => (
  <ul className={css['list']}>
    {visits.map((visit) => (
      <li key={visit.visit}>
        <VisitEntry visit={visit} />
      </li>
    ))}
  </ul>
);

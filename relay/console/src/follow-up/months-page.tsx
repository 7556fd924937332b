/** The page of months: each with its summary, the newest first; one that nobody has read yet is marked. */
import { asFault } from '@nattfrid/shared/fault/fault';
import { useMonths } from '../around/asking-training.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { WayLink } from '../parts/way.tsx';
import { When } from '../parts/when.tsx';
import { monthName } from '../words/month-name.ts';
import { useWords } from '../words/words.ts';
import css from './months.module.css';

export function MonthsPage() {
  const { say, language } = useWords();
  const asked = useMonths();
  const months = asked.data?.months ?? [];
  return (
    <Page title={say('months.title')} lead={say('months.lead')} data-testid="months">
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data && months.length === 0 ? <Empty>{say('months.none')}</Empty> : null}
      <ul className={css['months']}>
        {months.map(({ month, madeAt, openedAt }) => (
          <li key={month} data-testid="month-entry">
            <WayLink to={{ page: 'month', id: month }}>{monthName(month, language)}</WayLink>
            {openedAt ? null : <b>{say('months.new')}</b>}
            <span>
              {say('months.madeAt')} <When at={madeAt} />
            </span>
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** The page of months: each with its summary, the newest first; one that nobody has read yet is marked. */
import type { MonthHead } from '@nattfrid/shared/desk/month-routes';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useMonths } from '../around/asking-training.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { few, Table } from '../parts/table.tsx';
import { timeColumn } from '../parts/time-column.tsx';
import { WayLink } from '../parts/way.tsx';
import { When } from '../parts/when.tsx';
import { monthName } from '../words/month-name.ts';
import { stamp } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './months.module.css';

export function MonthsPage() {
  const { say } = useWords();
  const asked = useMonths();
  const months = asked.data?.months ?? [];
  return (
    <Page title={say('months.title')} lead={say('months.lead')} data-testid="months">
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data && months.length === 0 ? <Empty>{say('months.none')}</Empty> : null}
      {months.length > few ? <MonthsTable months={months} /> : <MonthsList months={months} />}
    </Page>
  );
}

function MonthsTable({ months }: { months: readonly MonthHead[] }) {
  const { say, language } = useWords();
  return (
    <Table<MonthHead>
      id="months"
      title={say('months.title')}
      columns={[
        {
          id: 'month',
          head: say('table.head.month'),
          value: ({ month }) => month,
          show: ({ month }) => (
            <WayLink to={{ page: 'month', id: month }} data-testid="month-entry">
              {monthName(month, language)}
            </WayLink>
          ),
        },
        timeColumn<MonthHead>('made', say('table.head.made'), ({ madeAt }) => madeAt),
        {
          ...timeColumn<MonthHead>('read', say('table.head.read'), ({ openedAt }) => openedAt),
          ...{ words: ({ openedAt }) => (openedAt ? stamp(openedAt) : say('table.read.not')) },
        },
      ]}
      choices={[{ id: 'unread', words: (count) => say('table.unread', { count }), holds: ({ openedAt }) => !openedAt }]}
      rows={months}
      keyOf={({ month }) => month}
      isWarm={({ openedAt }) => !openedAt}
    />
  );
}

function MonthsList({ months }: { months: readonly MonthHead[] }) {
  const { say, language } = useWords();
  return (
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
  );
}

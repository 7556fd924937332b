/** One month on one page, as it is printed: what it came to, in a few figures; no client and no employee stands in it. */
import type { MonthSummary } from '@nattfrid/shared/desk/month-routes';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useMonth } from '../around/asking-training.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useId, WayLink } from '../parts/way.tsx';
import { When } from '../parts/when.tsx';
import { monthName } from '../words/month-name.ts';
import { number } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { AlarmTable } from './alarm-table.tsx';
import css from './months.module.css';

export function MonthPage() {
  const { say, language } = useWords();
  const month = useId();
  const asked = useMonth(month);
  return (
    <Page
      title={say('month.title', { month: monthName(month, language) })}
      beside={
        <span className={css['acts']}>
          <WayLink to={{ page: 'months' }}>{say('months.title')}</WayLink>
          <Press press={() => window.print()}>{say('month.print')}</Press>
        </span>
      }
      data-testid="month"
    >
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data ? <Summary summary={asked.data} /> : null}
    </Page>
  );
}

function Summary({ summary }: { summary: MonthSummary }) {
  const { say, language } = useWords();
  const { looks, visits, saved, homes, madeAt } = summary;
  const whole = (figure: number) => number(figure, language, 0);
  return (
    <>
      <dl className={css['figures']}>
        <Figure words={say('month.homes')} figure={whole(homes)} of={say('month.homes.of')} />
        <Figure
          words={say('month.outcome')}
          figure={whole(looks.done)}
          of={say('month.outcome.of', {
            agreed: whole(looks.agreed),
            late: whole(looks.late),
            retried: whole(looks.retried),
          })}
        />
        <Figure
          words={say('month.visits')}
          figure={whole(visits.avoided)}
          of={say('month.visits.of', { caused: whole(visits.caused) })}
        />
        <Figure
          words={say('month.saved')}
          figure={say('statistics.hours', { hours: whole(saved.minutes / 60) })}
          of={say('month.saved.of', { kilometres: whole(saved.kilometres), co2: whole(saved.kilogramsCo2) })}
        />
        <Figure
          words={say('month.failed')}
          figure={whole(looks.missed + looks.failed)}
          of={say('month.failed.of', { missed: whole(looks.missed), failed: whole(looks.failed) })}
        />
      </dl>
      <AlarmTable alarms={summary.alarms} />
      <p className={css['quiet']}>
        {say('statistics.formula.words', {
          flat: whole(saved.flatVisitMinutes),
          grams: whole(saved.gramsCo2PerKilometre),
          without: whole(saved.withoutTravelTime),
        })}{' '}
        {say('months.madeAt')} <When at={madeAt} />.
      </p>
    </>
  );
}

const Figure = ({ words, figure, of }: { words: string; figure: string; of: string }) => (
  <div>
    <dt>{words}</dt>
    <dd>
      <b>{figure}</b>
      <span>{of}</span>
    </dd>
  </div>
);

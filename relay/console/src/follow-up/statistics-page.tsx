/** The page of statistics: what nights have come to, first in a few figures, then by alarm and by client; nothing about who of the staff. */
import type { Statistics } from '@nattfrid/shared/desk/follow-up-view';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useState } from 'react';
import { useLocalNow } from '../around/around.tsx';
import { billingFile, statisticsFile, useStatistics } from '../around/asking-follow-up.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import { AlarmTable } from './alarm-table.tsx';
import { ClientTable } from './client-table.tsx';
import css from './follow-up.module.css';
import { OverTimePlots } from './over-time-plots.tsx';
import { ChoosePeriod, lastDays } from './period.tsx';
import { Questionnaire } from './questionnaire.tsx';

/** How often the page looks whether a new day has begun, in ms. */
const minute = 60_000;

export function StatisticsPage() {
  const { say } = useWords();
  const now = useLocalNow(minute);
  const [period, setPeriod] = useState(() => lastDays(30, now));
  const asked = useStatistics(period);
  return (
    <Page title={say('statistics.title')} lead={say('statistics.lead')} data-testid="statistics">
      <ChoosePeriod now={now} period={period} choose={setPeriod} />
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data ? <Figures figures={asked.data} /> : null}
      <Questionnaire period={period} />
      <div className={css['files']}>
        <a href={statisticsFile(period)} download data-testid="statistics-file">
          {say('statistics.file')}
        </a>
        <a href={billingFile(period)} download data-testid="billing-file">
          {say('statistics.billing')}
        </a>
        <Press press={() => window.print()}>{say('statistics.print')}</Press>
      </div>
    </Page>
  );
}

function Figures({ figures }: { figures: Statistics }) {
  const { say, language } = useWords();
  const { looks, visits, saved, lookSeconds } = figures;
  const number = (figure: number) => figure.toLocaleString(language === 'sv' ? 'sv-SE' : 'en-GB');
  return (
    <>
      <div className={css['figures']}>
        <Figure words={say('statistics.looks')} figure={number(looks.done)}>
          {say('statistics.looks.of', { agreed: number(looks.agreed), retried: number(looks.retried) })}
        </Figure>
        <Figure words={say('statistics.missed')} figure={number(looks.missed + looks.failed)}>
          {say('statistics.missed.of', { missed: number(looks.missed), failed: number(looks.failed) })}
        </Figure>
        <Figure words={say('statistics.visits')} figure={number(visits.avoided)}>
          {say('statistics.visits.of', { caused: number(visits.caused) })}
        </Figure>
        <Figure
          words={say('statistics.saved')}
          figure={say('statistics.hours', { hours: number(Math.round(saved.minutes / 60)) })}
        >
          {say('statistics.saved.of', {
            kilometres: number(Math.round(saved.kilometres)),
            co2: number(Math.round(saved.kilogramsCo2)),
          })}
        </Figure>
      </div>
      <details className={css['formula']}>
        <summary>{say('statistics.formula')}</summary>
        <p>
          {say('statistics.formula.words', {
            flat: number(saved.flatVisitMinutes),
            grams: number(saved.gramsCo2PerKilometre),
            without: number(saved.withoutTravelTime),
          })}
        </p>
        {lookSeconds ? (
          <p>{say('statistics.look', { median: number(lookSeconds.median), p95: number(lookSeconds.p95) })}</p>
        ) : null}
      </details>
      {figures.overTime ? <OverTimePlots overTime={figures.overTime} /> : null}
      <AlarmTable alarms={figures.alarms} />
      <ClientTable clients={figures.clients} />
    </>
  );
}

function Figure({ words, figure, children }: { words: string; figure: string; children: string }) {
  return (
    <section className={css['figure']}>
      <h2>{words}</h2>
      <b>{figure}</b>
      <p>{children}</p>
    </section>
  );
}

/** The page of the audit log, and whether its chain is whole. */
import type { AuditAsked, AuditLine } from '@nattfrid/shared/desk/routes';
import { asFault } from '@nattfrid/shared/fault/fault';
import { instant } from '@nattfrid/shared/time/instant';
import { Fragment, useState } from 'react';
import { useDesk } from '../around/around.tsx';
import { auditFile, useAudit } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { AlarmSign, LogSign } from '../parts/icons.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { Table } from '../parts/table.tsx';
import { timeColumn } from '../parts/time-column.tsx';
import { When } from '../parts/when.tsx';
import { clockTimeWithSeconds } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './audit.module.css';
import { AuditFilter } from './audit-filter.tsx';
import { detailWords, subjectWords, whoWords } from './detail-words.ts';
import { whatWords } from './what-words.ts';

export function AuditPage() {
  const { say, language } = useWords();
  const [filter, setFilter] = useState<AuditAsked>({});
  const [before, setBefore] = useState<number>();
  const audit = useAudit({ ...filter, ...(before !== undefined && { before }) });
  const lines = audit.data?.lines ?? [];
  const checked = clockTimeWithSeconds(instant(audit.dataUpdatedAt), language);
  return (
    <Page title={say('audit.title')} lead={say('audit.lead')} data-testid="audit">
      {audit.isPending ? <Loading /> : null}
      {audit.error ? <FaultWords fault={asFault(audit.error)} /> : null}
      {audit.data ? (
        <section className={css['state']} data-whole={audit.data.whole} data-testid="audit-chain" role="status">
          {audit.data.whole ? (
            <>
              <b>
                <LogSign size={26} /> {say('audit.whole')}
              </b>
              <span>{say('audit.whole.words', { time: checked })}</span>
            </>
          ) : (
            <>
              <b>
                <AlarmSign size={28} /> {say('audit.broken')}
              </b>
              <span>{say('audit.broken.words')}</span>
            </>
          )}
          <Press busy={audit.isFetching} press={() => void audit.refetch()}>
            {say('audit.again')}
          </Press>
        </section>
      ) : null}
      <AuditFilter
        show={(next) => {
          setBefore(undefined);
          setFilter(next);
        }}
        file={auditFile(filter)}
      />
      {audit.data && lines.length === 0 ? <Empty>{say('audit.none')}</Empty> : null}
      {lines.length > 0 ? <Lines lines={[...lines].sort((a, b) => b.number - a.number)} /> : null}
      <div className={css['pages']}>
        {before === undefined ? null : (
          <Press press={() => setBefore(undefined)} data-testid="audit-newest">
            {say('audit.newest')}
          </Press>
        )}
        {audit.data?.more ? (
          <Press
            busy={audit.isFetching}
            press={() => setBefore(Math.min(...lines.map(({ number }) => number)))}
            data-testid="audit-older"
          >
            {say('audit.older')}
          </Press>
        ) : null}
      </div>
    </Page>
  );
}

function Lines({ lines }: { lines: readonly AuditLine[] }) {
  const { say } = useWords();
  const desk = useDesk();
  return (
    <Table
      id="audit"
      title={say('audit.lines')}
      columns={[
        { id: 'number', head: say('audit.number'), value: ({ number }) => number },
        {
          ...timeColumn<AuditLine>('at', say('audit.at'), ({ at }) => at),
          show: ({ at }) => <When at={at} seconds />,
        },
        {
          id: 'who',
          head: say('audit.who'),
          value: ({ who }) => whoWords(who, say),
          show: ({ who, details }) => <span title={details['operator']}>{whoWords(who, say)}</span>,
        },
        { id: 'what', head: say('audit.what'), value: ({ what }) => whatWords(what, say) },
        {
          id: 'subject',
          head: say('audit.subject'),
          value: ({ subject }) => subjectWords(subject, desk, say),
          show: ({ subject }) => (
            <span title={subject} translate="no">
              {subjectWords(subject, desk, say)}
            </span>
          ),
          long: true,
        },
        {
          id: 'details',
          head: say('audit.details'),
          value: ({ details }) =>
            detailWords(details, say)
              .map(({ name, value }) => `${name}: ${value}`)
              .join(' · '),
          show: ({ details }) => <Details details={details} />,
          long: true,
        },
      ]}
      rows={lines}
      keyOf={({ number }) => String(number)}
      line="audit-line"
    />
  );
}

function Details({ details }: Pick<AuditLine, 'details'>) {
  const { say } = useWords();
  return detailWords(details, say).map(({ name, value, isCode }, index) => (
    <Fragment key={name}>
      {index > 0 ? ' · ' : ''}
      {name}: {isCode ? <span translate="no">{value}</span> : value}
    </Fragment>
  ));
}

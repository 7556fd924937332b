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
    // The table scrolls sideways on a phone, and has to be reachable by the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes focus (WCAG 2.1.1)
    <section className={css['scroll']} tabIndex={0} aria-label={say('audit.lines')}>
      <table className={css['table']}>
        <thead>
          <tr>
            <th scope="col">{say('audit.number')}</th>
            <th scope="col">{say('audit.at')}</th>
            <th scope="col">{say('audit.who')}</th>
            <th scope="col">{say('audit.what')}</th>
            <th scope="col">{say('audit.subject')}</th>
            <th scope="col">{say('audit.details')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.number} data-testid="audit-line">
              <td>{line.number}</td>
              <td className={css['nowrap']}>
                <When at={line.at} seconds />
              </td>
              <td className={css['nowrap']} title={line.details['operator']}>
                {whoWords(line.who, say)}
              </td>
              <td className={css['nowrap']}>{whatWords(line.what, say)}</td>
              <td className={css['details']} title={line.subject} translate="no">
                {subjectWords(line.subject, desk, say)}
              </td>
              <td className={css['details']}>
                {detailWords(line.details, say).map(({ name, value, isCode }, index) => (
                  <Fragment key={name}>
                    {index > 0 ? ' · ' : ''}
                    {name}: {isCode ? <span translate="no">{value}</span> : value}
                  </Fragment>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

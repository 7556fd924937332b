/** The page of the audit log, and whether its chain is whole. */
import type { AuditLine } from '@nattfrid/shared/desk/routes';
import { asFault } from '@nattfrid/shared/fault/fault';
import { instant } from '@nattfrid/shared/time/instant';
import { useAudit } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { AlarmSign, LogSign } from '../parts/icons.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { When } from '../parts/when.tsx';
import { known } from '../words/known.ts';
import type { Say } from '../words/say.ts';
import { clockTimeWithSeconds } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './audit.module.css';

export function AuditPage() {
  const { say, language } = useWords();
  const audit = useAudit();
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
              <span>{say('audit.whole.words', { count: lines.length, time: checked })}</span>
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
      {audit.data && lines.length === 0 ? <Empty>{say('audit.none')}</Empty> : null}
      {lines.length > 0 ? <Lines lines={[...lines].sort((a, b) => b.number - a.number)} /> : null}
    </Page>
  );
}

function Lines({ lines }: { lines: readonly AuditLine[] }) {
  const { say } = useWords();
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
                {line.who}
              </td>
              <td className={css['nowrap']}>{whatWords(line.what, say)}</td>
              <td className={css['details']}>{line.subject}</td>
              <td className={css['details']}>
                {Object.entries(line.details)
                  .filter(([name]) => name !== 'operator')
                  .map(([name, value]) => `${name}: ${value}`)
                  .join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function whatWords(what: string, say: Say): string {
  const key = known('auditWhat', what);
  return key ? say(key) : what;
}

/** What was done and measured in one installation, or the certificate that a unit was erased: as it is printed for the file of the home. */
import type { InstallRecord } from '@nattfrid/shared/desk/work-order-view';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useInstallRecord } from '../around/asking-install.ts';
import documents from '../documents/documents.module.css';
import { FaultWords } from '../parts/fault-words.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useId, WayLink } from '../parts/way.tsx';
import { known } from '../words/known.ts';
import type { Say } from '../words/say.ts';
import { clockTimeWithSeconds, day, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './install.module.css';
import { figureWords } from './step-words.ts';

export function RecordPage() {
  const { say } = useWords();
  const asked = useInstallRecord(useId());
  return (
    <Page
      title={say('record.title')}
      beside={
        <>
          <WayLink to={{ page: 'work-orders' }}>{say('record.back')}</WayLink>
          <Press press={() => window.print()} data-testid="record-print">
            {say('record.print')}
          </Press>
        </>
      }
      data-testid="install-record"
    >
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data ? <Paper record={asked.data} /> : null}
    </Page>
  );
}

function Paper({ record: { order, events } }: { record: InstallRecord }) {
  const { say, language } = useWords();
  const { client, place, unit, readyAt, wiped, kind } = order;
  const dayOf = (at: string | undefined) => at && day(readTime(at), language);
  const moment = (at: string) => `${dayOf(at)} ${clockTimeWithSeconds(readTime(at), language)}`;
  return (
    <article className={`${documents['paper']} ${css['paper']}`} data-testid="record-paper">
      <h2>{say(kind === 'return' ? 'record.heading.return' : 'record.heading')}</h2>
      <dl>
        <dt>{say('record.home')}</dt>
        <dd>{`${client} · ${place}`}</dd>
        <dt>{say('record.unit')}</dt>
        <dd>{unit}</dd>
        {readyAt ? (
          <>
            <dt>{say('record.done')}</dt>
            <dd>{moment(readyAt)}</dd>
          </>
        ) : null}
      </dl>
      {wiped ? (
        <section data-testid="wiped" data-signed={wiped.signature !== undefined}>
          <p>{wiped.signature ? say('record.wiped') : say('record.wiped.said', { who: wiped.by })}</p>
          {wiped.signature ? (
            <dl>
              <dt>{say('record.when')}</dt>
              <dd>{moment(wiped.at)}</dd>
              <dt>{say('record.signature')}</dt>
              <dd>{wiped.signature}</dd>
              <dt>{say('record.key')}</dt>
              <dd>{wiped.publicKey}</dd>
            </dl>
          ) : null}
        </section>
      ) : null}
      <table>
        <thead>
          <tr>
            <th scope="col">{say('record.when')}</th>
            <th scope="col">{say('record.what')}</th>
            <th scope="col">{say('record.who')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the record
            <tr key={index}>
              <td>
                {dayOf(one.at) === dayOf(events[index - 1]?.at) ? null : <b>{dayOf(one.at)}</b>}
                {clockTimeWithSeconds(readTime(one.at), language)}
              </td>
              <td>
                {[whatWords(one, say), figureWords({ ...one, step: 'pair', state: 'done', since: one.at }, say)]
                  .filter(Boolean)
                  .join('. ')}
              </td>
              <td>{one.by === unit ? say('record.self') : one.by}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

function whatWords({ what, step }: InstallRecord['events'][number], say: Say): string {
  const key = known('recordWhat', what);
  const refused = what.startsWith('refused-') ? known('stepWhy', what.slice('refused-'.length)) : undefined;
  if (refused) return [step && say(`step.${step}`), say(refused)].filter(Boolean).join(': ');
  return key ? say(key, { step: step ? say(`step.${step}`) : '' }) : what;
}

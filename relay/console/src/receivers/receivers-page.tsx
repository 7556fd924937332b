/** The page of receivers, for administrators: alarm receiving centres that alarms are handed over to. */
import { asFault } from '@nattfrid/shared/fault/fault';
import { useReceivers } from '../around/asking-receivers.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { useWords } from '../words/words.ts';
import { ReceiverCard } from './receiver-card.tsx';
import { ReceiverForm } from './receiver-form.tsx';
import css from './receivers.module.css';

export function ReceiversPage() {
  const { say } = useWords();
  const { data, isPending, error } = useReceivers();
  return (
    <Page title={say('receivers.title')} lead={say('receivers.lead')} data-testid="receivers">
      {isPending ? <Loading /> : null}
      {error ? <FaultWords fault={asFault(error)} /> : null}
      {data?.receivers.length === 0 ? <Empty>{say('receivers.none')}</Empty> : null}
      <ul className={css['list']}>
        {(data?.receivers ?? []).map((one) => (
          <li key={one.receiver}>
            <ReceiverCard one={one} />
          </li>
        ))}
      </ul>
      <ReceiverForm />
    </Page>
  );
}

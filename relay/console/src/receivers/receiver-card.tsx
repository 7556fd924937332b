/** One receiver: whether it answers, what waits for it, a test, and taking it away. */
import type { ReceiverView } from '@nattfrid/shared/desk/receiver-view';
import type { Answered } from '@nattfrid/shared/desk/routes';
import { useState } from 'react';
import { useRemoveReceiver, useTestReceiver } from '../around/asking-receivers.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { When } from '../parts/when.tsx';
import type { Say } from '../words/say.ts';
import { clockTime, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { ReceiverForm } from './receiver-form.tsx';
import css from './receivers.module.css';

export function ReceiverCard({ one }: { one: ReceiverView }) {
  const { say, language } = useWords();
  const { receiver, settings, failing, answeredAt, waiting, refused } = one;
  const [tested, setTested] = useState<Answered<'testReceiver'>>();
  const test = useTestReceiver(receiver, setTested);
  const remove = useRemoveReceiver(receiver);
  return (
    <article className={css['receiver']} data-testid="receiver" data-failing={failing !== undefined}>
      <header>
        <h2>{settings.name}</h2>
        <p className={css['sub']}>
          {[settings.primary, settings.secondary].filter(Boolean).join(' · ')} · {settings.transport.toUpperCase()}
        </p>
      </header>
      {failing ? (
        <p className={css['failing']} role="status" data-testid="receiver-failing">
          {say('receivers.failing', { time: clockTime(readTime(failing.since), language) })}{' '}
          {/* As the network said it, for whoever looks after it. */}
          <code lang="en">{failing.why}</code>
        </p>
      ) : null}
      <p className={css['sub']}>
        {answeredAt ? (
          <>
            {say('receivers.answered')} <When at={answeredAt} />
          </>
        ) : (
          say('receivers.never')
        )}
        {waiting > 0 ? ` ${say('receivers.waiting', { count: waiting })}` : ''}
      </p>
      {refused.length > 0 ? <Refused refused={refused} /> : null}
      <div className={css['acts']}>
        <Press tone="cool" busy={test.busy} press={() => test.run(undefined)} data-testid="test-receiver">
          {say('receivers.test')}
        </Press>
        <PressTwice
          busy={remove.busy}
          sure={say('receivers.remove.sure', { name: settings.name })}
          press={() => remove.run(undefined)}
          data-testid="remove-receiver"
        >
          {say('receivers.remove')}
        </PressTwice>
      </div>
      {tested ? (
        <p role="status" className={css['sub']} data-testid="tested">
          {testedWords(tested, say)}
        </p>
      ) : null}
      <FaultWords fault={test.fault ?? remove.fault} />
      <ReceiverForm before={one} />
    </article>
  );
}

function testedWords({ outcome, by, words }: Answered<'testReceiver'>, say: Say): string {
  if (outcome === 'taken') return say(`receivers.test.taken.${by ?? 'primary'}`);
  return say(`receivers.test.${outcome}`, { words });
}

function Refused({ refused }: Pick<ReceiverView, 'refused'>) {
  const { say } = useWords();
  return (
    <section>
      <h3>{say('receivers.refused')}</h3>
      <p className={css['sub']}>{say('receivers.refused.words')}</p>
      <ul className={css['refused']}>
        {refused.map(({ ref, event, at, status, words }) => (
          <li key={ref}>
            <When at={at} /> · {event} · {status} {words}
          </li>
        ))}
      </ul>
    </section>
  );
}

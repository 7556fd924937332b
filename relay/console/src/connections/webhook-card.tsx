/** One webhook: where to, how it is, its last answers, and what can be done with it. */
import type { WebhookView } from '@nattfrid/shared/desk/connections-view';
import { useState } from 'react';
import { useConnectionAct } from '../around/asking-connections.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { When } from '../parts/when.tsx';
import { known } from '../words/known.ts';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import css from './connections.module.css';

export function WebhookCard({ webhook }: { webhook: WebhookView }) {
  const { say } = useWords();
  const [secret, setSecret] = useState<string>();
  const params = { webhook: webhook.webhook };
  const trial = useConnectionAct('tryWebhook', params);
  const set = useConnectionAct('setWebhook', params);
  const renew = useConnectionAct('newWebhookSecret', params, (made) => setSecret(made.secret));
  const seeTo = useConnectionAct('seeToWebhook', params);
  const remove = useConnectionAct('removeWebhook', params);
  const on = webhook.state === 'on';
  return (
    <article className={css['card']} data-testid="webhook" data-state={webhook.state}>
      <header>
        <h3>{webhook.name}</h3>
        <p className={css['sub']}>{webhook.url}</p>
      </header>
      <p>
        <b>{say(`webhook.state.${webhook.state}`)}</b>
        {webhook.waiting > 0 ? ` · ${say('webhook.waiting', { count: webhook.waiting })}` : ''}
        {webhook.failingSince ? (
          <>
            {' · '}
            {say('webhook.failing')} <When at={webhook.failingSince} />
          </>
        ) : null}
      </p>
      <p className={css['sub']}>{webhook.events.map((name) => say(`outward.${name}`)).join(' · ')}</p>
      {webhook.givenUp > 0 ? (
        <div className={css['trouble']} data-testid="given-up">
          <p>{say('webhook.givenUp', { count: webhook.givenUp })}</p>
          <div className={css['acts']}>
            <Press busy={seeTo.busy} press={() => seeTo.run({ again: true })} data-testid="send-again">
              {say('webhook.again')}
            </Press>
            <Press busy={seeTo.busy} press={() => seeTo.run({ again: false })} data-testid="seen-to">
              {say('webhook.seenTo')}
            </Press>
          </div>
        </div>
      ) : null}
      {webhook.answers.length > 0 ? (
        <ol className={css['answers']} aria-label={say('webhook.answers')} data-testid="answers">
          {webhook.answers.map((answer) => (
            <li key={`${answer.at} ${answer.type}`}>
              <When at={answer.at} seconds /> · {eventWords(answer.type, say)} ·{' '}
              {/* As the other end, or the network, said it. */}
              {answer.status ?? <code lang="en">{answer.words}</code>}
            </li>
          ))}
        </ol>
      ) : null}
      <div className={css['acts']}>
        <Press busy={trial.busy} press={() => trial.run({})} data-testid="try-webhook">
          {say('webhook.try')}
        </Press>
        <Press busy={set.busy} press={() => set.run({ on: !on, events: webhook.events })} data-testid="set-webhook">
          {say(on ? 'webhook.turnOff' : 'webhook.turnOn')}
        </Press>
        <PressTwice sure={say('webhook.newSecret.sure')} busy={renew.busy} press={() => renew.run({})}>
          {say('webhook.newSecret')}
        </PressTwice>
        <PressTwice
          sure={say('webhook.remove.sure')}
          busy={remove.busy}
          press={() => remove.run({})}
          data-testid="remove-webhook"
        >
          {say('webhook.remove')}
        </PressTwice>
      </div>
      <ShownOnce
        words={say('webhook.secret.shown', { name: webhook.name })}
        secret={secret}
        data-testid="new-webhook-secret"
      />
      <FaultWords fault={trial.fault ?? set.fault ?? renew.fault ?? seeTo.fault ?? remove.fault} />
    </article>
  );
}

/** A test is no event, and an event may be newer than this console. */
function eventWords(type: string, say: Say): string {
  const key = known('outward', type);
  return key ? say(key) : type === 'test' ? say('webhook.test') : type;
}

/** The page of connections: which other systems are told, which may ask, and whether a telephone may show an alias. */
import type { ApiKeyView } from '@nattfrid/shared/desk/connections-view';
import { useConnections, usePushSetting, useSetPushSetting } from '../around/asking-connections.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Listed } from '../parts/listed.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { timeColumn } from '../parts/time-column.tsx';
import { useWords } from '../words/words.ts';
import { AddKey } from './add-key.tsx';
import { AddWebhook } from './add-webhook.tsx';
import css from './connections.module.css';
import { KeyCard } from './key-card.tsx';
import { WebhookCard } from './webhook-card.tsx';

export function ConnectionsPage() {
  const { say } = useWords();
  const found = useConnections(true).data;
  return (
    <Page title={say('connections.title')} lead={say('connections.lead')} data-testid="connections">
      {found ? (
        <div className={css['parts']}>
          <section aria-labelledby="webhooks">
            <h2 id="webhooks">{say('connections.webhooks')}</h2>
            {found.webhooks.length === 0 ? <Empty>{say('connections.noWebhooks')}</Empty> : null}
            <Listed
              id="webhooks"
              title={say('connections.webhooks')}
              columns={[
                { id: 'name', head: say('table.head.name'), value: ({ name }) => name },
                { id: 'where', head: say('table.head.where'), value: ({ url }) => url, long: true },
                { id: 'state', head: say('table.head.state'), value: ({ state }) => say(`webhook.state.${state}`) },
                { id: 'waiting', head: say('table.head.waiting'), value: ({ waiting }) => waiting },
              ]}
              rows={found.webhooks}
              keyOf={({ webhook }) => webhook}
              isWarm={({ failingSince }) => failingSince !== undefined}
              cards={(some) => some.map((webhook) => <WebhookCard key={webhook.webhook} webhook={webhook} />)}
            />
            <AddWebhook />
          </section>
          <section aria-labelledby="keys">
            <h2 id="keys">{say('connections.keys')}</h2>
            {found.keys.length === 0 ? <Empty>{say('connections.noKeys')}</Empty> : null}
            <Listed
              id="keys"
              title={say('connections.keys')}
              columns={[
                { id: 'name', head: say('table.head.name'), value: ({ name }) => name },
                {
                  id: 'may',
                  head: say('table.head.may'),
                  value: ({ scopes }) => scopes.map((scope) => say(`scope.${scope}`)).join(' · '),
                  long: true,
                },
                timeColumn<ApiKeyView>(
                  'until',
                  say('table.head.until'),
                  ({ revokedAt, expiresAt }) => revokedAt ?? expiresAt,
                ),
                timeColumn<ApiKeyView>('used', say('table.head.used'), ({ lastUsedAt }) => lastUsedAt),
              ]}
              rows={found.keys}
              keyOf={({ key }) => key}
              cards={(some) => some.map((key) => <KeyCard key={key.key} apiKey={key} />)}
            />
            <AddKey />
          </section>
          <PushSetting />
        </div>
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function PushSetting() {
  const { say } = useWords();
  const setting = usePushSetting().data;
  const set = useSetPushSetting();
  if (!setting) return null;
  return (
    <section aria-labelledby="push-setting">
      <h2 id="push-setting">{say('connections.push')}</h2>
      <label className={css['choice']}>
        <input
          type="checkbox"
          checked={setting.tellAlias}
          disabled={set.busy}
          onChange={(event) => set.run({ tellAlias: event.currentTarget.checked })}
          data-testid="push-alias"
        />{' '}
        {say('connections.push.alias')}
      </label>
      <p className={css['sub']}>{say('connections.push.words')}</p>
      <FaultWords fault={set.fault} />
    </section>
  );
}

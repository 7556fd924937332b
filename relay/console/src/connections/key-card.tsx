/** One key of another system: what it may, until when, used last when, and its end. */
import type { ApiKeyView } from '@nattfrid/shared/desk/connections-view';
import { useNow } from '../around/around.tsx';
import { useConnectionAct } from '../around/asking-connections.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { When } from '../parts/when.tsx';
import { readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './connections.module.css';

export function KeyCard({ apiKey }: { apiKey: ApiKeyView }) {
  const { say } = useWords();
  const now = useNow(60_000);
  const revoke = useConnectionAct('revokeApiKey', { key: apiKey.key });
  const over = apiKey.revokedAt ? 'revoked' : readTime(apiKey.expiresAt) <= now ? 'expired' : 'valid';
  return (
    <article className={css['card']} data-testid="api-key" data-state={over}>
      <header>
        <h3>{apiKey.name}</h3>
        <p className={css['sub']}>
          <code>{apiKey.begins}…</code> · {apiKey.scopes.map((scope) => say(`scope.${scope}`)).join(' · ')}
        </p>
      </header>
      <p>
        <b>{say(`apiKey.state.${over}`)}</b> · {say('apiKey.until')} <When at={apiKey.revokedAt ?? apiKey.expiresAt} />
      </p>
      <p className={css['sub']}>
        {say('apiKey.madeBy', { who: apiKey.madeBy })} <When at={apiKey.madeAt} /> ·{' '}
        {apiKey.lastUsedAt ? (
          <>
            {say('apiKey.used')} <When at={apiKey.lastUsedAt} />
          </>
        ) : (
          say('apiKey.unused')
        )}
      </p>
      {over === 'valid' ? (
        <div className={css['acts']}>
          <PressTwice
            sure={say('apiKey.revoke.sure')}
            busy={revoke.busy}
            press={() => revoke.run({})}
            data-testid="revoke-key"
          >
            {say('apiKey.revoke')}
          </PressTwice>
        </div>
      ) : null}
      <FaultWords fault={revoke.fault} />
    </article>
  );
}

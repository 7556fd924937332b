/** Where the home is and how one gets in, once somebody asks for it: who reads it is written in the log. */
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { useMay } from '../around/around.tsx';
import { useReadVisitCard } from '../around/asking-care.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './visit.module.css';

const dialled = (telephone: string) => `tel:${telephone.replace(/[^\d+]/g, '')}`;

/** @param wide for a thumb: on the page of a car */
export function Where({ client, wide = false }: { client: ClientAlias; wide?: boolean }) {
  const { say } = useWords();
  const mayRead = useMay('read-visit-card');
  const read = useReadVisitCard(client);
  if (!mayRead) return null;
  const { card } = read;
  if (!card)
    return (
      <div className={css['unread']} data-testid="where">
        <Press wide={wide} busy={read.busy} press={() => read.run(undefined)} data-testid="read-where">
          {say('where.read')}
        </Press>
        {/* A home without a client has no address here. */}
        {read.fault?.code === 'not-found' ? (
          <p role="status">{say('where.none')}</p>
        ) : (
          <FaultWords fault={read.fault} />
        )}
      </div>
    );
  return (
    <section className={css['where']} aria-label={say('where.title')} data-testid="where" aria-live="polite">
      <b>{card.name}</b>
      {/* No link to a map: it would tell somebody else who lives there. */}
      <p>{card.address}</p>
      {card.telephone ? <a href={dialled(card.telephone)}>{say('where.call', { who: card.telephone })}</a> : null}
      <p>{card.keyInformation ?? say('where.noKey')}</p>
      {(card.relatives ?? []).map(({ name, relation, telephone }) => (
        <a key={telephone} href={dialled(telephone)}>
          {say('where.call', { who: `${name}, ${relation}, ${telephone}` })}
        </a>
      ))}
    </section>
  );
}

/** Where the home is and how one gets in, once somebody asks for it: who reads it is written in the log. */
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { useEffect } from 'react';
import { useAround, useMay } from '../around/around.tsx';
import { useReadVisitCard } from '../around/asking-care.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './visit.module.css';
import { Address, WayInWords } from './way-in.tsx';

const dialled = (telephone: string) => `tel:${telephone.replace(/[^\d+]/g, '')}`;

/** @param wide for a thumb: on the page of a car */
export function Where({ client, wide = false }: { client: ClientAlias; wide?: boolean }) {
  const { say } = useWords();
  const { deeds } = useAround();
  const mayRead = useMay('read-visit-card');
  const read = useReadVisitCard(client);
  const { card } = read;
  useEffect(() => {
    if (!card) return;
    const { address, keyInformation } = card;
    deeds.readWayIn(client, { address, ...(keyInformation && { keyInformation }) });
  }, [deeds, client, card]);
  if (!mayRead) return null;
  // Read already, and the page was left or opened anew since: it is not asked for, and nobody is named.
  const kept = deeds.waysIn.get(client);
  if (!card && kept && wide) return <WayInWords wayIn={kept} wide />;
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
      <Address address={card.address} wide={wide} />
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

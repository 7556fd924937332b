/** Address, keys and telephone numbers, as they were opened. They leave the screen with it. */
import type { VisitCard } from '@nattfrid/shared/care/client';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/words.ts';

export function Card({ card }: { card: VisitCard }) {
  const { say } = useWords();
  const call = (number: string) => <a href={`tel:${number.replace(/[^+\d]/g, '')}`}>{number}</a>;
  return (
    <dl className={parts['facts']} data-testid="break-glass-card">
      <dt>{say('breakGlass.card.name')}</dt>
      <dd>{card.name}</dd>
      <dt>{say('breakGlass.card.address')}</dt>
      <dd>{card.address}</dd>
      {card.keyInformation ? (
        <>
          <dt>{say('breakGlass.card.key')}</dt>
          <dd>{card.keyInformation}</dd>
        </>
      ) : null}
      {card.telephone ? (
        <>
          <dt>{say('breakGlass.card.telephone')}</dt>
          <dd>{call(card.telephone)}</dd>
        </>
      ) : null}
      {(card.relatives ?? []).map(({ name, relation, telephone }) => (
        <div key={telephone} style={{ display: 'contents' }}>
          <dt>{say('breakGlass.card.relative', { name, relation })}</dt>
          <dd>{call(telephone)}</dd>
        </div>
      ))}
    </dl>
  );
}

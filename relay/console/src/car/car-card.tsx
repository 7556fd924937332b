/** One visit as whoever drives sees it: which home, why, where, and the one thing to press next. With a link or without. */
import type { ReactNode } from 'react';
import type { CarList, KeptVisit } from '../deeds/car-list.ts';
import type { Step } from '../deeds/deeds.ts';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './car.module.css';
import { QuickOutcome } from './quick-outcome.tsx';

interface CarCardProps {
  readonly visit: KeptVisit;
  /** How long ago it was needed, in words. */
  readonly ago: ReactNode;
  readonly mayGo: boolean;
  readonly move: (step: Step) => void;
  /** Where it is, and how one gets in. */
  readonly where: ReactNode;
  readonly desks: CarList['desks'];
}

export function CarCard({ visit, ago, mayGo, move, where, desks }: CarCardProps) {
  const { say } = useWords();
  return (
    <article className={css['visit']} data-testid="car-visit" data-state={visit.state} data-visit={visit.visit}>
      <p className={css['sub']}>{say('car.next')}</p>
      <h2>{visit.client}</h2>
      <p>
        {say(`visit.why.${visit.why}`)} · {ago}
        {visit.overdue ? ` · ${say('visit.overdue')}` : ''}
      </p>
      {where}
      {mayGo && visit.state === 'needed' ? (
        <Press tone="warm" large wide press={() => move({ to: 'on-the-way' })} data-testid="car-go">
          {say('visit.go')}
        </Press>
      ) : null}
      {mayGo && visit.state === 'on-the-way' ? (
        <Press tone="cool" large wide press={() => move({ to: 'there' })} data-testid="car-there">
          {say('visit.arrived')}
        </Press>
      ) : null}
      {mayGo && visit.state === 'there' ? (
        <QuickOutcome busy={false} finish={(outcome) => move({ to: 'done', outcome })} />
      ) : null}
      {desks.map(({ name, telephone }) => (
        <a key={`${name} ${telephone}`} className={css['call']} href={`tel:${telephone.replace(/[^\d+]/g, '')}`}>
          {say('car.call', { name, number: telephone })}
        </a>
      ))}
    </article>
  );
}

/** Those after it, one line each. */
export function Then({ visits, ago }: { visits: readonly KeptVisit[]; ago: (at: string) => ReactNode }) {
  const { say } = useWords();
  if (visits.length === 0) return null;
  return (
    <section aria-labelledby="then">
      <h2 id="then">{say('car.then')}</h2>
      <ul className={css['then']}>
        {visits.map((visit) => (
          <li key={visit.visit}>
            <b>{visit.client}</b>
            <span>
              {say(`visit.why.${visit.why}`)} · {ago(visit.neededAt)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

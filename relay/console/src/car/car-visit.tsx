/** One visit as whoever drives sees it: which home, why, where, and the one thing to press next. */
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import { useDesk, useMay } from '../around/around.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { Ago } from '../parts/when.tsx';
import { useMoveVisit } from '../visit/acts.ts';
import { Where } from '../visit/where.tsx';
import { useWords } from '../words/words.ts';
import css from './car.module.css';
import { QuickOutcome } from './quick-outcome.tsx';

export function CarVisit({ visit }: { visit: VisitView }) {
  const { say } = useWords();
  const mayGo = useMay('make-visits');
  const move = useMoveVisit(visit.visit);
  const desks = useDesk().night.teams.filter(({ kind, telephone }) => kind === 'desk' && telephone);
  return (
    <article className={css['visit']} data-testid="car-visit" data-state={visit.state}>
      <p className={css['sub']}>{say('car.next')}</p>
      <h2>{visit.client}</h2>
      <p>
        {say(`visit.why.${visit.why}`)} · <Ago at={visit.neededAt} />
        {visit.overdue ? ` · ${say('visit.overdue')}` : ''}
      </p>
      <Where client={visit.client} wide />
      {mayGo && visit.state === 'needed' ? (
        <Press
          tone="warm"
          large
          wide
          busy={move.busy}
          press={() => move.run({ to: 'on-the-way' })}
          data-testid="car-go"
        >
          {say('visit.go')}
        </Press>
      ) : null}
      {mayGo && visit.state === 'on-the-way' ? (
        <Press tone="cool" large wide busy={move.busy} press={() => move.run({ to: 'there' })} data-testid="car-there">
          {say('visit.arrived')}
        </Press>
      ) : null}
      {mayGo && visit.state === 'there' ? (
        <QuickOutcome busy={move.busy} finish={(outcome) => move.run({ to: 'done', outcome })} />
      ) : null}
      <FaultWords fault={move.fault} />
      {desks.map(({ team, name, telephone = '' }) => (
        <a key={team} className={css['call']} href={`tel:${telephone.replace(/[^\d+]/g, '')}`}>
          {say('car.call', { name, number: telephone })}
        </a>
      ))}
    </article>
  );
}

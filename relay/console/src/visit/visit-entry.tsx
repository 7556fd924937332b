/** The card of one visit: its reason, how far it has come, and the next step. */
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import { useMay } from '../around/around.tsx';
import { Press } from '../parts/press.tsx';
import { Ago, When } from '../parts/when.tsx';
import { useWords } from '../words/words.ts';
import { useMoveVisit } from './acts.ts';
import { Outcome } from './outcome.tsx';
import css from './visit.module.css';
import { Where } from './where.tsx';
import { Whose } from './whose.tsx';

export function VisitEntry({ visit }: { visit: VisitView }) {
  const { say } = useWords();
  const operator = useMay('make-visits');
  const move = useMoveVisit(visit);
  return (
    <article className={css['visit']} data-testid="visit-card" data-state={visit.state} data-visit={visit.visit}>
      <div className={css['what']}>
        <h2>{visit.client}</h2>
        <p>
          {reasons(visit)
            .map((why) => say(`visit.why.${why}`))
            .join(' · ')}{' '}
          · <Ago at={visit.neededAt} />
          {visit.who ? ` · ${visit.who}` : ''}
        </p>
      </div>
      <Steps visit={visit} />
      {visit.state === 'done' ? null : <Whose visit={visit} />}
      {visit.state === 'done' ? null : <Where client={visit.client} />}
      {visit.outcome ? <p>{visit.outcome}</p> : null}
      {operator && visit.state === 'needed' ? (
        <div className={css['acts']}>
          <Press tone="warm" large press={() => move({ to: 'on-the-way' })} data-testid="visit-go">
            {say('visit.go')}
          </Press>
        </div>
      ) : null}
      {operator && visit.state === 'on-the-way' ? (
        <div className={css['acts']}>
          <Press tone="cool" large press={() => move({ to: 'there' })} data-testid="visit-there">
            {say('visit.arrived')}
          </Press>
        </div>
      ) : null}
      {operator && visit.state === 'there' ? (
        <Outcome busy={false} finish={(outcome) => move({ to: 'done', outcome })} />
      ) : null}
    </article>
  );
}

/** The most urgent first, each once. */
const reasons = ({ why, also = [] }: VisitView): readonly VisitView['why'][] =>
  urgency.filter((one) => one === why || also.some((other) => other.why === one));
const urgency = ['help-needed', 'alarm-not-taken', 'not-seen-twice', 'technical-fault', 'no-supervision'] as const;

const order = ['needed', 'on-the-way', 'there', 'done'] as const;

function Steps({ visit }: { visit: VisitView }) {
  const { say } = useWords();
  const at = { needed: visit.neededAt, 'on-the-way': visit.onTheWayAt, there: visit.thereAt, done: visit.doneAt };
  const reached = order.indexOf(visit.state);
  return (
    <ol className={css['steps']} aria-label={say('visit.steps')}>
      {order.map((step, index) => (
        <li
          key={step}
          className={css['step']}
          {...(index <= reached ? { 'data-reached': true } : {})}
          {...(index === reached ? { 'data-now': true, 'aria-current': 'step' as const } : {})}
        >
          {step === 'needed' ? say('visit.needed') : say(`visit.state.${step}`)}
          {at[step] ? <When at={at[step]} /> : null}
        </li>
      ))}
    </ol>
  );
}

/** The page of first steps: what one's role should have done once, ticked by itself; to whoever looks after people, everybody's. */
import { type PersonSteps, stepsOf } from '@nattfrid/shared/desk/first-steps';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useFirstSteps } from '../around/asking-follow-up.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { CheckSign } from '../parts/icons.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { When } from '../parts/when.tsx';
import { useWords } from '../words/words.ts';
import css from './first-steps.module.css';

export function FirstStepsPage() {
  const { say } = useWords();
  const steps = useFirstSteps();
  return (
    <Page title={say('firstSteps.title')} lead={say('firstSteps.lead')} data-testid="first-steps">
      {steps.isPending ? <Loading /> : null}
      {steps.error ? <FaultWords fault={asFault(steps.error)} /> : null}
      <div className={css['people']}>
        {(steps.data?.people ?? []).map((one) => (
          <OnePerson key={one.person} one={one} />
        ))}
      </div>
    </Page>
  );
}

function OnePerson({ one: { name, role, done } }: { one: PersonSteps }) {
  const { say } = useWords();
  const steps = stepsOf[role];
  const many = steps.filter((step) => done[step]).length;
  return (
    <section className={css['person']} data-testid="person-steps">
      <header>
        <h2>{name}</h2>
        <p>
          {say(`role.${role}`)} · {say('firstSteps.done', { done: many, all: steps.length })}
        </p>
        <meter min={0} max={steps.length} value={many} aria-label={say('firstSteps.title')} />
      </header>
      <ul>
        {steps.map((step) => (
          <li key={step} data-done={done[step] !== undefined}>
            <span>{done[step] ? <CheckSign size={20} /> : null}</span>
            <span>
              {say(`step.${step}`)}
              {done[step] ? (
                <small>
                  {' '}
                  · <When at={done[step]} />
                </small>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

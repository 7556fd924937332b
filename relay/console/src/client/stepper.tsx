/** Where a plan is on its way: drafted, complete, signed, in force, ended. */
import type { CarePlanState } from '@nattfrid/shared/care/plan-form';
import { useWords } from '../words/words.ts';
import css from './client.module.css';

const steps = ['drafted', 'complete', 'signed', 'in-force', 'ended'] as const;

export function Stepper({ state }: { state: CarePlanState }) {
  const { say } = useWords();
  const now = steps.indexOf(state);
  return (
    <ol className={css['stepper']} aria-label={say('client.steps')} data-testid="plan-state" data-state={state}>
      {steps.map((step, index) => (
        <li
          key={step}
          data-step={index < now ? 'done' : index === now ? 'now' : 'later'}
          {...(index === now ? { 'aria-current': 'step' as const } : {})}
        >
          {say(`client.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}

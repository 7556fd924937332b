/** How far an installation has come, as a row: one mark for each step, and the same in words. */
import type { StepView } from '@nattfrid/shared/desk/work-order-view';
import { useWords } from '../words/words.ts';
import css from './install.module.css';

export function StepsRow({ steps }: { steps: readonly StepView[] }) {
  const { say } = useWords();
  const done = steps.filter(({ state }) => state === 'done').length;
  return (
    <div className={css['row']} data-testid="steps-row">
      <span className={css['marks']} aria-hidden="true">
        {steps.map(({ step, state }) => (
          <i key={step} data-state={state} />
        ))}
      </span>
      <span>{say('steps.of', { done, all: steps.length })}</span>
    </div>
  );
}

/** Training homes on one's own desk: shown when one wants to practise with a unit that stands somewhere, and gone again. */
import { useExercises, useShowTraining } from '../around/asking-training.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './training.module.css';

export function TrainingHomes() {
  const { say } = useWords();
  const showing = useExercises().data?.showing ?? false;
  const show = useShowTraining();
  return (
    <section
      className={`${parts['card']} ${css['homes']}`}
      aria-labelledby="training-homes"
      data-testid="training-homes"
    >
      <h2 id="training-homes">{say('training.homes')}</h2>
      <p>{say('training.homes.words')}</p>
      {showing ? <p role="status">{say('training.homes.shown')}</p> : null}
      <Press busy={show.busy} press={() => show.run(!showing)} data-testid="show-training">
        {say(showing ? 'training.homes.hide' : 'training.homes.show')}
      </Press>
      <FaultWords fault={show.fault} />
    </section>
  );
}

/** While training homes stand on the desk: on every screen, with the way to put them away. */
import { useDeskState } from '../around/around.tsx';
import { WayLink } from '../parts/way.tsx';
import { showsTraining } from '../state/training.ts';
import { useWords } from '../words/words.ts';
import css from './frame.module.css';

export function TrainingBanner() {
  const { say } = useWords();
  const state = useDeskState();
  if (state.name === 'unknown' || !showsTraining(state)) return null;
  return (
    <section className={css['training']} aria-label={say('training.mark')} data-testid="training-banner">
      <b>{say('training.mark')}</b> <span>{say('training.homes.shown')}</span>
      <WayLink to={{ page: 'training' }}>{say('training.homes.hide')}</WayLink>
    </section>
  );
}

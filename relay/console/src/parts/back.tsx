/** The link back to the watch, on the page of an alarm and of a look. */
import { useWords } from '../words/words.ts';
import { BackSign } from './icons.tsx';
import css from './parts.module.css';
import { WayLink } from './way.tsx';

export function Back() {
  const { say } = useWords();
  return (
    <WayLink to={{ page: 'watch' }} className={css['back'] ?? ''}>
      <BackSign size={20} /> {say('app.back')}
    </WayLink>
  );
}

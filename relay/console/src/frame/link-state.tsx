/** Whether the live stream is connected, in one word; the stale banner says it large when it is not. */
import { useDeskState } from '../around/around.tsx';
import { LinkSign } from '../parts/icons.tsx';
import { useWords } from '../words/words.ts';
import css from './frame.module.css';

export function LinkState() {
  const { say } = useWords();
  const { name } = useDeskState().link;
  return (
    <span className={css['link']} data-link={name} data-testid="link-state">
      <LinkSign size={20} /> <span className={css['linkWords']}>{say(`link.${name}`)}</span>
    </span>
  );
}

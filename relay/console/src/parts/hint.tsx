/** How a page is used, in three lines, until somebody has read them; and a small button that brings them back. */
import { useAround, useSelf } from '../around/around.tsx';
import type { HintPage } from '../around/hints.ts';
import { useStore } from '../state/store.ts';
import { known } from '../words/known.ts';
import { useWords } from '../words/words.ts';
import css from './hint.module.css';
import { Press } from './press.tsx';

const lines = ['1', '2', '3'] as const;

export function Hint({ page }: { page: HintPage }) {
  const { say } = useWords();
  const { hints } = useAround();
  const { role } = useSelf();
  const read = useStore(hints.store);
  const name = hints.nameOf(role, page);
  if (read.has(name))
    return (
      <p className={css['again']}>
        <Press tone="bare" press={() => hints.store.send({ name, read: false })} data-testid="hint-again">
          {say('hint.again')}
        </Press>
      </p>
    );
  return (
    <aside className={css['hint']} aria-label={say('hint.title')} data-testid="hint">
      <b>{say('hint.title')}</b>
      <ol>
        {lines.map((line) => {
          const key = known(`hint.${page}`, line);
          return key ? <li key={line}>{say(key)}</li> : null;
        })}
      </ol>
      <Press press={() => hints.store.send({ name, read: true })} data-testid="hint-read">
        {say('hint.read')}
      </Press>
    </aside>
  );
}

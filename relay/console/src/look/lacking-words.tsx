/** Said where a look would be opened: why this browser can show no picture, once it has been tried. Nobody has been asked then. */

import { useAround } from '../around/around.tsx';
import parts from '../parts/parts.module.css';
import { useStore } from '../state/store.ts';
import { useWords } from '../words/words.ts';

export function LackingWords() {
  const { say } = useWords();
  const { lacking } = useStore(useAround().looker.viewing);
  if (!lacking) return null;
  return (
    <p role="alert" className={parts['fault']} data-testid="lacking">
      {say('look.unsupported')}. {say(`look.unsupported.${lacking}`)}
    </p>
  );
}

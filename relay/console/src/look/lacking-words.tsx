/** Why this browser can show no pictures, beside the button that has tried to open a look; no unit has been asked. */

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

/** The legend of the signs that the unit draws into the picture. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Mode } from '@nattfrid/shared/domain/plan';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/words.ts';
import css from './look.module.css';

/** The signs that each mode can have. */
const signs = {
  silhouette: ['perhaps', 'something', 'unknown'],
  blur: ['perhaps'],
  blocks: ['perhaps'],
  clear: [],
} as const satisfies Record<Mode, readonly string[]>;

export function HowToRead({ looks }: { looks: readonly LookView[] }) {
  const { say } = useWords();
  const shown = looks.flatMap(({ state, mode }) => (state === 'open' && mode ? signs[mode] : []));
  if (shown.length === 0) return null;
  return (
    <details className={`${parts['card']} ${css['signs']}`} data-testid="how-to-read">
      <summary>{say('look.signs')}</summary>
      <dl>
        {[...new Set(shown)].map((sign) => (
          <div key={sign}>
            <dt>{say(`look.sign.${sign}`)}</dt>
            <dd>{say(`look.sign.${sign}.words`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

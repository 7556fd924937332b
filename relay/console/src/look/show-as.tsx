/** The agreed modes to choose from; the unit decides, by its own copy of the plan. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import { useWishMode } from './acts.ts';
import css from './look.module.css';

interface ShowAsProps {
  readonly look: LookView;
  readonly modes: readonly Mode[];
  /** The operator's wish, not answered yet or refused. */
  readonly wish: LookView['wish'];
}

export function ShowAs({ look, modes, wish }: ShowAsProps) {
  const { say } = useWords();
  const asking = useWishMode(look.look);
  const waiting = asking.busy || (wish !== undefined && wish.why === undefined);
  // A mode that the plan has not agreed to is not offered again.
  const possible = modes.filter((mode) => wish?.why !== 'mode-not-agreed' || mode !== wish.mode);
  return (
    <>
      {wish?.why ? (
        <p role="alert" data-testid="wish-refused">
          {say('look.showAs.refused', { mode: say(`mode.${wish.mode}`), why: say(`refusal.${wish.why}`) })}
        </p>
      ) : null}
      {possible.length > 0 ? (
        <div className={css['showAs']}>
          {possible.map((mode) => (
            <Press
              key={mode}
              tone="cool"
              busy={waiting && wish?.mode === mode}
              disabled={waiting && wish?.mode !== mode}
              press={() => asking.run(mode)}
              data-testid={`show-as-${mode}`}
            >
              {say(mode === look.firstMode ? 'look.showAs.again' : 'look.showAs', { mode: say(`mode.${mode}`) })}
            </Press>
          ))}
        </div>
      ) : null}
      <FaultWords fault={asking.fault} />
    </>
  );
}

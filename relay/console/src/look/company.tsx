/** Who else sees this camera's pictures: the colleagues who have joined, or the operator whose look it is. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { useAround, useSelf } from '../around/around.tsx';
import { Press } from '../parts/press.tsx';
import { isSelf } from '../state/self.ts';
import { type Face, shows } from '../viewing/face.ts';
import { useWords } from '../words/words.ts';
import css from './look.module.css';

export function Company({ look, shown }: { look: LookView; shown: Face }) {
  const { say } = useWords();
  const { looker } = useAround();
  const self = useSelf();
  if (look.state !== 'open') return null;
  const mine = isSelf(self, look.operator, look.operatorId);
  const others = (look.joined ?? []).filter((who) => !isSelf(self, who));
  const here = mine || shows(shown) || (look.joined ?? []).length > others.length;
  if (!here || (mine && others.length === 0)) return null;
  const who = [...(mine ? [] : [look.operator ?? '']), ...others].join(', ');
  return (
    <div className={css['company']} role="status" data-testid="company">
      <span>{say(mine ? 'look.company' : 'look.company.of', { who })}</span>
      {mine ? null : (
        <Press press={() => looker.leave(look.look)} data-testid="leave-look">
          {say('look.leave')}
        </Press>
      )}
    </div>
  );
}

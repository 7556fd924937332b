/** What the camera sees, as a drawing: bed, floor and doors as outlines, and how much of the bed is in view. Never a picture. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { useDesk } from '../around/around.tsx';
import { useRoom } from '../around/asking.ts';
import { partsOfProposal, partsOfRoom } from '../room/draft.ts';
import { useWords } from '../words/words.ts';
import css from './install.module.css';

export function ViewDrawing({ unit }: { unit: UnitId }) {
  const known = useDesk().units.get(unit);
  return known ? <Drawing unit={known} /> : null;
}

function Drawing({ unit }: { unit: UnitView }) {
  const { say } = useWords();
  const asked = useRoom(unit);
  const { confirmed, waiting, proposed } = asked.data ?? {};
  const room = (waiting ?? confirmed)?.room;
  const drawn = room ? partsOfRoom(room) : proposed ? partsOfProposal(proposed.proposal, undefined) : [];
  return (
    <svg
      className={css['scene']}
      viewBox="0 0 160 90"
      role="img"
      aria-label={say('step.view')}
      data-testid="view-drawing"
    >
      <rect width="160" height="90" />
      {drawn.map(({ kind, outline }, index) => (
        <polygon
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the drawing
          key={index}
          data-kind={kind}
          points={outline.map(([x, y]) => `${x * 160},${y * 90}`).join(' ')}
        />
      ))}
      {drawn.length === 0 ? <path d="M20 70V46h12v10h84a9 9 0 0 1 9 9v5zM20 78v-8M125 78v-8" /> : null}
    </svg>
  );
}

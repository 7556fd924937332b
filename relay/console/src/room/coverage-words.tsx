/** How well the agreed place lies in the picture, while it is drawn: before it is confirmed, and not after. */
import type { Room } from '@nattfrid/shared/domain/room';
import { coverageOf, wellInView } from '@nattfrid/shared/domain/room-coverage';
import { number } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './room.module.css';

export function CoverageWords({ room }: { room: Room }) {
  const { say, language } = useWords();
  const found = coverageOf(room);
  if (!found) return null;
  const { what, score, cut, hidden } = found;
  const words = say(`room.coverage.${what}`, { percent: number(score * 100, language, 0) });
  if (score >= wellInView)
    return (
      <p className={css['quiet']} data-testid="room-coverage" data-score={score}>
        {words}
      </p>
    );
  return (
    <p className={css['warn']} role="status" data-testid="room-coverage" data-score={score}>
      {words} {say(cut > hidden ? 'room.coverage.cut' : 'room.coverage.hidden')}
    </p>
  );
}

/** A camera that was left out of a look, because its unit's key is not the one this console knows. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { useWords } from '../words/words.ts';
import { untrustedMessage } from './instead.tsx';
import css from './look.module.css';

export function LeftOut({ unit, place, others }: { unit: UnitId; place: string; others: boolean }) {
  const { say } = useWords();
  const { title, words } = untrustedMessage(others, say);
  return (
    <section className={css['camera']} aria-label={place} data-testid="camera-left-out" data-unit={unit}>
      <h2 className={css['place']}>{place}</h2>
      <div className={css['stage']} data-face="untrusted">
        <div className={css['message']} role="alert" data-testid="state-untrusted" data-serious>
          <h2>{title}</h2>
          <p>{words}</p>
        </div>
      </div>
    </section>
  );
}

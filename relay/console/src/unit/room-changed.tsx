/** The drift of a room: how it differs from the confirmed one, and that detection is weaker until it is confirmed again. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { RoomDrift } from '@nattfrid/shared/domain/room-drift';
import { AlarmSign } from '../parts/icons.tsx';
import { WayLink } from '../parts/way.tsx';
import type { Language } from '../words/language.ts';
import type { Say } from '../words/say.ts';
import { number } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './unit.module.css';

export function RoomChanged({ unit, link = false }: { unit: UnitView | undefined; link?: boolean }) {
  const { say, language } = useWords();
  const drifts = unit?.vitals?.roomChanged ?? [];
  if (!unit || drifts.length === 0) return null;
  return (
    <div className={css['changed']} role="note" data-testid="room-changed">
      <p className={css['trouble']}>
        <AlarmSign size={20} /> {say('drift.changed')}
      </p>
      <ul>
        {drifts.map((drift) => (
          <li key={driftWords(drift, language, say)}>{driftWords(drift, language, say)}</li>
        ))}
      </ul>
      {link ? <WayLink to={{ page: 'room', id: unit.unit }}>{say('drift.confirm')}</WayLink> : null}
    </div>
  );
}

function driftWords(drift: RoomDrift, language: Language, say: Say): string {
  switch (drift.type) {
    case 'camera-moved': {
      const { acrossPercent: across, downPercent: down } = drift;
      const put = { across: number(Math.abs(across), language), down: number(Math.abs(down), language) };
      return say('drift.cameraMoved', put);
    }
    case 'bed-moved':
      return say('drift.bedMoved', { bed: drift.bed + 1, by: number(Math.abs(drift.byPercent), language) });
    case 'bed-gone':
      return say('drift.bedGone', { bed: drift.bed + 1 });
  }
}

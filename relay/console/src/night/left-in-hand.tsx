/** Who has gone with something in hand: shown for a quarter of an hour, while what it was still waits. */
import { minutes } from '@nattfrid/shared/time/duration';
import { useDesk, useNow } from '../around/around.tsx';
import { readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './night.module.css';

const shownFor = minutes(15);

export function LeftInHandNotice() {
  const { say } = useWords();
  const { left, alarms, looks } = useDesk();
  const now = useNow();
  const recent = left && now - readTime(left.at) < shownFor ? left : undefined;
  const alarmWaits = recent?.alarms.some((alarm) => alarms.get(alarm)?.state === 'raised');
  const lookWaits = recent?.looks.some((look) => looks.get(look)?.state !== 'done');
  if (!recent || !(alarmWaits || lookWaits)) return null;
  return (
    <div data-testid="left-in-hand">
      {alarmWaits ? <p className={css['warning']}>{say('left.words', { who: recent.who })}</p> : null}
      {lookWaits ? <p className={css['warning']}>{say('left.words.looks', { who: recent.who })}</p> : null}
    </div>
  );
}

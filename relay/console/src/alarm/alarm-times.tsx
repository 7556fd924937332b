/** The times of an alarm: when it happened, came in, was taken and was closed. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import parts from '../parts/parts.module.css';
import { When } from '../parts/when.tsx';
import { useWords } from '../words/words.ts';

export function AlarmTimes({ alarm }: { alarm: AlarmView }) {
  const { say } = useWords();
  return (
    <dl className={`${parts['card']} ${parts['facts']}`}>
      <dt>{say('alarm.at')}</dt>
      <dd>
        <When at={alarm.at} seconds />
      </dd>
      <dt>{say('alarm.received')}</dt>
      <dd>
        <When at={alarm.receivedAt} seconds />
      </dd>
      {alarm.takenAt ? (
        <>
          <dt>{say('alarm.taken')}</dt>
          <dd>
            <When at={alarm.takenAt} seconds /> · {alarm.takenBy}
          </dd>
        </>
      ) : null}
      {alarm.closedAt ? (
        <>
          <dt>{say('alarm.closed')}</dt>
          <dd>
            <When at={alarm.closedAt} seconds /> · {alarm.closedBy}
          </dd>
        </>
      ) : null}
    </dl>
  );
}

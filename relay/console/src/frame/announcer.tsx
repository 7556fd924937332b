/** New alarms for screen readers, and in the title and icon of a tab in the background. */
import { useEffect } from 'react';
import { useAround, useDesk } from '../around/around.tsx';
import parts from '../parts/parts.module.css';
import { kindKey } from '../state/alarm-name.ts';
import { untaken } from '../state/needs.ts';
import { clockTime, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';

export function Announcer() {
  const { say, language } = useWords();
  const { ringer } = useAround();
  const waiting = untaken(useDesk());
  const newest = waiting.at(-1);
  const overdue = waiting.some((alarm) => alarm.overdue);
  const count = waiting.length;
  useEffect(() => {
    ringer.urge(count === 0 ? 'none' : overdue ? 'overdue' : 'waiting');
  }, [ringer, count, overdue]);
  useEffect(() => {
    document.title = count === 0 ? say('title.calm') : say('title.alarms', { count });
    document.querySelector('link[rel=icon]')?.setAttribute('href', count === 0 ? '/calm.svg' : '/alarm.svg');
  }, [count, say]);
  return (
    <div role="alert" className={parts['hidden']} data-testid="announcer">
      {newest
        ? say('alarm.new', {
            kind: say(kindKey(newest)),
            client: newest.client,
            time: clockTime(readTime(newest.at), language),
          })
        : ''}
    </div>
  );
}

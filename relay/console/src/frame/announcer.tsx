/** New alarms for screen readers, and in the icon of a tab in the background; each page puts them into its title. */
import { useEffect } from 'react';
import { useAround, useDesk, useSelf } from '../around/around.tsx';
import parts from '../parts/parts.module.css';
import { kindKey } from '../state/alarm-name.ts';
import { isToldTo, ownTeams } from '../state/at-work.ts';
import { untaken } from '../state/needs.ts';
import { clockTime, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';

export function Announcer() {
  const { say, language } = useWords();
  const { ringer } = useAround();
  const desk = useDesk();
  const own = ownTeams(desk.night, useSelf());
  const waiting = untaken(desk);
  const ringing = waiting.filter((alarm) => isToldTo(alarm, own)).length;
  const newest = waiting.at(-1);
  const overdue = waiting.some((alarm) => alarm.overdue);
  const count = waiting.length;
  useEffect(() => {
    ringer.urge(ringing === 0 ? 'none' : overdue ? 'overdue' : 'waiting');
  }, [ringer, ringing, overdue]);
  useEffect(() => {
    document.querySelector('link[rel=icon]')?.setAttribute('href', count === 0 ? '/calm.svg' : '/alarm.svg');
  }, [count]);
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

/** What is done at this alarm: what to think of in the home, and whom to call, each with one press. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import { useDesk } from '../around/around.tsx';
import { desksToCall } from '../deeds/car-list.ts';
import parts from '../parts/parts.module.css';
import { Where } from '../visit/where.tsx';
import { useWords } from '../words/words.ts';
import css from './alarm.module.css';

const dialled = (telephone: string) => `tel:${telephone.replace(/[^\d+]/g, '')}`;

export function ActionCard({ alarm }: { alarm: AlarmView }) {
  const { say } = useWords();
  const { think, call, words } = alarm.chain ?? {};
  const desks = desksToCall(useDesk().night.teams);
  return (
    <section className={`${parts['card']} ${css['card']}`} aria-labelledby="action-card" data-testid="action-card">
      <h2 id="action-card">{say('alarm.card')}</h2>
      {think ? <p className={css['think']}>{think}</p> : null}
      <Where client={alarm.client} />
      {desks.map(({ name, telephone }) => (
        <a key={telephone} className={css['call']} href={dialled(telephone)}>
          {say('car.call', { name, number: telephone })}
        </a>
      ))}
      {call ? (
        <a className={css['call']} href={dialled(call)} data-testid="call-fallback">
          {say('alarm.card.fallback', { number: call })}
          {words ? <small>{words}</small> : null}
        </a>
      ) : null}
      <a className={css['call']} href="tel:112" data-urgent>
        {say('alarm.card.112')}
      </a>
    </section>
  );
}

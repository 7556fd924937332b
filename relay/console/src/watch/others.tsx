/** The list of what colleagues have in hand, for information only. */
import parts from '../parts/parts.module.css';
import { WayLink } from '../parts/way.tsx';
import { Ago } from '../parts/when.tsx';
import { kindKey } from '../state/alarm-name.ts';
import { idOf, type Need } from '../state/needs.ts';
import { useWords } from '../words/words.ts';
import css from './watch.module.css';

const shown = 5;

export function Others({ others }: { others: readonly Need[] }) {
  const { say } = useWords();
  if (others.length === 0) return null;
  return (
    <section className={parts['card']} aria-labelledby="others">
      <h2 id="others">{say('watch.others')}</h2>
      <ul className={css['list']}>
        {others.slice(0, shown).map((need) => (
          <Other key={idOf(need)} need={need} />
        ))}
      </ul>
      {others.length > shown ? (
        <p className={css['quiet']}>{say('watch.andMore', { count: others.length - shown })}</p>
      ) : null}
    </section>
  );
}

function Other({ need }: { need: Need }) {
  const { say } = useWords();
  switch (need.type) {
    // Nobody has it in hand.
    case 'unit':
      return null;
    case 'alarm':
      return (
        <li className={css['other']}>
          <WayLink to={{ page: 'alarm', id: need.alarm.alarm }}>
            {say(kindKey(need.alarm))} · {need.alarm.client}
          </WayLink>
          <small>
            {say('alarm.state.taken', { who: need.alarm.takenBy ?? '' })} ·{' '}
            <Ago at={need.alarm.takenAt ?? need.alarm.at} />
          </small>
        </li>
      );
    case 'look':
      return (
        <li className={css['other']}>
          <WayLink to={{ page: 'look', id: need.look.look }}>
            {say('look.tag')} · {need.look.client}
          </WayLink>
          <small>{say('look.by', { who: need.look.operator ?? '' })}</small>
        </li>
      );
    case 'visit':
      return (
        <li className={css['other']}>
          <WayLink to={{ page: 'visits' }}>
            {say('visit.tag')} · {need.visit.client}
          </WayLink>
          <small>
            {say(`visit.state.${need.visit.state}`)}
            {need.visit.who ? ` · ${need.visit.who}` : ''}
          </small>
        </li>
      );
  }
}

/** One home of a round: how far it has come, and who is about to look into it. */
import type { RoundHome } from '@nattfrid/shared/desk/rounds';
import { useDesk } from '../around/around.tsx';
import { clockTime, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './round.module.css';

export function HomeRow({ home }: { home: RoundHome }) {
  const { say, language } = useWords();
  const { client, look, state } = home;
  const reserved = useDesk().night.reserved.find((one) => one.client === client);
  const words =
    state === 'later'
      ? say('round.state.later', { time: clockTime(readTime(look.dueFrom), language) })
      : say(`round.state.${state}`);
  return (
    <li className={css['home']} data-state={state} data-testid="round-home">
      <b>{client}</b>
      <span>
        {words}
        {state === 'now' && look.operator ? ` · ${look.operator}` : ''}
        {state === 'due' && reserved ? ` · ${say('round.by', { who: reserved.who })}` : ''}
        {look.attempt > 1 ? ` · ${say('round.retry')}` : ''}
      </span>
    </li>
  );
}

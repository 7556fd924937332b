/** How far an alarm has come in its chain: to whom it was told, who has left it, who is on the way, and which number is left to call. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import { useDesk } from '../around/around.tsx';
import { teamNamed } from '../state/at-work.ts';
import { clockTime, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './alarm.module.css';

export function ChainWords({ alarm }: { alarm: AlarmView }) {
  const { say, language } = useWords();
  const { night } = useDesk();
  const { chain, state, leftBy, onTheWayAt, thereAt } = alarm;
  const time = (at: string) => clockTime(readTime(at), language);
  const who = (chain?.told ?? [])
    .map((to) => (to === 'everybody' ? say('chain.everybody') : (teamNamed(night, to)?.name ?? '')))
    .filter(Boolean);
  const empty = (chain?.empty ?? []).map((to) => teamNamed(night, to)?.name ?? say('chain.lost'));
  const said = [
    state === 'raised' && who.length > 0 && night.teams.length > 0 ? say('chain.told', { who: who.join(', ') }) : '',
    state === 'raised' && empty.length > 0 ? say('chain.empty', { who: empty.join(', ') }) : '',
    state === 'raised' && leftBy ? say('chain.left', { who: leftBy }) : '',
    state !== 'closed' && onTheWayAt && !thereAt ? say('chain.onTheWay', { time: time(onTheWayAt) }) : '',
    state !== 'closed' && thereAt ? say('chain.there', { time: time(thereAt) }) : '',
  ].filter(Boolean);
  const number = state === 'raised' && chain?.step === 'fallen-back' ? chain.call : undefined;
  if (said.length === 0 && !number) return null;
  return (
    <p className={css['chain']} data-testid="alarm-chain">
      {said.join(' · ')}
      {number ? (
        <a href={`tel:${number.replace(/[^\d+]/g, '')}`}>
          {said.length > 0 ? ' · ' : ''}
          {say('chain.call', { number })}
          {chain?.words ? ` (${chain.words})` : ''}
        </a>
      ) : null}
    </p>
  );
}

/** Above a look: how far its round has come, and which colleagues look at what. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import { useDesk, useNow, useSelf } from '../around/around.tsx';
import { withoutTraining } from '../state/training.ts';
import { useWords } from '../words/words.ts';
import css from './round-line.module.css';
import { elsewhere, roundOf } from './round-of.ts';

export function RoundLine({ look }: { look: LookId }) {
  const { say } = useWords();
  const round = roundOf(useDesk().looks.values(), look, useNow());
  if (!round || round.homes.length < 2) return null;
  const counted = { done: round.done, all: round.homes.length };
  return (
    <p className={css['round']} data-testid="round-line">
      <span>{say('round.progress', counted)}</span>
      <progress value={round.done} max={counted.all} aria-label={say('round.progress.label', counted)} />
    </p>
  );
}

export function Elsewhere() {
  const { say } = useWords();
  const desk = useDesk();
  const colleagues = elsewhere(withoutTraining(desk).looks.values(), desk.night.reserved, useSelf());
  if (colleagues.length === 0) return null;
  return (
    <ul className={css['elsewhere']} aria-label={say('round.elsewhere')} data-testid="elsewhere">
      {colleagues.map(({ who, clients }) => (
        <li key={who}>
          <b>{who}</b> {say('round.elsewhere.looks', { clients: clients.join(', ') })}
        </li>
      ))}
    </ul>
  );
}

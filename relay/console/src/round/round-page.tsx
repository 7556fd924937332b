/** The page of the round: whose home is next, and the homes of each window with how many are done. */
import { type Round, roundsOf } from '@nattfrid/shared/desk/rounds';
import { useDesk, useNow } from '../around/around.tsx';
import { useReady } from '../look/ready.ts';
import { Elsewhere } from '../look/round-line.tsx';
import { Hint } from '../parts/hint.tsx';
import { Empty, Page } from '../parts/page.tsx';
import parts from '../parts/parts.module.css';
import { withoutTraining } from '../state/training.ts';
import { clockTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { HomeRow } from './home-row.tsx';
import { Offer } from './offer.tsx';
import css from './round.module.css';

export function RoundPage() {
  const { say } = useWords();
  const now = useNow();
  const coming = roundsOf(withoutTraining(useDesk()).looks.values(), now).filter(({ until }) => until > now);
  useReady();
  return (
    <Page title={say('round.title')} lead={say('round.lead')} data-testid="round">
      <Offer />
      <Elsewhere />
      <Hint page="round" />
      {coming.length === 0 ? <Empty>{say('round.none')}</Empty> : null}
      {coming.map((round, index) => (
        <WindowList key={round.until} round={round} open={index === 0} />
      ))}
    </Page>
  );
}

function WindowList({ round, open }: { round: Round; open: boolean }) {
  const { say, language } = useWords();
  const { from, until, homes, done } = round;
  const all = homes.length;
  const times = { from: clockTime(from, language), until: clockTime(until, language) };
  return (
    <details className={`${parts['card']} ${css['window']}`} open={open} data-testid="round-window">
      <summary>
        <b>{times.from === times.until ? say('round.allDay') : say('round.window', times)}</b>
        <span data-testid="round-progress">{say('round.progress', { done, all })}</span>
        <progress value={done} max={all} aria-label={say('round.progress.label', { done, all })} />
      </summary>
      <ul className={css['homes']} aria-label={say('round.homes')}>
        {homes.map((home) => (
          <HomeRow key={home.client} home={home} />
        ))}
      </ul>
    </details>
  );
}

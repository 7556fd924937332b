/** The page of shifts: who is in which team, joining and leaving, and what one shift hands over to the next. */
import { useDesk } from '../around/around.tsx';
import { Empty, Page } from '../parts/page.tsx';
import { useWords } from '../words/words.ts';
import { Handovers } from './handovers.tsx';
import css from './night.module.css';
import { TeamShift } from './team-shift.tsx';

export function ShiftsPage() {
  const { say } = useWords();
  const { teams } = useDesk().night;
  return (
    <Page title={say('shifts.title')} lead={say('shifts.lead')} data-testid="shifts">
      <Handovers />
      {teams.length === 0 ? <Empty>{say('shifts.none')}</Empty> : null}
      <ul className={css['list']}>
        {teams.map((team) => (
          <li key={team.team}>
            <TeamShift team={team} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

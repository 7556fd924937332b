/** The page of teams, for coordinators: which desks and cars there are, and to whom an alarm is told first. */
import { useDesk } from '../around/around.tsx';
import { Empty, Page } from '../parts/page.tsx';
import { useWords } from '../words/words.ts';
import { AlarmLineForm } from './alarm-line-form.tsx';
import css from './night.module.css';
import { TeamForm } from './team-form.tsx';

export function TeamsPage() {
  const { say } = useWords();
  const { teams } = useDesk().night;
  return (
    <Page title={say('teams.title')} lead={say('teams.lead')} data-testid="teams">
      {teams.length === 0 ? <Empty>{say('teams.none')}</Empty> : null}
      <ul className={css['list']}>
        {teams.map((team) => (
          <li key={`${team.team} ${JSON.stringify(team)}`}>
            <TeamForm team={team} />
          </li>
        ))}
        <li>
          <TeamForm />
        </li>
      </ul>
      <AlarmLineForm />
    </Page>
  );
}

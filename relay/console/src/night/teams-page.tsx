/** The page of teams, for coordinators: which desks and cars there are, and to whom an alarm is told first. */
import { useDesk } from '../around/around.tsx';
import { useNamedTeams } from '../around/asking-night.ts';
import { Empty, Page } from '../parts/page.tsx';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/words.ts';
import { AlarmLineForm } from './alarm-line-form.tsx';
import css from './night.module.css';
import { TeamForm } from './team-form.tsx';

export function TeamsPage() {
  const { say } = useWords();
  const { teams } = useDesk().night;
  const { data } = useNamedTeams(teams.map(({ team }) => team).join());
  const named = data?.named ?? [];
  const lost = named.filter((one) => one.lost);
  const clients = [...new Set(lost.flatMap((one) => one.clients))].toSorted();
  return (
    <Page title={say('teams.title')} lead={say('teams.lead')} data-testid="teams">
      {lost.length > 0 ? (
        <div role="alert" className={parts['fault']} data-testid="lost-teams">
          <p>
            <b>{say('teams.lost')}</b> {say('teams.lost.words')}
          </p>
          {clients.length > 0 ? <p>{say('teams.lost.clients', { clients: clients.join(', ') })}</p> : null}
          {lost.some(({ inLine }) => inLine) ? <p>{say('teams.lost.line')}</p> : null}
        </div>
      ) : null}
      {teams.length === 0 ? <Empty>{say('teams.none')}</Empty> : null}
      <ul className={css['list']}>
        {teams.map((team) => (
          <li key={`${team.team} ${JSON.stringify(team)}`}>
            <TeamForm team={team} named={named.find((one) => one.team === team.team)?.clients.length ?? 0} />
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

/** One team: who is in it, and the button that starts or ends one's own shift, beside what is open and a note to the next. */
import type { TeamView } from '@nattfrid/shared/desk/night-view';
import { useDesk, useSelf } from '../around/around.tsx';
import { useJoinShift } from '../around/asking-night.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { crewOf } from '../state/at-work.ts';
import { isSelf } from '../state/self.ts';
import { clockTime, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { Leaving } from './leaving.tsx';
import css from './night.module.css';

export function TeamShift({ team }: { team: TeamView }) {
  const { say, language } = useWords();
  const self = useSelf();
  const crew = crewOf(useDesk().night, team.team);
  const own = crew.some((one) => isSelf(self, one.who, one.operatorId));
  const join = useJoinShift(team.team);
  const kind = say(`team.kind.${team.kind}`);
  return (
    <article className={`${parts['card']} ${css['team']}`} data-testid="team" data-team={team.name}>
      <header>
        <h2>{team.name}</h2>
        <p className={css['sub']}>
          {say('teams.about', { kind, crew: say(`team.crew.${team.crew}`) })}
          {team.telephone ? ` · ${team.telephone}` : ''}
        </p>
      </header>
      {crew.length === 0 ? <p className={css['sub']}>{say('shifts.nobody')}</p> : null}
      <ul>
        {crew.map(({ shift, who, since }) => (
          <li key={shift}>{say('shifts.since', { who, time: clockTime(readTime(since), language) })}</li>
        ))}
      </ul>
      {own ? (
        <Leaving team={team.team} />
      ) : (
        <div className={css['acts']}>
          <Press tone="cool" large busy={join.busy} press={() => join.run(undefined)} data-testid="shift-join">
            {say('shifts.join')}
          </Press>
        </div>
      )}
      <FaultWords fault={join.fault} />
    </article>
  );
}

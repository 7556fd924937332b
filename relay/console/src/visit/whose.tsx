/** Whose visit it is, and giving it to another team. */
import { NativeSelect } from '@mantine/core';
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import { useDesk, useMay } from '../around/around.tsx';
import { useAssignVisit } from '../around/asking-night.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { teamNamed } from '../state/at-work.ts';
import { useWords } from '../words/words.ts';
import css from './visit.module.css';

export function Whose({ visit }: { visit: VisitView }) {
  const { say } = useWords();
  const { night } = useDesk();
  const mayAssign = useMay('assign-visits');
  const assign = useAssignVisit(visit.visit);
  const team = teamNamed(night, visit.team);
  // Somebody is there whom no team has sent: whose it is asks nobody any more.
  if (night.teams.length === 0 || (visit.state === 'there' && !team)) return null;
  const words = team ? say('visit.team', { name: team.name }) : say('visit.team.none');
  const open = visit.state === 'needed' || visit.state === 'on-the-way';
  return (
    <div className={css['whose']} data-testid="visit-whose" {...(visit.overdue ? { 'data-overdue': true } : {})}>
      {mayAssign && open ? (
        <NativeSelect
          label={say('visit.assign')}
          data={[
            { value: '', label: say('visit.assign.choose') },
            ...night.teams.map((one) => ({ value: one.team as string, label: one.name })),
          ]}
          value={visit.team ?? ''}
          disabled={assign.busy}
          onChange={(event) => {
            const chosen = teamNamed(night, night.teams.find((one) => one.team === event.currentTarget.value)?.team);
            if (chosen) assign.run(chosen.team);
          }}
          data-testid="visit-assign"
        />
      ) : (
        <p>{words}</p>
      )}
      {visit.overdue ? <p>{say('visit.overdue')}</p> : null}
      <FaultWords fault={assign.fault} />
    </div>
  );
}

/** On a home's card: what somebody has to see to. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import { useNow } from '../around/around.tsx';
import { AlarmSign } from '../parts/icons.tsx';
import { When } from '../parts/when.tsx';
import { unitTasks } from '../state/unit-tasks.ts';
import { useWords } from '../words/words.ts';
import css from './unit.module.css';
import { unitTaskWords } from './unit-task-words.ts';

export function UnitTasksList({ unit }: { unit: UnitView }) {
  const { say, language } = useWords();
  const tasks = unitTasks(unit, useNow());
  if (tasks.length === 0 && !unit.doubledSince) return null;
  return (
    <ul className={css['changed']} data-testid="unit-tasks">
      {unit.doubledSince ? (
        <li className={css['trouble']} data-task="doubled">
          <AlarmSign size={20} /> {say('alarm.lead.unit-doubled')} <When at={unit.doubledSince} />
        </li>
      ) : null}
      {tasks.map((task) => (
        <li key={task.type} className={css['trouble']} data-task={task.type}>
          <AlarmSign size={20} /> {unitTaskWords(task, say, language)}
        </li>
      ))}
    </ul>
  );
}

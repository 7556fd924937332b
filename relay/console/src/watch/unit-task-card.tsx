/** Something to see to of a unit, on the watch. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import { AlarmSign } from '../parts/icons.tsx';
import { Press } from '../parts/press.tsx';
import { useGo } from '../parts/way.tsx';
import type { UnitTask } from '../state/unit-tasks.ts';
import { unitTaskWords } from '../unit/unit-task-words.ts';
import { useWords } from '../words/words.ts';
import css from './watch.module.css';

export function UnitTaskCard({ unit, task }: { unit: UnitView; task: UnitTask }) {
  const { say, language } = useWords();
  const go = useGo();
  return (
    <article className={css['need']} data-tone="unit" data-testid="watch-unit" data-task={task.type}>
      <div>
        <p className={css['tag']}>
          <AlarmSign size={24} /> {say('unitTask.tag')}
        </p>
        <h2 className={css['what']}>{unit.client}</h2>
        <p className={css['line']}>{unitTaskWords(task, say, language)}</p>
      </div>
      <div className={css['acts']}>
        <Press press={() => go({ page: 'units' })}>{say('unitTask.show')}</Press>
      </div>
    </article>
  );
}

/** Units that are not well, by cause: a line with a number, which opens to the homes and to what there is to do. */
import { useMemo } from 'react';
import { useDesk, useNow } from '../around/around.tsx';
import { AlarmSign } from '../parts/icons.tsx';
import parts from '../parts/parts.module.css';
import { WayLink } from '../parts/way.tsx';
import { Ago } from '../parts/when.tsx';
import { byCause, type CauseGroup, sinceOf } from '../state/unit-cause.ts';
import { unitTasks } from '../state/unit-tasks.ts';
import { unitTaskWords } from '../unit/unit-task-words.ts';
import { useWords } from '../words/words.ts';
import { SomeOf } from './some-of.tsx';
import css from './watch.module.css';

const shown = 6;
const renewed = 10_000;

export function useUnitGroups(): readonly CauseGroup[] {
  const { language } = useWords();
  const { units } = useDesk();
  const now = useNow(renewed);
  return useMemo(() => byCause(units, now, language), [units, now, language]);
}

export function UnitGroups({ groups }: { groups: readonly CauseGroup[] }) {
  const { say } = useWords();
  if (groups.length === 0) return null;
  return (
    <section className={parts['card']} aria-labelledby="units-to-see-to" data-testid="watch-units">
      <h2 id="units-to-see-to">{say('watch.units')}</h2>
      <ul className={css['list']}>
        {groups.map((group) => (
          <li key={group.cause}>
            <Group group={group} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Group({ group: { cause, units } }: { group: CauseGroup }) {
  const { say, language } = useWords();
  const now = useNow(renewed);
  return (
    <details className={css['cause']} data-testid="watch-cause" data-cause={cause} data-count={units.length}>
      <summary>
        <AlarmSign size={20} /> <b>{say(`cause.${cause}`)}</b>
        <span>{say('watch.units.count', { count: units.length })}</span>
      </summary>
      <p className={css['quiet']}>{say(`causeDo.${cause}`)}</p>
      <SomeOf
        all={units}
        first={shown}
        idOf={({ unit }) => unit}
        draw={(unit) => {
          const since = sinceOf(unit, cause);
          const tasks = unitTasks(unit, now);
          return (
            <div className={css['causeHome']} data-testid="watch-unit" data-unit={unit.unit}>
              <WayLink to={{ page: 'units', id: unit.unit }}>
                {unit.client}
                {unit.place ? ` · ${unit.place}` : ''}
              </WayLink>
              {since ? (
                <small>
                  <Ago at={since} />
                </small>
              ) : null}
              {tasks.map((task) => (
                <small key={task.type} data-task={task.type}>
                  {unitTaskWords(task, say, language)}
                </small>
              ))}
            </div>
          );
        }}
      />
    </details>
  );
}

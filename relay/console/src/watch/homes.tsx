/** How many homes are connected, and the names of the first of those that are not. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import { useDesk } from '../around/around.tsx';
import { AlarmSign } from '../parts/icons.tsx';
import parts from '../parts/parts.module.css';
import { WayLink } from '../parts/way.tsx';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import css from './watch.module.css';

export function Homes() {
  const { say } = useWords();
  const units = [...useDesk().units.values()];
  const here = units.filter((unit) => unit.presence === 'here').length;
  const away = units.filter((unit) => unit.presence !== 'here');
  return (
    <section className={parts['card']} aria-labelledby="homes" data-testid="homes" data-here={here}>
      <h2 id="homes">{say('nav.units')}</h2>
      <div className={css['homes']}>
        {units.length === 0 ? <p className={css['quiet']}>{say('watch.noUnits')}</p> : null}
        {here > 0 ? <b>{say('watch.unitsHere', { count: here })}</b> : null}
        {away.length > 0 ? (
          <>
            <span className={css['away']}>
              <AlarmSign size={20} /> {say('watch.unitsAway', { count: away.length })}
            </span>
            <span className={css['quiet']}>{namesOf(away, say)}</span>
          </>
        ) : null}
        {units.length > 0 ? <WayLink to={{ page: 'units' }}>{say('look.show')}</WayLink> : null}
      </div>
    </section>
  );
}

const named = 3;

function namesOf(away: readonly UnitView[], say: Say): string {
  const names = [...new Set(away.map(({ client }) => client))];
  const first = names.slice(0, named).join(', ');
  return names.length > named ? `${first} ${say('watch.andMore', { count: names.length - named })}` : first;
}

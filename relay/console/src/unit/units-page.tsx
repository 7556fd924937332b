/** The page of homes: a few as cards, many as a table, and the card of one that has been opened. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import { useDesk } from '../around/around.tsx';
import { Empty, Page } from '../parts/page.tsx';
import { useId, WayLink } from '../parts/way.tsx';
import { UnitWeek } from '../plot/unit-week.tsx';
import { useWords } from '../words/words.ts';
import { AddUnit } from './add-unit.tsx';
import { HomesTable } from './homes-table.tsx';
import { inTrouble } from './trouble.ts';
import css from './unit.module.css';
import { UnitCard } from './unit-card.tsx';

/** So many fit a screen as cards, and need no table. */
const few = 6;

export function UnitsPage() {
  const id = useId();
  return id ? <OneHome id={id} /> : <AllHomes />;
}

function AllHomes() {
  const { say } = useWords();
  const units = [...useDesk().units.values()];
  return (
    <Page title={say('unit.title')} data-testid="units">
      <AddUnit />
      {units.length === 0 ? <Empty>{say('unit.none')}</Empty> : null}
      {units.length > few ? <HomesTable /> : <Cards units={units} />}
    </Page>
  );
}

/** All units of the home that the named one is in. */
function OneHome({ id }: { id: string }) {
  const { say } = useWords();
  const all = [...useDesk().units.values()];
  const client = all.find(({ unit }) => unit === id)?.client;
  const units = all.filter((unit) => unit.client === client);
  return (
    <Page
      title={client ?? say('unit.title')}
      data-testid="home"
      beside={
        <WayLink to={{ page: 'units' }} data-testid="all-homes">
          {say('homes.back')}
        </WayLink>
      }
    >
      {units.length === 0 ? <Empty>{say('homes.gone')}</Empty> : null}
      <div className={units.length === 1 ? css['beside'] : css['below']}>
        <Cards units={units} />
        <div className={css['below']}>
          {units.map(({ unit, place }) => (
            <UnitWeek key={unit} unit={unit} of={units.length > 1 ? (place ?? unit) : undefined} />
          ))}
        </div>
      </div>
    </Page>
  );
}

function Cards({ units }: { units: readonly UnitView[] }) {
  const { language } = useWords();
  return (
    <ul className={css['grid']}>
      {units.toSorted(byTrouble(language)).map((unit) => (
        <li key={unit.unit}>
          <UnitCard unit={unit} />
        </li>
      ))}
    </ul>
  );
}

const byTrouble = (language: string) => (a: UnitView, b: UnitView) =>
  Number(inTrouble(b)) - Number(inTrouble(a)) || a.client.localeCompare(b.client, language);

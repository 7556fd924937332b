/** The page of homes: each unit's presence, what its camera sees, and the plan it obeys. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import { useDesk } from '../around/around.tsx';
import { Empty, Page } from '../parts/page.tsx';
import { useWords } from '../words/words.ts';
import { AddUnit } from './add-unit.tsx';
import { inTrouble } from './trouble.ts';
import css from './unit.module.css';
import { UnitCard } from './unit-card.tsx';

export function UnitsPage() {
  const { say, language } = useWords();
  const units = [...useDesk().units.values()].sort(byTrouble(language));
  return (
    <Page title={say('unit.title')} data-testid="units">
      <AddUnit />
      {units.length === 0 ? (
        <Empty>{say('unit.none')}</Empty>
      ) : (
        <ul className={css['grid']}>
          {units.map((unit) => (
            <li key={unit.unit}>
              <UnitCard unit={unit} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

const byTrouble = (language: string) => (a: UnitView, b: UnitView) =>
  Number(inTrouble(b)) - Number(inTrouble(a)) || a.client.localeCompare(b.client, language);

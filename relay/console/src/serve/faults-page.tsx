/** The page of what is wrong at any unit of the organisation: the oldest first, and who sees to it. */
import { asFault } from '@nattfrid/shared/fault/fault';
import { useUnitFaults } from '../around/asking-serve.ts';
import checkCss from '../check/check.module.css';
import { CheckRow } from '../check/check-row.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { WayLink } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import css from './serve.module.css';
import { Owner } from './serve-page.tsx';

export function FaultsPage() {
  const { say } = useWords();
  const asked = useUnitFaults();
  return (
    <Page title={say('faults.title')} lead={say('faults.lead')} data-testid="faults">
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data?.faults.length === 0 ? <Empty>{say('faults.none')}</Empty> : null}
      <ul className={css['faults']}>
        {(asked.data?.faults ?? []).map(({ unit, client, place, check }) => (
          <li key={`${unit} ${check.name}`} data-testid="unit-fault">
            <p className={css['home']}>
              <b>{[client, place].filter(Boolean).join(' · ')}</b>
              <WayLink to={{ page: 'serve', id: unit }}>{say('unit.howIsIt')}</WayLink>
              {check.owner ? null : <span className={css['sub']}>{say('faults.nobody')}</span>}
            </p>
            <ul className={checkCss['rows']}>
              <CheckRow check={check}>
                <Owner unit={unit} check={check} />
              </CheckRow>
            </ul>
          </li>
        ))}
      </ul>
    </Page>
  );
}

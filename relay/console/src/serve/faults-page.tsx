/** The page of what is wrong at any unit of the organisation: the oldest first, and who sees to it. */
import type { FaultView } from '@nattfrid/shared/desk/serve-view';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useUnitFaults } from '../around/asking-serve.ts';
import checkCss from '../check/check.module.css';
import { CheckRow } from '../check/check-row.tsx';
import { checkWords } from '../check/check-words.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Listed } from '../parts/listed.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { timeColumn } from '../parts/time-column.tsx';
import { WayLink } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import css from './serve.module.css';
import { Owner } from './serve-page.tsx';

export function FaultsPage() {
  const { say, language } = useWords();
  const asked = useUnitFaults();
  return (
    <Page title={say('faults.title')} lead={say('faults.lead')} data-testid="faults">
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data?.faults.length === 0 ? <Empty>{say('faults.none')}</Empty> : null}
      <Listed
        id="faults"
        title={say('faults.title')}
        columns={[
          {
            id: 'client',
            head: say('table.head.client'),
            value: ({ client, place }) => [client, place].filter(Boolean).join(' · '),
            show: ({ unit, client, place }) => (
              <WayLink to={{ page: 'serve', id: unit }}>{[client, place].filter(Boolean).join(' · ')}</WayLink>
            ),
          },
          {
            id: 'fault',
            head: say('table.head.fault'),
            value: ({ check }) => checkWords(check, say, language).name,
            words: ({ check }) =>
              [checkWords(check, say, language).name, checkWords(check, say, language).says].join(': '),
            long: true,
          },
          {
            id: 'state',
            head: say('table.head.state'),
            value: ({ check }) => checkWords(check, say, language).state,
          },
          timeColumn<FaultView>('since', say('table.head.since'), ({ check }) => check.since),
          {
            id: 'owner',
            head: say('table.head.owner'),
            value: ({ check }) => check.owner?.name,
            words: ({ check }) => check.owner?.name ?? say('faults.nobody'),
          },
        ]}
        choices={[
          { id: 'nobody', words: (count) => say('table.nobody', { count }), holds: ({ check }) => !check.owner },
        ]}
        rows={asked.data?.faults ?? []}
        keyOf={({ unit, check }) => `${unit} ${check.name}`}
        line="fault-line"
        isWarm={({ check }) => check.state === 'fault'}
        cards={(some) => <Cards faults={some} />}
      />
    </Page>
  );
}

function Cards({ faults }: { faults: readonly FaultView[] }) {
  const { say } = useWords();
  return (
    <ul className={css['faults']}>
      {faults.map(({ unit, client, place, check }) => (
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
  );
}

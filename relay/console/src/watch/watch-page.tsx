/** The page of the watch: what waits for the operator, or that all is calm. */

import { useDesk, useDeskState, useLocalNow, useMay, useNow, useSelf } from '../around/around.tsx';
import { ConsoleCards } from '../consoles/console-card.tsx';
import { useReady } from '../look/ready.ts';
import { Notices } from '../night/notices.tsx';
import { WorkAhead } from '../night/work-ahead.tsx';
import { Page } from '../parts/page.tsx';
import { TestCards } from '../serve/test-cards.tsx';
import { freshness } from '../state/desk.ts';
import { idOf, type Need, needs } from '../state/needs.ts';
import { useWords } from '../words/words.ts';
import { AlarmCard } from './alarm-card.tsx';
import { Calm } from './calm.tsx';
import { Homes } from './homes.tsx';
import { LookCard } from './look-card.tsx';
import { NextLooks } from './next-looks.tsx';
import { Night } from './night.tsx';
import { Others } from './others.tsx';
import { Start } from './start.tsx';
import { UnitTaskCard } from './unit-task-card.tsx';
import { VisitCard } from './visit-card.tsx';
import css from './watch.module.css';

/** Whoever sees no desk finds here what there is to do. */
export const WatchPage = () => (useMay('see-desk') ? <Watch /> : <Start />);

function Watch() {
  const { say } = useWords();
  const found = needs(useDesk(), useSelf(), useNow());
  const fresh = freshness(useDeskState(), useLocalNow()).name === 'fresh';
  const count = found.mine.length;
  // Nothing stands above an alarm.
  const alarm = found.mine.some(({ type }) => type === 'alarm');
  useReady();
  return (
    <Page
      title={say('watch.title')}
      data-testid="watch"
      beside={count > 0 ? <p className={css['count']}>{say('watch.needs', { count })}</p> : null}
    >
      <Notices alarm={alarm} />
      {alarm ? null : <ConsoleCards />}
      {alarm ? null : <TestCards />}
      <div className={css['grid']}>
        {count === 0 ? (
          <Calm next={found.next[0]} fresh={fresh} />
        ) : (
          <ul className={css['needs']} data-testid="needs">
            {found.mine.map((need) => (
              <li key={idOf(need)}>
                <Card need={need} />
              </li>
            ))}
          </ul>
        )}
        <div className={css['side']}>
          <Others others={found.others} />
          <WorkAhead />
          <NextLooks looks={found.next} />
          <Homes />
        </div>
      </div>
      {alarm ? <TestCards /> : null}
      {alarm ? <ConsoleCards /> : null}
      <Night />
    </Page>
  );
}

function Card({ need }: { need: Need }) {
  switch (need.type) {
    case 'alarm':
      return <AlarmCard alarm={need.alarm} />;
    case 'look':
      return <LookCard look={need.look} />;
    case 'visit':
      return <VisitCard visit={need.visit} />;
    case 'unit':
      return <UnitTaskCard unit={need.unit} task={need.task} />;
  }
}

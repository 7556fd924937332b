/** The page of consoles: to a coordinator all, to an operator the own ones; who has confirmed them, and withdrawing one. */

import type { ConsoleView } from '@nattfrid/shared/desk/console-view';
import { may } from '@nattfrid/shared/desk/permissions';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useSelf } from '../around/around.tsx';
import { useConsoles } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Listed } from '../parts/listed.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import parts from '../parts/parts.module.css';
import { PressTwice } from '../parts/press-twice.tsx';
import type { ShownColumn } from '../parts/table.tsx';
import { timeColumn } from '../parts/time-column.tsx';
import { When } from '../parts/when.tsx';
import { consoleId } from '../state/desk.ts';
import { isSelf } from '../state/self.ts';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import { useWithdrawConsole } from './acts.ts';
import { ConsoleCards } from './console-card.tsx';
import css from './consoles.module.css';
import { comparing, Figures } from './figures.tsx';
import { useOwnConsole } from './own-console.ts';
import { SharedChoice } from './shared-choice.tsx';

export function ConsolesPage() {
  const { say, language } = useWords();
  const self = useSelf();
  const coordinator = may(self.role, 'manage-people');
  const asked = useConsoles();
  const own = useOwnConsole();
  const theirs = (asked.data?.consoles ?? []).filter((one) => coordinator || isSelf(self, one.who));
  const all = [...theirs].sort(
    (a, b) =>
      Number(a.state === 'withdrawn') - Number(b.state === 'withdrawn') ||
      a.who.localeCompare(b.who, language) ||
      b.lastSeenAt.localeCompare(a.lastSeenAt),
  );
  return (
    <Page
      title={say(coordinator ? 'consoles.title' : 'consoles.mine')}
      lead={say('consoles.lead')}
      data-testid="consoles"
    >
      <ConsoleCards />
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data && all.length === 0 ? <Empty>{say('consoles.none')}</Empty> : null}
      <Listed
        id="consoles"
        title={say(coordinator ? 'consoles.title' : 'consoles.mine')}
        columns={columnsOf(say)}
        choices={[
          {
            id: 'waits',
            words: (count) => say('table.waits', { count }),
            holds: ({ state, asks }) => asks === true || state === 'unconfirmed',
          },
          {
            id: 'withdrawn',
            words: (count) => say('table.withdrawn', { count }),
            holds: ({ state }) => state === 'withdrawn',
          },
        ]}
        rows={all}
        keyOf={consoleId}
        line="console-line"
        isWarm={({ state, asks }) => asks === true || state === 'unconfirmed'}
        cards={(some) => (
          <ul className={css['list']}>
            {some.map((one) => (
              <li key={consoleId(one)}>
                <ConsoleRow one={one} here={one.console === own?.console} />
              </li>
            ))}
          </ul>
        )}
      />
    </Page>
  );
}

const columnsOf = (say: Say): readonly ShownColumn<ConsoleView>[] => [
  { id: 'who', head: say('table.head.who'), value: ({ who }) => who },
  { id: 'device', head: say('table.head.device'), value: ({ label }) => label },
  { id: 'state', head: say('table.head.state'), value: (one) => stateWords(one, say) },
  timeColumn('first-seen', say('table.head.firstSeen'), ({ firstSeenAt }) => firstSeenAt),
  timeColumn('last-seen', say('table.head.lastSeen'), ({ lastSeenAt }) => lastSeenAt),
];

function ConsoleRow({ one, here }: { one: ConsoleView; here: boolean }) {
  const { say } = useWords();
  const withdraw = useWithdrawConsole(one);
  return (
    <article className={parts['card']} data-testid="console-row" data-state={one.state}>
      <h2>
        {one.who}
        {one.label ? ` · ${one.label}` : ''}
      </h2>
      <p>
        <b>{stateWords(one, say)}</b>
        {here ? ` · ${say('consoles.here')}` : ''}
      </p>
      <Figures of={one.console} />
      <dl className={parts['facts']}>
        <dt>{say('consoles.firstSeen')}</dt>
        <dd>
          <When at={one.firstSeenAt} />
        </dd>
        <dt>{say('consoles.lastSeen')}</dt>
        <dd>
          <When at={one.lastSeenAt} />
        </dd>
      </dl>
      {one.state === 'withdrawn' ? null : <SharedChoice one={one} here={here} />}
      <FaultWords fault={withdraw.fault} />
      {one.state === 'withdrawn' ? null : (
        <PressTwice
          sure={say('consoles.withdraw.again')}
          patience={comparing}
          busy={withdraw.busy}
          press={() => withdraw.run(undefined)}
          data-testid="withdraw-console"
        >
          {say('consoles.withdraw')}
        </PressTwice>
      )}
    </article>
  );
}

function stateWords({ state, asks, by: who = '' }: ConsoleView, say: Say): string {
  if (asks) return say('consoles.state.asks');
  switch (state) {
    case 'known':
      return say('consoles.state.known');
    case 'unconfirmed':
      return say('consoles.state.unconfirmed');
    case 'confirmed':
      return say('consoles.state.confirmed', { who });
    case 'withdrawn':
      return say('consoles.state.withdrawn', { who });
  }
}

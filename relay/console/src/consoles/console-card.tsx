/** The card of a colleague's console that waits to be confirmed: its figures, to be compared with what the colleague reads out. */

import { type ConsoleView, waits } from '@nattfrid/shared/desk/console-view';
import { may } from '@nattfrid/shared/desk/permissions';
import { useDesk, useSelf } from '../around/around.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import { KeySign } from '../parts/icons.tsx';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { Ago } from '../parts/when.tsx';
import { consoleId } from '../state/desk.ts';
import { isSelf } from '../state/self.ts';
import { useWords } from '../words/words.ts';
import { useConfirmConsole, useDoubtConsole } from './acts.ts';
import css from './consoles.module.css';
import { comparing, Figures } from './figures.tsx';
import { mayConfirm, useOwnConsole, useVouched } from './own-console.ts';

/** Those that wait, for a console that may confirm them itself. */
export function ConsoleCards() {
  const own = useOwnConsole();
  const waiting = [...useDesk().consoles.values()].filter((one) => waits(one) && one.console !== own?.console);
  if (!mayConfirm(own) || waiting.length === 0) return null;
  return (
    <ul className={css['cards']}>
      {waiting.map((one) => (
        <li key={consoleId(one)}>
          <ConsoleCard one={one} />
        </li>
      ))}
    </ul>
  );
}

function ConsoleCard({ one }: { one: ConsoleView }) {
  const { say } = useWords();
  const self = useSelf();
  const confirm = useConfirmConsole(one);
  const doubt = useDoubtConsole(one);
  const { who, doubtedBy } = one;
  const mine = isSelf(self, who);
  const coordinator = may(self.role, 'manage-people');
  const decides = doubtedBy === undefined || coordinator;
  // Homes know those who have looked, and those that the municipality has vouched for.
  const counts = useVouched() || !coordinator;
  return (
    <article className={css['card']} data-testid="console-card">
      <div>
        <p className={css['tag']}>
          <KeySign size={24} /> {say('consoles.tag')}
          {one.label ? ` · ${one.label}` : ''} · <Ago at={one.firstSeenAt} />
        </p>
        <h2>{mine ? say('consoles.card.own') : say('consoles.card.title', { who })}</h2>
        <Figures of={one.console} />
        <p>{mine ? say('consoles.card.own.words') : say('consoles.card.words', { who })}</p>
        {doubtedBy ? (
          <p className={css['doubted']} role="status">
            {say(decides ? 'consoles.doubted.decide' : 'consoles.doubted', { who: doubtedBy })}
          </p>
        ) : null}
        {counts ? null : <p className={css['doubted']}>{say('consoles.card.notVouched')}</p>}
        <FaultWords fault={confirm.fault ?? doubt.fault} />
      </div>
      {decides && counts ? (
        <div className={css['acts']}>
          <PressTwice
            sure={say('consoles.match.again')}
            tone="cool"
            patience={comparing}
            busy={confirm.busy}
            press={() => confirm.run(undefined)}
            data-testid="confirm-console"
          >
            {say('consoles.match')}
          </PressTwice>
          {doubtedBy ? null : (
            <Press busy={doubt.busy} press={() => doubt.run(undefined)} data-testid="doubt-console">
              {say('consoles.noMatch')}
            </Press>
          )}
        </div>
      ) : null}
    </article>
  );
}

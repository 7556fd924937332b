/** On the card of a console: whether several people use that computer, and after how long without use it locks. */
import { NativeSelect } from '@mantine/core';
import type { ConsoleView } from '@nattfrid/shared/desk/console-view';
import { useState } from 'react';
import { useMay } from '../around/around.tsx';
import { useShareConsole } from '../around/asking-shared.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import form from '../parts/form.module.css';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { useWords } from '../words/words.ts';
import css from './consoles.module.css';

const offered = [2, 5, 10, 15, 30] as const;
const usual = 5;

/** @param here it is the computer that one sits at */
export function SharedChoice({ one, here }: { one: ConsoleView; here: boolean }) {
  const { say } = useWords();
  const mayShare = useMay('share-console');
  const mayUnshare = useMay('unshare-console');
  const { share, unshare } = useShareConsole(one.console);
  const [minutes, setMinutes] = useState(one.sharedMinutes ?? usual);
  const shared = one.sharedMinutes;
  if (shared === undefined && !(mayShare && (here || mayUnshare))) return null;
  return (
    <div className={css['shared']} data-testid="shared-choice">
      {shared === undefined ? <p>{say('shared.words')}</p> : <p>{say('shared.is', { count: shared })}</p>}
      {mayShare && (here || mayUnshare) ? (
        <div className={`${css['sharedRow']} ${form['field']}`}>
          <NativeSelect
            label={say('shared.after')}
            value={String(minutes)}
            onChange={({ currentTarget }) => setMinutes(Number(currentTarget.value))}
            data={[...new Set([...offered, minutes])]
              .sort((a, b) => a - b)
              .map((count) => ({ value: String(count), label: say('shared.minutes', { count }) }))}
            data-testid="shared-minutes"
          />
          {shared === minutes ? null : (
            <Press busy={share.busy} press={() => share.run(minutes)} data-testid="share-console">
              {say(here ? 'shared.mark' : 'shared.mark.other')}
            </Press>
          )}
          {shared !== undefined && mayUnshare ? (
            <PressTwice
              sure={say('shared.unmark.sure')}
              busy={unshare.busy}
              press={() => unshare.run(undefined)}
              data-testid="unshare-console"
            >
              {say('shared.unmark')}
            </PressTwice>
          ) : null}
        </div>
      ) : null}
      <FaultWords fault={share.fault ?? unshare.fault} />
    </div>
  );
}

/** The notice on a console that nobody has confirmed yet, or that has been withdrawn: its figures, and what to do step by step. */
import type { ReactNode } from 'react';
import { useDesk } from '../around/around.tsx';
import { KeySign } from '../parts/icons.tsx';
import { usePath } from '../parts/way.tsx';
import { untaken } from '../state/needs.ts';
import { useWords } from '../words/words.ts';
import css from './consoles.module.css';
import { Figures } from './figures.tsx';
import { useOwnConsole, waitsForWord } from './own-console.ts';

export function ConsoleNotice() {
  const { say } = useWords();
  const own = useOwnConsole();
  if (own?.state === 'withdrawn')
    return (
      <Notice title={say('consoles.withdrawn.title')} data-testid="console-withdrawn">
        <p>{say('consoles.withdrawn.words')}</p>
      </Notice>
    );
  if (!waitsForWord(own)) return null;
  return (
    <Notice title={say('consoles.notice.title')} data-testid="console-notice">
      <p>{say(own.state === 'unconfirmed' ? 'consoles.notice.words' : 'consoles.notice.asks')}</p>
      <Figures of={own.console} />
      <ol>
        <li>{say('consoles.notice.call')}</li>
        <li>{say('consoles.notice.read')}</li>
        <li>{say('consoles.notice.then')}</li>
      </ol>
      {own.doubtedBy ? <p>{say('consoles.notice.doubted', { who: own.doubtedBy })}</p> : null}
    </Notice>
  );
}

/** One line that opens, where something else comes first: an alarm that nobody has taken, or another page than the watch. */
function Notice({ title, children, ...rest }: { title: string; children: ReactNode; 'data-testid': string }) {
  const path = usePath();
  const alarms = untaken(useDesk()).length;
  const open = path === '/' && alarms === 0;
  return (
    <section className={css['notice']} aria-label={title} {...rest}>
      <details key={String(open)} open={open}>
        <summary>
          <KeySign size={30} />
          <span role="status">{title}</span>
        </summary>
        <div>{children}</div>
      </details>
    </section>
  );
}

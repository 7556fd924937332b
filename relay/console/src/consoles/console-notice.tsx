/** The notice on a console that nobody has confirmed yet, or that has been withdrawn: its figures, and what to do step by step. */
import { KeySign } from '../parts/icons.tsx';
import { useWords } from '../words/words.ts';
import css from './consoles.module.css';
import { Figures } from './figures.tsx';
import { useOwnConsole, waitsForWord } from './own-console.ts';

export function ConsoleNotice() {
  const { say } = useWords();
  const own = useOwnConsole();
  if (own?.state === 'withdrawn')
    return (
      <section className={css['notice']} data-testid="console-withdrawn" aria-labelledby="console-withdrawn">
        <KeySign size={40} />
        <div>
          <h2 id="console-withdrawn">{say('consoles.withdrawn.title')}</h2>
          <p>{say('consoles.withdrawn.words')}</p>
        </div>
      </section>
    );
  if (!waitsForWord(own)) return null;
  return (
    <section className={css['notice']} data-testid="console-notice" aria-labelledby="console-notice">
      <KeySign size={40} />
      <div>
        <h2 id="console-notice" role="status">
          {say('consoles.notice.title')}
        </h2>
        <p>{say(own.state === 'known' ? 'consoles.notice.asks' : 'consoles.notice.words')}</p>
        <Figures of={own.console} />
        <ol>
          <li>{say('consoles.notice.call')}</li>
          <li>{say('consoles.notice.read')}</li>
          <li>{say('consoles.notice.then')}</li>
        </ol>
        {own.doubtedBy ? <p>{say('consoles.notice.doubted', { who: own.doubtedBy })}</p> : null}
      </div>
    </section>
  );
}

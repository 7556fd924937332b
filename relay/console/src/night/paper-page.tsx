/** The night on paper: homes by alias, open alarms, visits and telephone numbers, as they were when the list was made. Kept nowhere. */
import { useState } from 'react';
import { useDesk, useDeskState, useLocalNow, useNow } from '../around/around.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { kindKey } from '../state/alarm-name.ts';
import { freshness } from '../state/desk.ts';
import { clockTime, readTime, whenever } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './night.module.css';
import { paperOf } from './paper.ts';
import { PaperTable } from './paper-table.tsx';

export function PaperPage() {
  const { say, language } = useWords();
  const desk = useDesk();
  const now = useNow();
  const fresh = freshness(useDeskState(), useLocalNow()).name === 'fresh';
  // What is printed is of one moment, and says which; it stays on the screen while there is no network.
  const [paper, setPaper] = useState(() => paperOf(desk, now));
  const time = (at: string) => clockTime(readTime(at), language);
  const made = whenever(paper.made, now, language, say);
  return (
    <Page title={say('paper.title')} data-testid="paper" beside={<p>{say('paper.made', { time: made })}</p>}>
      <div className={css['screenOnly']}>
        <p className={css['sub']}>{say('paper.lead')}</p>
        {fresh ? null : <p className={css['warning']}>{say('paper.stale')}</p>}
        <div className={css['acts']}>
          <Press tone="cool" large press={() => window.print()} data-testid="paper-print">
            {say('paper.print')}
          </Press>
          <Press large disabled={!fresh} press={() => setPaper(paperOf(desk, now))}>
            {say('paper.again')}
          </Press>
        </div>
      </div>
      <div className={css['paper']}>
        <PaperTable
          title={say('paper.teams')}
          heads={[say('paper.who'), say('paper.number')]}
          rows={paper.telephones.map(({ name, number }) => [name, number])}
        />
        <PaperTable
          title={say('paper.alarms')}
          heads={[say('paper.time'), say('paper.home'), say('paper.what'), say('paper.who'), say('paper.number')]}
          rows={paper.alarms.map((alarm) => [
            time(alarm.receivedAt),
            alarm.client,
            say(kindKey(alarm)),
            alarm.takenBy ?? '',
            alarm.chain?.call ?? '',
          ])}
        />
        <PaperTable
          title={say('paper.visits')}
          heads={[say('paper.time'), say('paper.home'), say('paper.what'), say('paper.state'), say('paper.who')]}
          rows={paper.visits.map(({ visit, team }) => [
            time(visit.neededAt),
            visit.client,
            say(`visit.why.${visit.why}`),
            say(`visit.state.${visit.state}`),
            visit.who ?? team ?? '',
          ])}
        />
        <PaperTable
          title={say('paper.homes')}
          heads={[say('paper.time'), say('paper.home'), say('paper.seen'), say('paper.sign')]}
          rows={paper.looks.map((look) => [`${time(look.dueFrom)}–${time(look.dueUntil)}`, look.client, '', ''])}
        />
      </div>
    </Page>
  );
}

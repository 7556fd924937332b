/** The card of one visit on the watch. */
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import { memo } from 'react';
import { VisitSign } from '../parts/icons.tsx';
import { Press } from '../parts/press.tsx';
import { useGo } from '../parts/way.tsx';
import { Ago, When } from '../parts/when.tsx';
import { useWords } from '../words/words.ts';
import css from './watch.module.css';

export const VisitCard = memo(function VisitCard({ visit, line = false }: { visit: VisitView; line?: boolean }) {
  const { say } = useWords();
  const go = useGo();
  return (
    <article
      className={line ? css['needLine'] : css['need']}
      data-tone="visit"
      data-testid="watch-visit"
      data-state={visit.state}
    >
      <div>
        <p className={css['tag']}>
          <VisitSign size={line ? 18 : 24} /> {say('visit.tag')} · {say(`visit.state.${visit.state}`)}
          {visit.who ? ` · ${visit.who}` : ''}
        </p>
        <h2 className={css['what']}>{visit.client}</h2>
        <p className={css['line']}>
          {say(`visit.why.${visit.why}`)} ·{' '}
          <strong>
            <When at={visit.neededAt} />
          </strong>{' '}
          · <Ago at={visit.neededAt} />
        </p>
      </div>
      <div className={css['acts']}>
        <Press press={() => go({ page: 'visits' })}>{say('visit.show')}</Press>
      </div>
    </article>
  );
});

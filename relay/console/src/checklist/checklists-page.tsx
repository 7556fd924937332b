/** The page of checklists: the list of each kind, to be filled in for a home, printed or changed; and those that are filled in. */
import { type Checklist, ChecklistKind } from '@nattfrid/shared/desk/checklist-view';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useState } from 'react';
import { useMay } from '../around/around.tsx';
import { useChecklists } from '../around/asking-training.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import { BeginChecklist } from './begin-checklist.tsx';
import { ChangeChecklist } from './change-checklist.tsx';
import css from './checklist.module.css';
import { FilledCard } from './filled-card.tsx';
import { itemWords } from './item-words.ts';

export function ChecklistsPage() {
  const { say } = useWords();
  const asked = useChecklists();
  const [kind, setKind] = useState<ChecklistKind>('install');
  const list = asked.data?.lists.find((one) => one.kind === kind);
  const filled = asked.data?.filled ?? [];
  return (
    <Page title={say('checklists.title')} lead={say('checklists.lead')} data-testid="checklists">
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      <nav className={css['choose']} aria-label={say('checklists.kind')}>
        {ChecklistKind.options.map((one) => (
          <Press
            key={one}
            aria-pressed={one === kind}
            tone={one === kind ? 'cool' : 'quiet'}
            press={() => setKind(one)}
            data-testid={`checklist-${one}`}
          >
            {say(`checklist.${one}`)}
          </Press>
        ))}
      </nav>
      {list ? <OneList key={`${kind} ${list.version}`} list={list} /> : null}
      {asked.data ? (
        <section className={css['filled']} aria-labelledby="filled">
          <h2 id="filled">{say('checklists.filled')}</h2>
          {filled.length === 0 ? <Empty>{say('checklists.filled.none')}</Empty> : null}
          {filled.map((one, index) => (
            <FilledCard key={one.filled} one={one} open={index === 0 && !one.doneAt} />
          ))}
        </section>
      ) : null}
    </Page>
  );
}

function OneList({ list }: { list: Checklist }) {
  const { say } = useWords();
  const mayChange = useMay('change-checklists');
  const { kind, version, items, madeBy } = list;
  return (
    <>
      <article className={css['paper']} data-testid="checklist-paper">
        <h2>{say(`checklist.${kind}`)}</h2>
        <p>
          {say('checklists.version', { version })} · {madeBy ?? say('checklists.shipped')}
        </p>
        <p className={css['blank']}>{say('checklists.paper')}</p>
        <ol>
          {items.map((one) => (
            <li key={one.item}>{itemWords(one, say)}</li>
          ))}
        </ol>
      </article>
      <div className={css['choose']}>
        <Press press={() => window.print()} data-testid="checklist-print">
          {say('checklists.print')}
        </Press>
      </div>
      <BeginChecklist kind={kind} />
      {mayChange ? <ChangeChecklist list={list} /> : null}
    </>
  );
}

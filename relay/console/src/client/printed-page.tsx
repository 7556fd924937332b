/** The plan as the client gets it on paper: plain words, large type, whom to call, how to stop. Nothing but the sheet is printed. */
import type { ClientView } from '@nattfrid/shared/desk/client-view';
import type { ClientId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useClient } from '../around/asking-care.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useId, WayLink } from '../parts/way.tsx';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import { ModeExample } from './mode-example.tsx';
import css from './printed.module.css';

export function PrintedPage() {
  const { say } = useWords();
  const client = useId() as ClientId;
  const asked = useClient(client);
  return (
    <Page
      title={say('sheet.title')}
      beside={
        <>
          <WayLink to={{ page: 'client', id: client }}>{say('sheet.back')}</WayLink>
          <Press press={() => window.print()}>{say('sheet.print')}</Press>
        </>
      }
      data-testid="printed"
    >
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data ? <Paper view={asked.data} /> : null}
    </Page>
  );
}

function Paper({ view }: { view: ClientView }) {
  const { say } = useWords();
  const form = view.plan?.form;
  if (!form) return <p>{say('sheet.noPlan')}</p>;
  const { fallback } = form.cards.technical ?? Object.values(form.cards)[0] ?? {};
  const told = eventWords(form, say);
  return (
    <article className={css['paper']} data-testid="paper">
      <h2>{say('sheet.heading')}</h2>
      <p className={css['name']}>{view.personal.name}</p>
      {view.plan.state === 'in-force' ? null : <p className={css['draft']}>{say('sheet.notInForce')}</p>}
      <section>
        <h3>{say('sheet.looks')}</h3>
        {form.windows.length === 0 ? <p>{say('sheet.looks.none')}</p> : <p>{say('sheet.looks.words')}</p>}
        <ul>
          {form.windows.map(({ id, from, to }) => (
            <li key={id}>{from === to ? say('sheet.allDay') : say('sheet.window', { from, to })}</li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{say('sheet.seen')}</h3>
        <div className={css['seen']}>
          <ModeExample mode={form.mode} />
          <p>{say(`sheet.mode.${form.mode}`)}</p>
        </div>
        <p>{say('sheet.never')}</p>
      </section>
      {told.length > 0 ? (
        <section>
          <h3>{say('sheet.events')}</h3>
          <ul>
            {told.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className={css['stop']}>
        <h3>{say('sheet.stop')}</h3>
        <p>{say('sheet.stop.words')}</p>
        <p className={css['call']}>
          {fallback
            ? say('sheet.call', { who: fallback.words, telephone: fallback.telephone })
            : say('sheet.call.none')}
        </p>
      </section>
      <p>{say('sheet.until', { from: form.from, until: form.until })}</p>
    </article>
  );
}

function eventWords({ product, events }: NonNullable<ClientView['plan']>['form'], say: Say): readonly string[] {
  if (product === 'looks-only') return [];
  const { fall, leftRoom, notInBed } = events;
  return [
    ...(fall ? [say('sheet.fall')] : []),
    ...(leftRoom ? [say('sheet.leftRoom', { minutes: leftRoom.minutes })] : []),
    ...(notInBed ? [say('sheet.notInBed', { by: notInBed.by })] : []),
  ];
}

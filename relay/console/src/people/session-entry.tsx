/** Where somebody is signed in: on which device, since when, last seen when; and signing it out. */
import type { SessionView } from '@nattfrid/shared/desk/person-view';
import { usePeopleAct } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { Ago, When } from '../parts/when.tsx';
import { useWords } from '../words/words.ts';
import { deviceWords } from './device.ts';
import css from './people.module.css';

export function SessionEntry({ session }: { session: SessionView }) {
  const { say } = useWords();
  const end = usePeopleAct('endSession', { session: session.session });
  const [before, after] = say('people.seen', { ago: '|' }).split('|');
  const [since, rest] = say('people.since', { time: '|' }).split('|');
  return (
    <li data-testid="session">
      <div>
        <b title={session.device}>{deviceWords(session.device, say)}</b>
        {session.own ? ` · ${say('people.thisOne')}` : ''}
        <p className={css['sub']}>
          {since}
          <When at={session.since} />
          {rest} · {before}
          <Ago at={session.seenAt ?? session.since} />
          {after}
          {session.assurance ? ` · ${say(`held.${session.assurance}`)}` : ''}
        </p>
      </div>
      {session.own ? null : (
        <Press busy={end.busy} press={() => end.run({})} data-testid="end-session">
          {say('people.end')}
        </Press>
      )}
      <FaultWords fault={end.fault} />
    </li>
  );
}

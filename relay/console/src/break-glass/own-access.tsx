/** What one has asked for: how long it still waits, and once it is open, what it opens. */
import type { BreakGlassView } from '@nattfrid/shared/desk/break-glass';
import { useDesk, useNow } from '../around/around.tsx';
import { useEndBreakGlass } from '../around/asking-break-glass.ts';
import { useReadVisitCard } from '../around/asking-care.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { WayLink } from '../parts/way.tsx';
import { kindKey } from '../state/alarm-name.ts';
import { clockTime, length, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './break-glass.module.css';
import { Card } from './card.tsx';

export function OwnAccess({ access }: { access: BreakGlassView }) {
  const { say, language } = useWords();
  const now = useNow();
  const end = useEndBreakGlass(access.access);
  const { client, what, state, until, grantedBy = '' } = access;
  const isOpen = state === 'open';
  return (
    <article className={parts['card']} data-testid="own-access" data-state={state}>
      <h2>{say('breakGlass.heading', { what: say(`breakGlass.what.${what}`), client })}</h2>
      <p role="status" className={css['state']}>
        {isOpen
          ? say('breakGlass.open', { time: clockTime(readTime(until), language), who: grantedBy })
          : say('breakGlass.waiting', { length: length(Math.max(0, readTime(until) - now), say) })}
      </p>
      {isOpen && what === 'visit-card' ? <OpenedCard access={access} /> : null}
      {isOpen && what === 'alarms' ? <OpenedAlarms access={access} /> : null}
      <div className={css['acts']}>
        <Press busy={end.busy} press={() => end.run(undefined)} data-testid="end-access">
          {say(isOpen ? 'breakGlass.giveBack' : 'breakGlass.withdraw')}
        </Press>
      </div>
      <FaultWords fault={end.fault} />
    </article>
  );
}

function OpenedCard({ access }: { access: BreakGlassView }) {
  const { say } = useWords();
  const read = useReadVisitCard(access.client);
  if (read.card) return <Card card={read.card} />;
  return (
    <div>
      <Press tone="cool" large busy={read.busy} press={() => read.run(undefined)} data-testid="show-card">
        {say('breakGlass.show')}
      </Press>
      <FaultWords fault={read.fault} />
    </div>
  );
}

function OpenedAlarms({ access }: { access: BreakGlassView }) {
  const { say } = useWords();
  const alarms = [...useDesk().alarms.values()].filter(
    ({ client, state }) => client === access.client && state !== 'closed',
  );
  if (alarms.length === 0) return <p>{say('breakGlass.alarms.none')}</p>;
  return (
    <ul className={css['alarms']}>
      {alarms.map((alarm) => (
        <li key={alarm.alarm}>
          <WayLink to={{ page: 'alarm', id: alarm.alarm }} data-testid="opened-alarm">
            {say(kindKey(alarm))} · {alarm.client}
          </WayLink>
        </li>
      ))}
    </ul>
  );
}

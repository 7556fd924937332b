/** On every page: what waits for one's own yes, and what is open by somebody else's. Heard once when it comes. */
import type { BreakGlassView } from '@nattfrid/shared/desk/break-glass';
import { useEffect } from 'react';
import { useAround, useDesk, useMay, useNow, useSelf } from '../around/around.tsx';
import { useDeclineBreakGlass, useGrantBreakGlass } from '../around/asking-break-glass.ts';
import { KeySign } from '../parts/icons.tsx';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { usePath, WayLink } from '../parts/way.tsx';
import { clockTime, length, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './break-glass.module.css';
import { BreakGlassFault } from './fault.tsx';
import { ofOthers, ownOf } from './own.ts';

export function BreakGlassStrip() {
  const { say, language } = useWords();
  const self = useSelf();
  const desk = useDesk();
  const path = usePath();
  const open = path.startsWith('/break-glass') ? [] : ownOf(desk, self).filter(({ state }) => state === 'open');
  return (
    <>
      {ofOthers(desk, self, 'asked').map((one) => (
        <Asked key={one.access} access={one} />
      ))}
      {open.map(({ access, client, until }) => (
        <p key={access} className={css['strip']} role="status" data-testid="break-glass-open">
          <span>
            <KeySign size={24} /> {say('breakGlass.strip.open', { client, time: clockTime(readTime(until), language) })}
          </span>
          <WayLink to={{ page: 'break-glass' }}>{say('breakGlass.strip.show')}</WayLink>
        </p>
      ))}
      <ToReview />
    </>
  );
}

function Asked({ access }: { access: BreakGlassView }) {
  const { say } = useWords();
  const { ringer } = useAround();
  const now = useNow();
  const grant = useGrantBreakGlass(access.access);
  const decline = useDeclineBreakGlass(access.access);
  useEffect(() => ringer.ring(), [ringer]);
  const { who, role, what, client, reason, words, until } = access;
  return (
    <section
      className={css['asked']}
      aria-label={`${say('breakGlass.strip', { who })}: ${say(`breakGlass.what.${what}`)}, ${client}`}
      data-testid="break-glass-asked"
      data-access={access.access}
    >
      <div>
        <strong role="alert">
          <KeySign size={26} /> {say('breakGlass.strip', { who })}
        </strong>
        <p>
          {say('breakGlass.strip.words', {
            ...{ client, role: say(`role.${role}`), what: say(`breakGlass.what.${what}`) },
            ...{ reason: say(`breakGlass.reason.${reason}`), length: length(Math.max(0, readTime(until) - now), say) },
          })}
        </p>
        {words ? <blockquote>{words}</blockquote> : null}
        <small>{say('breakGlass.strip.check', { who })}</small>
        <BreakGlassFault fault={grant.fault ?? decline.fault} />
      </div>
      <div className={css['acts']}>
        <PressTwice
          sure={say('breakGlass.grant.sure')}
          tone="cool"
          busy={grant.busy}
          press={() => grant.run(undefined)}
          data-testid="grant-break-glass"
        >
          {say('breakGlass.grant')}
        </PressTwice>
        <Press busy={decline.busy} press={() => decline.run(undefined)} data-testid="decline-break-glass">
          {say('breakGlass.decline')}
        </Press>
      </div>
    </section>
  );
}

/** To whoever checks the log, until it is done. */
function ToReview() {
  const { say } = useWords();
  const mayCheck = useMay('check-log');
  const count = useDesk().breakGlassWaits;
  const path = usePath();
  if (!mayCheck || count === 0 || path === '/log-check') return null;
  return (
    <p className={css['strip']} role="status" data-testid="break-glass-waits">
      <span>
        <KeySign size={24} /> {say('breakGlass.review.notice', { count })}
      </span>
      <WayLink to={{ page: 'log-check' }}>{say('breakGlass.strip.show')}</WayLink>
    </p>
  );
}

/** The page of the log check: a check is made for a month, each access in it is looked at, and it is signed off. */
import type { CheckedAccess, LogCheck } from '@nattfrid/shared/desk/follow-up-view';
import { asFault } from '@nattfrid/shared/fault/fault';
import { seconds } from '@nattfrid/shared/time/duration';
import { useState } from 'react';
import { useLocalNow } from '../around/around.tsx';
import { useCheckedAccesses, useLogChecks, useMakeLogCheck } from '../around/asking-follow-up.ts';
import { whatWords } from '../audit/what-words.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Listed } from '../parts/listed.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { timeColumn } from '../parts/time-column.tsx';
import { When } from '../parts/when.tsx';
import { length } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { BreakGlassReview } from './break-glass-review.tsx';
import { CheckedEntry } from './checked-entry.tsx';
import css from './follow-up.module.css';
import { ChoosePeriod, lastDays } from './period.tsx';
import { SignOff } from './sign-off.tsx';

/** How often the page looks whether a new day has begun, in ms. */
const minute = 60_000;

export function LogCheckPage() {
  const { say } = useWords();
  const now = useLocalNow(minute);
  const [period, setPeriod] = useState(() => lastDays(30, now));
  const asked = useLogChecks();
  const make = useMakeLogCheck();
  return (
    <Page title={say('logCheck.title')} lead={say('logCheck.lead')} data-testid="log-check">
      {asked.data?.dueSince ? (
        <p role="status" className={parts['fault']} data-testid="log-check-due">
          {asked.data.checks.some(({ signedOffAt }) => signedOffAt)
            ? say('logCheck.due', { day: asked.data.dueSince })
            : say('logCheck.due.never')}
        </p>
      ) : null}
      <BreakGlassReview />
      <ChoosePeriod now={now} period={period} choose={setPeriod} />
      <div>
        <Press tone="cool" busy={make.busy} press={() => make.run(period)} data-testid="log-check-make">
          {say('logCheck.make')}
        </Press>
      </div>
      <FaultWords fault={make.fault} />
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data?.checks.length === 0 ? <Empty>{say('logCheck.none')}</Empty> : null}
      {(asked.data?.checks ?? []).map((check, index) => (
        <OneCheck key={check.check} check={check} opened={index === 0} />
      ))}
    </Page>
  );
}

function OneCheck({ check, opened }: { check: LogCheck; opened: boolean }) {
  const { say } = useWords();
  const [open, setOpen] = useState(opened);
  const { found, left } = check;
  const [before, after] = say('logCheck.made', { who: check.madeBy, at: '|' }).split('|');
  return (
    <details
      className={css['check']}
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      data-testid="check"
    >
      <summary>
        <b>
          {check.from} – {check.until}
        </b>
        <span>
          {check.signedOffBy
            ? say('logCheck.signedOff', { who: check.signedOffBy })
            : say('logCheck.left', { left, all: found })}
        </span>
      </summary>
      <p className={css['quiet']}>
        {before}
        <When at={check.madeAt} />
        {after} · {say('logCheck.of', { found, accesses: check.accesses })}
      </p>
      {check.words ? <blockquote>{check.words}</blockquote> : null}
      {open ? <Accesses check={check} /> : null}
      {check.signedOffAt ? null : <SignOff check={check.check} left={left} />}
    </details>
  );
}

/** Read once the check is unfolded, so many at a time. */
function Accesses({ check }: { check: LogCheck }) {
  const { say } = useWords();
  const asked = useCheckedAccesses(check.check);
  return (
    <>
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      <Listed
        id="accesses"
        title={`${check.from} – ${check.until}`}
        columns={[
          { id: 'who', head: say('table.head.who'), value: ({ who }) => who },
          { id: 'client', head: say('table.head.client'), value: ({ client }) => client },
          { id: 'what', head: say('table.head.what'), value: ({ what }) => whatWords(what, say) },
          timeColumn<CheckedAccess>('when', say('table.head.when'), ({ at }) => at),
          {
            id: 'length',
            head: say('table.head.length'),
            value: (access) => access.seconds,
            words: (access) => (access.seconds === undefined ? '–' : length(seconds(access.seconds), say)),
          },
          {
            id: 'why',
            head: say('table.head.why'),
            value: ({ oddities }) =>
              oddities.map((oddity) => say(`oddity.${oddity}`)).join(' · ') || say('logCheck.byLot'),
            long: true,
          },
          { id: 'judged', head: say('table.head.judged'), value: ({ checked }) => say(`checked.${checked}`) },
        ]}
        choices={[
          { id: 'odd', words: (count) => say('table.odd', { count }), holds: ({ oddities }) => oddities.length > 0 },
          { id: 'left', words: (count) => say('table.left', { count }), holds: ({ checked }) => checked === 'not-yet' },
        ]}
        rows={(asked.data?.pages ?? []).flatMap(({ accesses }) => accesses)}
        keyOf={({ access }) => access}
        line="access-line"
        isWarm={({ checked }) => checked === 'follow-up'}
        cards={(some) => (
          <ul className={css['accesses']}>
            {some.map((access) => (
              <CheckedEntry key={access.access} check={check} access={access} />
            ))}
          </ul>
        )}
      />
      {asked.hasNextPage ? (
        <div>
          <Press busy={asked.isFetchingNextPage} press={() => void asked.fetchNextPage()} data-testid="log-check-more">
            {say('logCheck.more')}
          </Press>
        </div>
      ) : null}
    </>
  );
}

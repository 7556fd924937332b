/** The main menu: along the top on a desk, along the bottom on a phone. */
import { waits } from '@nattfrid/shared/desk/console-view';
import { may } from '@nattfrid/shared/desk/permissions';
import type { ReactNode } from 'react';
import { useDesk, useSelf } from '../around/around.tsx';
import { MoreSign } from '../parts/icons.tsx';
import { type Address, type Page, pathOf, usePath, WayLink } from '../parts/way.tsx';
import { untaken } from '../state/needs.ts';
import { useWords } from '../words/words.ts';
import { mainEntries, moreEntries } from './entries.tsx';
import css from './frame.module.css';

export function Nav() {
  const { say } = useWords();
  const counts = useCounts();
  const { role } = useSelf();
  const hasMore = moreEntries.some(({ action }) => may(role, action));
  return (
    <nav className={css['nav']} aria-label={say('nav.label')}>
      {mainEntries
        .filter(({ action, only }) => may(role, action) && (!only || only === role))
        .map(({ to, sign, words }) => (
          <Entry key={to.page} to={to} sign={sign} count={counts[to.page]} alarm={to.page === 'watch'}>
            {say(words)}
          </Entry>
        ))}
      {hasMore ? (
        <Entry to={{ page: 'more' }} sign={<MoreSign size={22} />}>
          {say('nav.more')}
        </Entry>
      ) : null}
    </nav>
  );
}

/** What waits on each page. */
function useCounts(): Partial<Record<Page, number>> {
  const desk = useDesk();
  return {
    watch: untaken(desk).length,
    visits: [...desk.visits.values()].filter((visit) => visit.state !== 'done').length,
    consoles: [...desk.consoles.values()].filter(waits).length,
  };
}

function Entry(props: {
  to: Address;
  sign: ReactNode;
  children: ReactNode;
  count?: number | undefined;
  alarm?: boolean;
}) {
  const path = usePath();
  const here = pathOf(props.to);
  const current = here === '/' ? path === '/' : path.startsWith(here);
  return (
    <WayLink to={props.to} data-testid={`nav-${props.to.page}`} aria-current={current ? 'page' : undefined}>
      {props.sign}
      <span>{props.children}</span>
      {props.count ? (
        <span className={css['count']} {...(props.alarm ? { 'data-alarm': true } : {})}>
          {props.count}
        </span>
      ) : null}
    </WayLink>
  );
}

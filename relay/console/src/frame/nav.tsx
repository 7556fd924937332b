/** The main menu: along the top on a desk, along the bottom on a phone. */
import { waits } from '@nattfrid/shared/desk/console-view';
import type { ReactNode } from 'react';
import { useDesk, useSelf } from '../around/around.tsx';
import { HomesSign, KeySign, LogSign, PersonSign, PlanSign, VisitSign, WatchSign } from '../parts/icons.tsx';
import { type Address, pathOf, usePath, WayLink } from '../parts/way.tsx';
import { untaken } from '../state/needs.ts';
import { useWords } from '../words/words.ts';
import css from './frame.module.css';

export function Nav() {
  const { say } = useWords();
  const desk = useDesk();
  const alarms = untaken(desk).length;
  const visits = [...desk.visits.values()].filter((visit) => visit.state !== 'done').length;
  const consoles = [...desk.consoles.values()].filter(waits).length;
  const coordinator = useSelf().role === 'coordinator';
  return (
    <nav className={css['nav']} aria-label={say('nav.label')}>
      <Entry to={{ page: 'watch' }} sign={<WatchSign size={22} />} count={alarms} alarm>
        {say('nav.watch')}
      </Entry>
      <Entry to={{ page: 'visits' }} sign={<VisitSign size={22} />} count={visits}>
        {say('nav.visits')}
      </Entry>
      <Entry to={{ page: 'units' }} sign={<HomesSign size={22} />}>
        {say('nav.units')}
      </Entry>
      {coordinator ? (
        <>
          <Entry to={{ page: 'plan' }} sign={<PlanSign size={22} />}>
            {say('nav.plans')}
          </Entry>
          <Entry to={{ page: 'people' }} sign={<PersonSign size={22} />}>
            {say('nav.people')}
          </Entry>
          <Entry to={{ page: 'audit' }} sign={<LogSign size={22} />}>
            {say('nav.audit')}
          </Entry>
          <Entry to={{ page: 'consoles' }} sign={<KeySign size={22} />} count={consoles}>
            {say('nav.consoles')}
          </Entry>
        </>
      ) : null}
    </nav>
  );
}

function Entry(props: { to: Address; sign: ReactNode; children: ReactNode; count?: number; alarm?: boolean }) {
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

/** Pure. Where one can go: each with the action that leads there. The main ones stand in the menu, the others on the page «More». */
import type { Action } from '@nattfrid/shared/desk/permissions';
import type { ReactNode } from 'react';
import { HomesSign, KeySign, LogSign, PersonSign, PlanSign, VisitSign, WatchSign } from '../parts/icons.tsx';
import type { Address } from '../parts/way.tsx';
import type { SayKey } from '../words/say.ts';

export interface Entry {
  readonly to: Address;
  readonly action: Action;
  readonly sign: ReactNode;
  readonly words: SayKey;
  /** What is found there, in a sentence; on the page «More». */
  readonly about?: SayKey;
}

const size = 22;

export const mainEntries: readonly Entry[] = [
  { to: { page: 'watch' }, action: 'have-session', sign: <WatchSign size={size} />, words: 'nav.watch' },
  { to: { page: 'visits' }, action: 'see-desk', sign: <VisitSign size={size} />, words: 'nav.visits' },
  { to: { page: 'units' }, action: 'see-desk', sign: <HomesSign size={size} />, words: 'nav.units' },
  { to: { page: 'plan' }, action: 'draft-plan', sign: <PlanSign size={size} />, words: 'nav.plans' },
  { to: { page: 'people' }, action: 'manage-people', sign: <PersonSign size={size} />, words: 'nav.people' },
  { to: { page: 'audit' }, action: 'read-audit', sign: <LogSign size={size} />, words: 'nav.audit' },
  { to: { page: 'consoles' }, action: 'manage-people', sign: <KeySign size={size} />, words: 'nav.consoles' },
];

/** Each on a line of its own, in the order in which they are shown. */
export const moreEntries: readonly Entry[] = [
  {
    to: { page: 'organisation' },
    action: 'manage-organisations',
    sign: <PersonSign size={size} />,
    words: 'organisation.title',
    about: 'organisation.about',
  },
];

/** Pure. Where one can go: each with the action that leads there. The main ones stand in the menu, the others on the page «More». */
import type { Action } from '@nattfrid/shared/desk/permissions';
import type { Role } from '@nattfrid/shared/desk/role';
import type { ReactNode } from 'react';
import {
  CheckSign,
  FiguresSign,
  HelpSign,
  HomesSign,
  KeySign,
  LinkSign,
  LogSign,
  LookSign,
  MoreSign,
  PersonSign,
  PlanSign,
  VisitSign,
  WatchSign,
} from '../parts/icons.tsx';
import type { Address } from '../parts/way.tsx';
import type { SayKey } from '../words/say.ts';

export interface Entry {
  readonly to: Address;
  readonly action: Action;
  readonly sign: ReactNode;
  readonly words: SayKey;
  /** In the menu of this role alone; for others it stands on the page «More». */
  readonly only?: Role;
  /** What is found there, in a sentence; on the page «More». */
  readonly about?: SayKey;
}

const size = 22;

export const mainEntries: readonly Entry[] = [
  { to: { page: 'watch' }, action: 'have-session', sign: <WatchSign size={size} />, words: 'nav.watch' },
  {
    to: { page: 'work-orders' },
    action: 'do-work-orders',
    only: 'installer',
    sign: <CheckSign size={size} />,
    words: 'nav.orders',
    about: 'nav.orders.about',
  },
  {
    to: { page: 'visits' },
    action: 'see-desk',
    sign: <VisitSign size={size} />,
    words: 'nav.visits',
    about: 'nav.visits.about',
  },
  {
    to: { page: 'units' },
    action: 'see-desk',
    sign: <HomesSign size={size} />,
    words: 'nav.units',
    about: 'nav.units.about',
  },
  {
    to: { page: 'clients' },
    action: 'read-clients',
    sign: <PlanSign size={size} />,
    words: 'nav.clients',
    about: 'nav.clients.about',
  },
  {
    to: { page: 'people' },
    action: 'manage-people',
    sign: <PersonSign size={size} />,
    words: 'nav.people',
    about: 'nav.people.about',
  },
  {
    to: { page: 'audit' },
    action: 'read-audit',
    sign: <LogSign size={size} />,
    words: 'nav.audit',
    about: 'nav.audit.about',
  },
];

/** Each on a line of its own, in the order in which they are shown. */
export const moreEntries: readonly Entry[] = [
  {
    to: { page: 'statistics' },
    action: 'read-statistics',
    sign: <FiguresSign size={size} />,
    words: 'nav.statistics',
    about: 'nav.statistics.about',
  },
  {
    to: { page: 'months' },
    action: 'read-statistics',
    sign: <FiguresSign size={size} />,
    words: 'nav.months',
    about: 'nav.months.about',
  },
  {
    to: { page: 'training' },
    action: 'have-session',
    sign: <WatchSign size={size} />,
    words: 'nav.training',
    about: 'nav.training.about',
  },
  {
    to: { page: 'checklists' },
    action: 'use-checklists',
    sign: <CheckSign size={size} />,
    words: 'nav.checklists',
    about: 'nav.checklists.about',
  },
  {
    to: { page: 'shadow' },
    action: 'draft-plan',
    sign: <LookSign size={size} />,
    words: 'nav.shadow',
    about: 'nav.shadow.about',
  },
  {
    to: { page: 'break-glass' },
    action: 'end-break-glass',
    sign: <KeySign size={size} />,
    words: 'nav.breakGlass',
    about: 'nav.breakGlass.about',
  },
  {
    to: { page: 'log-check' },
    action: 'check-log',
    sign: <CheckSign size={size} />,
    words: 'nav.logCheck',
    about: 'nav.logCheck.about',
  },
  {
    to: { page: 'documents' },
    action: 'write-documents',
    sign: <LogSign size={size} />,
    words: 'nav.documents',
    about: 'nav.documents.about',
  },
  {
    to: { page: 'work-orders' },
    action: 'do-work-orders',
    sign: <CheckSign size={size} />,
    words: 'nav.orders',
    about: 'nav.orders.about',
  },
  {
    to: { page: 'faults' },
    action: 'serve-units',
    sign: <HelpSign size={size} />,
    words: 'nav.faults',
    about: 'nav.faults.about',
  },
  {
    to: { page: 'updates' },
    action: 'manage-updates',
    sign: <MoreSign size={size} />,
    words: 'nav.updates',
    about: 'nav.updates.about',
  },
  {
    to: { page: 'stock' },
    action: 'manage-units',
    sign: <HomesSign size={size} />,
    words: 'nav.stock',
    about: 'nav.stock.about',
  },
  {
    to: { page: 'first-steps' },
    action: 'have-session',
    sign: <CheckSign size={size} />,
    words: 'nav.firstSteps',
    about: 'nav.firstSteps.about',
  },
  {
    to: { page: 'round' },
    action: 'look',
    sign: <LookSign size={size} />,
    words: 'nav.round',
    about: 'nav.round.about',
  },
  {
    to: { page: 'shifts' },
    action: 'join-shift',
    sign: <WatchSign size={size} />,
    words: 'nav.shifts',
    about: 'nav.shifts.about',
  },
  {
    to: { page: 'car' },
    action: 'make-visits',
    sign: <VisitSign size={size} />,
    words: 'nav.car',
    about: 'nav.car.about',
  },
  {
    to: { page: 'paper' },
    action: 'see-desk',
    sign: <LogSign size={size} />,
    words: 'nav.paper',
    about: 'nav.paper.about',
  },
  {
    to: { page: 'teams' },
    action: 'manage-teams',
    sign: <PersonSign size={size} />,
    words: 'nav.teams',
    about: 'nav.teams.about',
  },
  {
    to: { page: 'receivers' },
    action: 'manage-connections',
    sign: <LinkSign size={size} />,
    words: 'nav.receivers',
    about: 'nav.receivers.about',
  },
  {
    to: { page: 'connections' },
    action: 'manage-connections',
    sign: <LinkSign size={size} />,
    words: 'nav.connections',
    about: 'nav.connections.about',
  },
  {
    to: { page: 'plan' },
    action: 'draft-plan',
    sign: <PlanSign size={size} />,
    words: 'nav.plans',
    about: 'nav.plans.about',
  },
  {
    to: { page: 'consoles' },
    action: 'manage-people',
    sign: <KeySign size={size} />,
    words: 'nav.consoles',
    about: 'nav.consoles.about',
  },
  {
    to: { page: 'keys' },
    action: 'send-plan',
    sign: <KeySign size={size} />,
    words: 'nav.keys',
    about: 'nav.keys.about',
  },
  {
    to: { page: 'sign-in-settings' },
    action: 'manage-connections',
    sign: <KeySign size={size} />,
    words: 'nav.signInSettings',
    about: 'nav.signInSettings.about',
  },
  {
    to: { page: 'organisation' },
    action: 'manage-organisations',
    sign: <PersonSign size={size} />,
    words: 'organisation.title',
    about: 'organisation.about',
  },
  {
    to: { page: 'own-sign-in' },
    action: 'have-session',
    sign: <KeySign size={size} />,
    words: 'ownSignIn.title',
    about: 'ownSignIn.about',
  },
];

/**
 * Pure. THE table of who may do what: action > roles. Lag (2001:454) 10 §: access is limited to what each needs for the work.
 * Every route names its action; whoever is not in its row is refused, and the refusal is written in the audit log.
 */
import type { Role } from './role.ts';

const everybody: readonly Role[] = [
  'operator',
  'coordinator',
  'night-patrol',
  'case-officer',
  'installer',
  'support',
  'statistics',
  'auditor',
  'administrator',
];
/** Answers alarms and makes looks: at a desk or in a car. */
const staffed: readonly Role[] = ['operator', 'night-patrol'];
const besideHomes: readonly Role[] = ['operator', 'night-patrol', 'coordinator', 'installer', 'support'];
const planning: readonly Role[] = ['case-officer', 'coordinator'];

export const permissions = {
  /** Who am I, sign out, training. */
  'have-session': everybody,
  /** Alarms, looks, visits and units as they are now, by alias. */
  'see-desk': besideHomes,
  'answer-alarms': staffed,
  look: staffed,
  'make-visits': staffed,
  'read-plan': [...besideHomes, 'case-officer'],
  /** Carries the municipality's signature to the relay, which has none. */
  'send-plan': ['coordinator'],
  'set-up-room': ['operator', 'night-patrol', 'coordinator', 'installer'],
  /** A browser with a key of its own: it signs looks, rooms, withdrawals. */
  'have-console': [...besideHomes, 'case-officer'],
  /** Which there are, and taking one back: the own ones, or those of all whom one looks after. */
  'see-consoles': [...besideHomes, 'case-officer', 'administrator'],
  'confirm-consoles': besideHomes,
  /** Several people use it: whoever sits there may say so, and fewer may say that it is no longer so. */
  'share-console': [...besideHomes, 'case-officer', 'administrator'],
  'unshare-console': ['coordinator', 'administrator'],
  'manage-people': ['coordinator', 'administrator'],
  'manage-units': ['coordinator', 'installer', 'administrator'],
  /** A bench that makes units ready puts them in stock. */
  'add-labels': ['coordinator', 'installer', 'support', 'administrator'],
  'make-work-orders': ['coordinator', 'administrator'],
  /** Pairs, sets up, tries and takes down a unit, by a work order. */
  'do-work-orders': ['coordinator', 'installer', 'support'],
  /** How units are, and what is asked of them: look at yourself, restart, survey, a bundle for support. */
  'serve-units': ['coordinator', 'installer', 'support'],
  /** Has seen that a test alarm came through. */
  'take-tests': [...staffed, 'coordinator', 'installer', 'support'],
  /** Which software units are given, when, and that no more are. */
  'manage-updates': ['administrator', 'support'],
  /** How the machines of the relay are, where it has several. */
  'see-nodes': ['coordinator', 'installer', 'support', 'administrator'],
  'read-audit': ['coordinator', 'auditor'],

  /** Name, address, personal number: whoever decides and plans. */
  'read-clients': planning,
  'write-clients': planning,
  /** What somebody who goes there needs, while there is a reason: address, key, telephone. */
  'read-visit-card': ['operator', 'night-patrol', 'coordinator'],
  'draft-plan': planning,
  /** Taken back by the client, whoever hears it first. */
  'withdraw-consent': [...besideHomes, 'case-officer'],
  'pause-supervision': ['operator', 'night-patrol', 'coordinator', 'case-officer'],

  /** What the role does not allow, for one client (`break-glass.ts`): whoever works beside homes or plans for them. */
  'ask-break-glass': [...besideHomes, 'case-officer'],
  /** The second person: whoever is awake at night, and whoever answers for it. */
  'grant-break-glass': ['operator', 'night-patrol', 'coordinator', 'administrator'],
  'end-break-glass': [...besideHomes, 'case-officer', 'administrator'],

  'manage-teams': ['coordinator', 'administrator'],
  'join-shift': [...staffed, 'coordinator'],
  'assign-visits': ['operator', 'night-patrol', 'coordinator'],
  'have-push': [...staffed, 'coordinator'],

  'check-log': ['auditor', 'coordinator'],
  'read-statistics': ['statistics', 'coordinator', 'administrator'],
  'answer-questionnaires': [...staffed, 'coordinator', 'case-officer', 'statistics'],
  'write-documents': planning,
  /** What is done at an installation, a look, a swap, a return: read, and filled in. */
  'use-checklists': besideHomes,
  'change-checklists': ['coordinator'],
  /** Receivers of alarms, webhooks, API keys, single sign-on. */
  'manage-connections': ['administrator'],
  'manage-organisations': ['administrator'],
  /** What other systems read, and people at a screen as well; by alias. */
  'read-alarms': besideHomes,
  'read-looks': besideHomes,
  'read-visits': besideHomes,
  /** Who may sign in, as a file. */
  'import-people': ['coordinator', 'administrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof permissions;

export const may = (role: Role, action: Action): boolean => (permissions[action] as readonly Role[]).includes(role);

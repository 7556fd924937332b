/** Pure. The words of computers that several people use, in English. */
import type { WordKey } from './sv-all.ts';

export const enShared = {
  'shared.switch': 'Change person',
  'shared.lock': 'Lock',
  'shared.words':
    'Several people use it in a night. It locks when nobody has touched it for a while, and nothing is left of whoever was there.',
  'shared.is': 'Shared computer: locks after {{count}} min without anybody touching it',
  'shared.after': 'Locks after',
  'shared.minutes': '{{count}} min',
  'shared.mark': 'This is a shared computer',
  'shared.mark.other': 'It is a shared computer',
  'shared.unmark': 'No longer shared',
  'shared.unmark.sure': 'Press again: it locks no more',

  'shared.noPush': 'A shared computer rings only while somebody is signed in here. Turn it on on your telephone.',

  'locked.title': 'Locked',
  'locked.by': '{{who}} is signed in here. Sign in again to go on.',
  'locked.other': 'If you are somebody else, sign in as yourself. What {{who}} has in hand is then everybody’s again.',
  'locked.out': 'Sign {{who}} out',
  'locked.alarm': 'An alarm waits',
  'locked.alarm.words': 'Sign in to see it. It rings until somebody has taken it.',
  'locked.silent': 'No alarm waits.',
  'locked.cut': 'No contact with the server: alarms cannot be heard here.',
  'fault.locked': 'The computer is locked. Sign in again.',

  'auditWhat.console-locked': 'Locked a computer',
  'auditWhat.console-shared': 'Said that a computer is shared',
  'auditWhat.console-not-shared': 'Said that a computer is no longer shared',
} as const satisfies Partial<Record<WordKey, string>>;

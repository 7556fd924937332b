/** Pure. The words of computers that several people use, in English. */
import type { svShared } from './sv-shared.ts';

export const enShared: Readonly<Record<keyof typeof svShared, string>> = {
  'shared.switch': 'Change person',
  'shared.lock': 'Lock',

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
};

/** Pure. What is counted and told of a night: no test, and nothing of a unit that somebody is setting up. */
import type { Alarm } from './alarm.ts';
import type { KnownLook } from './look.ts';

export const isLookedFor = ({ facts }: KnownLook): boolean => facts.reason.type !== 'test';

export const isReal = (alarm: Exclude<Alarm, { name: 'none' }>): boolean => alarm.facts.quiet === undefined;

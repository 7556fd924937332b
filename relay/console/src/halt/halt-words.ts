/** Pure. That a home is not watched now, why, and for how long, in words. */
import type { Halt } from '@nattfrid/shared/desk/client-view';
import type { Language } from '../words/language.ts';
import type { Say } from '../words/say.ts';
import { clockTime, day, readTime } from '../words/times.ts';

export function haltWords(halt: Halt, language: Language, say: Say): string {
  const moment = (iso: string) => `${day(readTime(iso), language)} ${clockTime(readTime(iso), language)}`;
  switch (halt.type) {
    case 'stopped':
      return say('halt.stopped', { who: halt.by, time: moment(halt.at) });
    case 'paused':
      return say('halt.paused', { who: halt.by, from: moment(halt.from), until: moment(halt.until) });
  }
}

/** Remembers the last lines of the unit's log, and its vitals of the last hours, for a bundle: in memory, and gone with the program. */
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes } from '@nattfrid/shared/time/duration';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Vitals } from '@nattfrid/shared/wire/vitals';

export interface HeardLine {
  readonly at: string;
  readonly level: 'info' | 'warn' | 'error';
  /** Static: what varies stands in the fields. */
  readonly sentence: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const mostLines = 500;
/** Of twelve hours. */
const mostVitals = 144;
const vitalsEvery = minutes(5);

export interface RecentLog {
  readonly log: Logger;
  readonly lines: () => readonly HeardLine[];
}

/** @returns a log that says everything on, and remembers it */
export function rememberLog(log: Logger, clock: Pick<Clock, 'now'>): RecentLog {
  const lines: HeardLine[] = [];
  const wrap = (inner: Logger): Logger => {
    const keep =
      (level: HeardLine['level']): Logger['info'] =>
      (sentence, fields = {}) => {
        lines.push({ at: printInstant(clock.now()), level, sentence, fields });
        if (lines.length > mostLines) lines.shift();
        inner[level](sentence, fields);
      };
    return {
      debug: inner.debug.bind(inner),
      info: keep('info'),
      warn: keep('warn'),
      error: keep('error'),
      child: (prefix) => wrap(inner.child(prefix)),
    };
  };
  return { log: wrap(log), lines: () => lines };
}

export function rememberVitals(vitals: () => Vitals, clock: Pick<Clock, 'now' | 'every'>) {
  const kept: { readonly at: string; readonly vitals: Vitals }[] = [];
  const ticking = clock.every(vitalsEvery, () => {
    kept.push({ at: printInstant(clock.now()), vitals: vitals() });
    if (kept.length > mostVitals) kept.shift();
  });
  return { kept: () => kept, [Symbol.dispose]: () => ticking[Symbol.dispose]() };
}

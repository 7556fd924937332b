/** The door to pino: one JSON line each, our Logger outward. */
import type { Logger } from '@nattfrid/shared/log/logger';
import { type Level, type Logger as Pino, pino } from 'pino';

/** @param write where lines go; standard output when left out. */
export function openLog(level: Level, write?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    messageKey: 'sentence',
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return wrap(write ? pino(options, write) : pino(options), 'agent');
}

const wrap = (inner: Pino, part: string): Logger => ({
  debug: (sentence, fields) => inner.debug({ part, ...fields }, sentence),
  info: (sentence, fields) => inner.info({ part, ...fields }, sentence),
  warn: (sentence, fields) => inner.warn({ part, ...fields }, sentence),
  error: (sentence, fields) => inner.error({ part, ...fields }, sentence),
  child: (name) => wrap(inner, `${part}/${name}`),
});

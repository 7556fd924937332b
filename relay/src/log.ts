/** The door to pino: lines of JSON on standard output, or a readable line where a person is looking. */
import type { Fields, Logger } from '@nattfrid/shared/log/logger';
import { type Logger as Pino, pino } from 'pino';

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** @param write where lines go; standard output if not given. */
export function openLog(level: LogLevel, write?: (line: string) => void): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'sentence' };
  return speak(write ? pino(options, { write }) : pino(options), undefined);
}

function speak(to: Pino, part: string | undefined): Logger {
  return {
    debug: (sentence, fields: Fields = {}) => to.debug(fields, sentence),
    info: (sentence, fields: Fields = {}) => to.info(fields, sentence),
    warn: (sentence, fields: Fields = {}) => to.warn(fields, sentence),
    error: (sentence, fields: Fields = {}) => to.error(fields, sentence),
    child: (name) => {
      const path = part ? `${part}/${name}` : name;
      return speak(to.child({ part: path }), path);
    },
  };
}

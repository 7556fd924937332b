/** NATTFRID_TEST_LOG=warn (info, debug) shows what the relays of a test say. */
import { openLog } from '@nattfrid/relay/log';
import { type Logger, silent } from '@nattfrid/shared/log/logger';

const levels = ['debug', 'info', 'warn', 'error'] as const;

export function shownLog(): Logger {
  const level = levels.find((one) => one === process.env['NATTFRID_TEST_LOG']);
  return level ? openLog(level) : silent;
}

/** Puts the lines of looks into the unit's own chained access log. */
import type { Logger } from '@nattfrid/shared/log/logger';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { AccessTable } from '../store/access-table.ts';
import type { AccessLine } from './access-line.ts';

/** @returns resolves when the line is on the disk; rejects when it cannot be written, and then nothing may open. */
export function accessLog(table: AccessTable, log: Logger): (line: AccessLine) => Promise<void> {
  return async (line) => {
    const what = words(line);
    table.write({ at: line.at, what, subject: line.look, who: line.operator });
    log.info(sentences[line.what], { look: line.look, what });
  };
}

const sentences = {
  opened: 'Look opened',
  refused: 'Look refused',
  joined: 'A colleague joins a look',
  'join-refused': 'A colleague may not join a look',
  left: 'A colleague has left a look',
  'mode-changed': 'A look is shown another way',
  'mode-refused': 'A look may not be shown another way',
  ended: 'Look ended',
  'console-known': 'A console is known from now on',
  'console-confirmed': 'A console is known from now on, by the word of another',
} as const;

function words(line: AccessLine): string {
  switch (line.what) {
    case 'opened':
      return `opened ${because(line.reason)} mode ${line.mode} until ${printInstant(line.until)}`;
    case 'refused':
      return `refused ${line.why} ${because(line.reason)}`;
    case 'joined':
      return `joined opened-by ${line.opener}`;
    case 'join-refused':
      return `join-refused ${line.why}`;
    case 'left':
      return 'left';
    case 'mode-changed':
      return `mode-changed ${line.mode}`;
    case 'mode-refused':
      return `mode-refused ${line.mode} ${line.why}`;
    case 'ended':
      return `ended ${line.why}`;
    case 'console-known':
      return `console-known ${line.console}`;
    case 'console-confirmed':
      return `console-confirmed ${line.console} by ${line.signer}`;
  }
}

function because(reason: Extract<AccessLine, { what: 'opened' }>['reason']): string {
  switch (reason.type) {
    case 'window':
      return `window ${reason.window}`;
    case 'alarm':
      return `alarm ${reason.alarm}`;
    case 'test':
      return `test ${reason.order}`;
  }
}

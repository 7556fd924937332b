/** Pure. What a screen is shown of a console. */
import type { ConsoleView } from '@nattfrid/shared/desk/console-view';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { ConsoleRow } from '../store/consoles-table.ts';

export const consoleView = (row: ConsoleRow): ConsoleView => ({
  operator: row.alias,
  console: row.key,
  who: row.who,
  ...(row.label && { label: row.label }),
  state: row.state,
  ...(row.asks && { asks: true as const }),
  firstSeenAt: printInstant(row.firstSeenAt),
  lastSeenAt: printInstant(row.lastSeenAt),
  ...(row.by && { by: row.by }),
  ...(row.doubtedBy && { doubtedBy: row.doubtedBy }),
  ...(row.sharedMinutes !== undefined && { sharedMinutes: row.sharedMinutes }),
  ...(row.confirmations[0] && { confirmation: row.confirmations[0] }),
});

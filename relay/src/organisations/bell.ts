/** What a locked console is told of the desk: that an alarm waits, and whether it has waited too long. No name, no home, no kind. */

import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { Seen } from './seen.ts';

/** @param seen what whoever has locked it would see @returns for one listener: it counts */
export function bellOf(seen: Seen): Seen {
  /** Those that nobody has taken, and whether each is overdue. */
  const waiting = new Map<string, boolean>();
  const note = ({ alarm, state, overdue, quiet }: AlarmView) => {
    if (state === 'raised' && !quiet) waiting.set(alarm, overdue);
    else waiting.delete(alarm);
  };
  const bell = (): LiveEvent => ({
    type: 'bell',
    alarms: waiting.size,
    overdue: [...waiting.values()].some((overdue) => overdue),
  });
  return (who, event) => {
    const own = seen(who, event);
    switch (own?.type) {
      case 'beat':
        return own;
      case 'desk':
        waiting.clear();
        for (const alarm of own.desk.alarms) note(alarm);
        return bell();
      case 'alarm':
        note(own.alarm);
        return bell();
      default:
        return undefined;
    }
  };
}

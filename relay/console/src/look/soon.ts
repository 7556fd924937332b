/** Pure. The look that is likely to be opened next, and how many cameras it takes. */

import type { LookView } from '@nattfrid/shared/desk/look-view';
import { may } from '@nattfrid/shared/desk/permissions';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Known } from '../state/desk.ts';
import { needs } from '../state/needs.ts';
import { isSelf, type Self } from '../state/self.ts';
import { camerasOf } from '../viewing/together.ts';

/** @param now by the relay's clock @param soon how far ahead a due look counts @returns 0 where no look is near */
export function camerasToReady(desk: Known, self: Self, now: Instant, soon: Duration): number {
  if (!may(self.role, 'look')) return 0;
  const { mine, next } = needs(desk, self, now);
  const units = mine.flatMap((need) => {
    if (need.type === 'alarm') return [need.alarm.unit];
    return need.type === 'look' && need.look.state === 'due' ? [need.look.unit] : [];
  });
  for (const look of next) if (Date.parse(look.dueFrom) - now <= soon) units.push(look.unit);
  return Math.max(0, ...units.map((unit) => camerasOf(desk, unit)?.length ?? 0));
}

/** The next look that is due now, and no colleague's by turn; none while an alarm waits. The one whose time is over first comes first. */
export function nextDue(desk: Known, self: Self, now: Instant): LookView | undefined {
  if (!may(self.role, 'look')) return undefined;
  const { mine } = needs(desk, self, now);
  if (mine.some((need) => need.type === 'alarm')) return undefined;
  const theirs = new Set(
    desk.night.reserved
      .filter((one) => Date.parse(one.until) > now && !isSelf(self, one.who, one.operatorId))
      .map(({ client }) => client),
  );
  const due = mine.flatMap((need) =>
    need.type === 'look' && need.look.state === 'due' && !theirs.has(need.look.client) ? [need.look] : [],
  );
  return due.toSorted((a, b) => Date.parse(a.dueUntil) - Date.parse(b.dueUntil))[0];
}

/** One's own look that has been shown and not judged, as after going back to the home before it; the oldest first. @param but those that are in hand already */
export function unjudged(desk: Known, self: Self, but: ReadonlySet<string>): LookView | undefined {
  return [...desk.looks.values()]
    .filter(
      (look) =>
        look.state === 'awaiting-verdict' &&
        !look.beside &&
        !but.has(look.look) &&
        isSelf(self, look.operator, look.operatorId),
    )
    .toSorted((a, b) => (a.openedAt ?? '').localeCompare(b.openedAt ?? ''))[0];
}

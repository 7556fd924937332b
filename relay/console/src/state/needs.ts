/** Pure. What waits for a person, the most urgent first; ranked by these rules, not by a model. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Known } from './desk.ts';
import { isSelf, type Self } from './self.ts';
import { type UnitTask, unitTasks } from './unit-tasks.ts';

export type Need =
  | { readonly type: 'alarm'; readonly alarm: AlarmView }
  | { readonly type: 'look'; readonly look: LookView }
  | { readonly type: 'visit'; readonly visit: VisitView }
  | { readonly type: 'unit'; readonly unit: UnitView; readonly task: UnitTask };

export function idOf(need: Need): string {
  switch (need.type) {
    case 'alarm':
      return need.alarm.alarm;
    case 'look':
      return need.look.look;
    case 'visit':
      return need.visit.visit;
    case 'unit':
      return `${need.unit.unit} ${need.task.type}`;
  }
}

export interface Needs {
  /** What waits for the operator: untaken alarms, own alarms, looks, visits; each oldest first; then what units need. */
  readonly mine: readonly Need[];
  /** What colleagues have in hand. */
  readonly others: readonly Need[];
  /** Looks that may be opened later tonight, soonest first. */
  readonly next: readonly LookView[];
}

/** @param now by the relay's clock. */
export function needs(desk: Known, self: Self, now: Instant): Needs {
  const mine: { readonly rank: number; readonly at: number; readonly need: Need }[] = [];
  const others: Need[] = [];
  for (const alarm of desk.alarms.values()) {
    const rank = alarmRank(alarm, self);
    if (rank === 'other') others.push({ type: 'alarm', alarm });
    else if (rank !== undefined) mine.push({ rank, at: Date.parse(alarm.at), need: { type: 'alarm', alarm } });
  }
  for (const look of desk.looks.values()) {
    // The look that leads stands for every camera of its home.
    if (look.beside) continue;
    const rank = lookRank(look, self, now);
    if (rank === 'other') others.push({ type: 'look', look });
    else if (rank !== undefined) mine.push({ rank, at: Date.parse(look.dueFrom), need: { type: 'look', look } });
  }
  for (const visit of desk.visits.values()) {
    const rank = visitRank(visit, self);
    if (rank === 'other') others.push({ type: 'visit', visit });
    else if (rank !== undefined) mine.push({ rank, at: Date.parse(visit.neededAt), need: { type: 'visit', visit } });
  }
  for (const unit of desk.units.values())
    for (const task of unitTasks(unit, now)) mine.push({ rank: 8, at: 0, need: { type: 'unit', unit, task } });
  mine.sort((a, b) => a.rank - b.rank || a.at - b.at);
  return { mine: mine.map((entry) => entry.need), others, next: nextLooks(desk, now) };
}

type Rank = number | 'other' | undefined;

function alarmRank(alarm: AlarmView, self: Self): Rank {
  switch (alarm.state) {
    case 'raised':
      // A unit that is being set up: nobody lies on the floor.
      if (alarm.quiet) return 5;
      return alarm.overdue ? 0 : 1;
    case 'taken':
      return isSelf(self, alarm.takenBy, alarm.takenById) ? 2 : 'other';
    case 'closed':
      return undefined;
  }
}

function lookRank(look: LookView, self: Self, now: Instant): Rank {
  switch (look.state) {
    case 'due':
      return Date.parse(look.dueFrom) <= now ? 5 : undefined;
    case 'asked':
    case 'open':
      return isSelf(self, look.operator, look.operatorId) ? 3 : 'other';
    case 'refused':
    case 'failed':
      // Its visit or its alarm is on the desk instead.
      if (look.visit || look.alarm) return undefined;
      return look.operator === undefined || isSelf(self, look.operator, look.operatorId) ? 4 : 'other';
    case 'awaiting-verdict':
      return look.operator === undefined || isSelf(self, look.operator, look.operatorId) ? 4 : 'other';
    case 'done':
      return undefined;
  }
}

function visitRank(visit: VisitView, self: Self): Rank {
  switch (visit.state) {
    case 'needed':
      return 6;
    case 'on-the-way':
    case 'there':
      return visit.who === undefined || isSelf(self, visit.who) ? 7 : 'other';
    case 'done':
      return undefined;
  }
}

function nextLooks(desk: Known, now: Instant): readonly LookView[] {
  return [...desk.looks.values()]
    .filter((look) => look.state === 'due' && Date.parse(look.dueFrom) > now)
    .sort((a, b) => Date.parse(a.dueFrom) - Date.parse(b.dueFrom));
}

/** Alarms that nobody has taken: they ring, and the tab's title counts them. */
export const untaken = (desk: Known): readonly AlarmView[] =>
  [...desk.alarms.values()]
    .filter((alarm) => alarm.state === 'raised' && !alarm.quiet)
    .sort((a, b) => a.at.localeCompare(b.at));

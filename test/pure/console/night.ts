/** Pure. A night for the tests of the console: alarms, looks, visits and units with all that does not matter filled in. */

import { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import { LookView } from '@nattfrid/shared/desk/look-view';
import type { Me } from '@nattfrid/shared/desk/me';
import { UnitView } from '@nattfrid/shared/desk/unit-view';
import { VisitView } from '@nattfrid/shared/desk/visit-view';
import { instant } from '@nattfrid/shared/time/instant';

/** Minutes after three in the morning, Stockholm. */
export const three = Date.parse('2026-11-22T02:00:00Z');
export const at = (minutes: number) => instant(three + minutes * 60_000);
export const iso = (minutes: number) => new Date(at(minutes)).toISOString();
export const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const anna: Me = { name: 'Anna', email: 'anna@example.se', role: 'operator' };

const home = { unit: 'unit-1', client: 'Ek 12' };

export const alarm = (
  number: number,
  minutes: number,
  more: Partial<Record<keyof AlarmView, unknown>> = {},
): AlarmView =>
  AlarmView.parse({
    ...home,
    alarm: uuid(number),
    kind: 'fall',
    at: iso(minutes),
    receivedAt: iso(minutes),
    state: 'raised',
    overdue: false,
    evidence: { code: 'found-lying', figures: { lyingForSeconds: 15 } },
    ...more,
  });

export const look = (number: number, minutes: number, more: Partial<Record<keyof LookView, unknown>> = {}): LookView =>
  LookView.parse({
    ...home,
    look: uuid(number),
    reason: { type: 'window', window: 'night' },
    attempt: 1,
    state: 'due',
    dueFrom: iso(minutes),
    dueUntil: iso(minutes + 30),
    ...more,
  });

export const visit = (
  number: number,
  minutes: number,
  more: Partial<Record<keyof VisitView, unknown>> = {},
): VisitView =>
  VisitView.parse({
    ...home,
    visit: uuid(number),
    why: 'help-needed',
    state: 'needed',
    neededAt: iso(minutes),
    ...more,
  });

export const unit = (more: Partial<Record<keyof UnitView, unknown>> = {}): UnitView =>
  UnitView.parse({ ...home, presence: 'here', publicKey: 'A'.repeat(43), ...more });

export const whole = (
  desk: Partial<Extract<LiveEvent, { type: 'desk' }>['desk']> = {},
  minutes = 0,
): Extract<LiveEvent, { type: 'desk' }> => ({
  type: 'desk',
  now: iso(minutes),
  desk: { alarms: [], looks: [], visits: [], units: [], ...desk },
});

/** The plan of the stand-in home, valid around now, and how a coordinator sends it. */
import { randomUUID } from 'node:crypto';
import { Plan } from '@nattfrid/shared/domain/plan';
import { timeOfDay } from '@nattfrid/shared/domain/window';
import { systemClock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import { type LogIn, signIn } from '../staff/desk-client.ts';
import { alias, unit } from './client.ts';

/** A plan with a window that is open now, every alarm, and looks for alarms. */
export function aPlan(): Plan {
  const now = systemClock.now();
  const today = printInstant(now).slice(0, 10);
  return Plan.parse({
    plan: randomUUID(),
    version: 1,
    unit,
    client: alias,
    validFrom: printInstant(after(now, milliseconds(-60_000))),
    validUntil: printInstant(after(now, hours(24))),
    mode: 'silhouette',
    watch: 'always',
    windows: [{ id: 'natt', from: timeOfDay(now), to: timeOfDay(after(now, hours(2))), looks: 1 }],
    alarms: {
      fall: { persistenceSeconds: 10 },
      leftRoom: { afterMinutes: 15 },
      notInBed: { by: timeOfDay(after(now, hours(1))), until: timeOfDay(after(now, hours(6))) },
      blind: { afterSeconds: 60 },
    },
    alarmLook: { minutes: 30 },
    longestLookSeconds: 300,
    retryAfterMinutes: 5,
    consents: { technology: today, supervision: today, cohabitants: 'lives-alone' },
  });
}

/** @throws Error with the relay's words where it refuses */
export async function sendPlan(address: string, coordinator: LogIn, letter: PlanLetter): Promise<void> {
  await (await signIn(address, coordinator)).call('sendPlan', { unit }, letter);
}

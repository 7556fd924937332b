/** An alarm report, a plan and vitals that relay tests start from. */
import { randomUUID } from 'node:crypto';
import type { AlarmReport } from '@nattfrid/shared/domain/alarm';
import type { Plan } from '@nattfrid/shared/domain/plan';

export const aFall = (alarm: string = randomUUID(), phase: AlarmReport['phase'] = 'began'): AlarmReport => ({
  alarm: alarm as never,
  kind: 'fall',
  phase,
  at: '2026-11-22T02:00:00.000Z',
  camera: 'bedroom' as never,
  evidence: { code: 'lying-on-floor', figures: { lyingForSeconds: 15 }, models: ['blazepose 1'], attended: false },
});

/** A plan with one window that is always open. @param more fields in place of these */
export const aPlan = (unit: string, more: Partial<Plan> = {}): Plan => ({
  plan: randomUUID() as never,
  version: 1,
  unit: unit as never,
  client: `Alias ${unit}` as never,
  validFrom: '2020-01-01T00:00:00.000Z',
  validUntil: '2090-01-01T00:00:00.000Z',
  mode: 'silhouette',
  watch: 'always',
  windows: [{ id: 'dygnet', from: '00:00', to: '00:00', looks: 1 }],
  alarms: { fall: { persistenceSeconds: 15 } },
  alarmLook: { minutes: 15 },
  longestLookSeconds: 60,
  retryAfterMinutes: 15,
  consents: { technology: '2026-01-01', supervision: '2026-01-01', cohabitants: 'lives-alone' },
  ...more,
});

/** Of a unit with which all is well. */
export const vitals = {
  uptimeSeconds: 1,
  camera: 'connected',
  picturesPerSecond: 10,
  analysedPerSecond: 5,
  droppedPictures: 0,
  outboxDepth: 0,
  memoryMegabytes: 200,
  lookOpen: false,
} as const;

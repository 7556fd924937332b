/** What governs the unit, as it tells the relay. */
import { planState } from '@nattfrid/agent/plan/plan-state';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { aPlan } from '../../support/relay-samples.ts';

const at = (day: string) => instant(Date.parse(`${day}T12:00:00Z`));
const plan = aPlan('unit-1', {
  version: 3,
  validFrom: '2026-11-01T00:00:00+01:00',
  validUntil: '2026-12-01T00:00:00+01:00',
});
const has = { version: 3, endsAt: '2026-11-30T23:00:00.000Z' };

describe('what governs a unit', () => {
  for (const [name, given, day, expected] of [
    ['is nothing without a plan', undefined, '2026-11-15', { state: 'none' }],
    [
      'is yet to begin before its first moment',
      plan,
      '2026-10-30',
      { ...has, state: 'not-begun', beginsAt: '2026-10-31T23:00:00.000Z' },
    ],
    ['is its plan', plan, '2026-11-15', { ...has, state: 'in-force' }],
    ['has ended after its last moment', plan, '2026-12-01', { ...has, state: 'ended' }],
  ] as const)
    it(name, () => expect(planState(given, at(day))).toEqual(expected));
});

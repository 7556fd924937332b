import type { Plan } from '@nattfrid/shared/domain/plan';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { inForce } from '../../../agent/src/plan/in-force.ts';

const plan = { validFrom: '2026-11-22T18:00:00.000Z', validUntil: '2026-11-23T06:00:00.000Z' } as Plan;

describe('a plan is in force', () => {
  for (const [name, at, expected] of [
    ['not before its first moment', '2026-11-22T17:59:59.999Z', false],
    ['from its first moment', '2026-11-22T18:00:00.000Z', true],
    ['until just before its last', '2026-11-23T05:59:59.999Z', true],
    ['not at its last: it stops by itself', '2026-11-23T06:00:00.000Z', false],
  ] as const)
    it(name, () => expect(inForce(plan, instant(Date.parse(at))) !== undefined).toBe(expected));
  it('never where there is none', () => expect(inForce(undefined, instant(0))).toBeUndefined());
});

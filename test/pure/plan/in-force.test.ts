import type { Plan } from '@nattfrid/shared/domain/plan';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { inForce } from '../../../agent/src/plan/in-force.ts';

const consents = { technology: '2026-11-01', supervision: '2026-11-01', cohabitants: 'lives-alone' } as const;
const plan = { validFrom: '2026-11-22T18:00:00.000Z', validUntil: '2026-11-23T06:00:00.000Z', consents } as Plan;

describe('a plan is in force', () => {
  for (const [name, at, expected] of [
    ['not before its first moment', '2026-11-22T17:59:59.999Z', false],
    ['from its first moment', '2026-11-22T18:00:00.000Z', true],
    ['until just before its last', '2026-11-23T05:59:59.999Z', true],
    ['not at its last: it stops by itself', '2026-11-23T06:00:00.000Z', false],
  ] as const)
    it(name, () => expect(inForce(plan, instant(Date.parse(at))) !== undefined).toBe(expected));
  for (const [name, given, expected] of [
    ['with each consent that the law asks for', {}, true],
    ['from the day on which the last of them was given', { supervision: '2026-11-22' }, true],
    ['not before the technology was agreed to', { technology: '2027-01-01' }, false],
    ['not before the supervision was', { supervision: '2026-11-23' }, false],
    ['not before whoever lives there has agreed', { cohabitants: '2027-01-01' }, false],
    ['until the day before one of them is taken back', { withdrawn: '2026-11-23' }, true],
    ['not from the day on which one was taken back', { withdrawn: '2026-11-22' }, false],
  ] as const)
    it(`${name}: else nobody is watched`, () => {
      const evening = instant(Date.parse('2026-11-22T20:00:00.000Z'));
      expect(inForce({ ...plan, consents: { ...consents, ...given } } as Plan, evening) !== undefined).toBe(expected);
    });
  it('never where there is none', () => expect(inForce(undefined, instant(0))).toBeUndefined());
});

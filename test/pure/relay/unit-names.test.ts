/** Whose a unit's name may be, where several organisations share a relay. */
import { ownerOf, wrongName } from '@nattfrid/relay/units/unit-names';
import { describe, expect, it } from 'vitest';

const all = ['own', 'ek', 'ek-by', 'larm'];

describe('a unit is named', () => {
  for (const [unit, organisation, owner] of [
    ['hem-1', 'own', 'own'],
    ['larm-1', 'larm', 'larm'],
    ['larm', 'own', 'own'],
    ['larmad-1', 'own', 'own'],
    ['ek-1', 'ek', 'ek'],
    ['ek-by-1', 'ek-by', 'ek-by'],
  ] as const)
    it(`${unit} by ${organisation}`, () => {
      expect(ownerOf(unit, all)).toBe(owner);
      expect(wrongName(unit, organisation, all)).toBeUndefined();
    });
  for (const [unit, organisation, why] of [
    ['hem-1', 'larm', 'unit-name-begins'],
    ['ek-by-1', 'ek', 'unit-name-kept'],
    ['larm-1', 'own', 'unit-name-kept'],
    ['larm-1', 'ek', 'unit-name-kept'],
  ] as const)
    it(`not ${unit} by ${organisation}`, () =>
      expect(wrongName(unit, organisation, all)).toMatchObject({ code: 'request-invalid', fields: { why } }));
});

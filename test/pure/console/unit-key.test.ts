/** Which key of a unit the console believes, whatever the relay says. */
import { describe, expect, it } from 'vitest';
import { type PinnedKey, type Signed, weigh } from '../../../relay/console/src/trust/unit-key.ts';

const now = '2026-11-24T01:00:00Z';
const nothing: Signed = { type: 'nothing' };
const says = (unitKey: string, version = 3): Signed => ({ type: 'says', unitKey, version });
const seen = (key: string): PinnedKey => ({ key, since: '2026-10-01T00:00:00Z', vouched: false });
const vouched = (key: string, planVersion = 3): PinnedKey => ({ ...seen(key), vouched: true, planVersion });

describe('the key of a unit', () => {
  for (const [name, pinned, told, signed, type, key] of [
    ['is taken at first sight where nobody has signed for it', undefined, 'A', nothing, 'trusted', 'A'],
    ['stays the one that was seen first', seen('A'), 'B', nothing, 'changed', 'A'],
    ['is the signed one, from the first look on', undefined, 'A', says('A'), 'trusted', 'A'],
    ['is the signed one, whatever the relay says', undefined, 'B', says('A'), 'changed', 'A'],
    ['is the signed one, though another was seen before', seen('B'), 'B', says('A'), 'changed', 'A'],
    ['stays the signed one when the signature is kept back', vouched('A'), 'B', nothing, 'changed', 'A'],
    [
      'is a new one when the municipality has signed for an exchanged unit',
      vouched('A'),
      'B',
      says('B', 4),
      'trusted',
      'B',
    ],
    ['is not brought back by an old plan', vouched('B', 4), 'A', says('A', 3), 'changed', 'B'],
  ] as const)
    it(name, () => {
      const weighed = weigh(pinned, told, signed, now);
      expect([weighed.type, weighed.pin.key]).toEqual([type, key]);
    });
});

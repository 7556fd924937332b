/** What a check of the log looks at: what stands out among accesses, and a lot that nobody can choose. */
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { type Access, drawn, familyName, type Known, odditiesOf } from '../../../relay/src/log-check/oddities.ts';

const night = instant(Date.parse('2026-11-21T02:00:00Z'));
const access = (more: Partial<Access> = {}): Access => ({
  ...{ access: 'l 7', line: 7, who: 'Anna Ek', operator: 'anna', what: 'look-opened', at: night },
  ...{ client: 'Alma' as never, seconds: 30, isAnswered: true, isExtra: false },
  ...more,
});
const onShift = { operator: 'anna', from: instant(night - 3_600_000), until: instant(night + 3_600_000) };
const known: Known = { shifts: [onShift], familyOf: () => ['lund'] };
const extra = access({ isExtra: true });
const refusal = access({ isRefusal: true });

describe('an access', () => {
  for (const [story, one, all, around, found] of [
    ['is in order as a rule', access(), [], known, []],
    ['of somebody with the family name of the client', access({ who: 'Eva Lund' }), [], known, ['may-be-related']],
    ['an hour and a half after the shift', access({ at: instant(night + 5_400_000) }), [], known, ['outside-shift']],
    ['a quarter of an hour after the shift', access({ at: instant(night + 4_500_000) }), [], known, []],
    ['where nobody keeps shifts', access(), [], { ...known, shifts: [] }, []],
    ['without a verdict', access({ isAnswered: false }), [], known, ['no-verdict']],
    ['of four minutes', access({ seconds: 240 }), [], known, ['long-look']],
    [
      'to the same client, again and again at no agreed time',
      extra,
      [extra, extra, extra, extra],
      known,
      ['often-the-same'],
    ],
    ['to the same client, thrice', extra, [extra, extra, extra], known, []],
    ['that was refused as four others were', refusal, Array(5).fill(refusal), known, ['refused-often']],
    ['for an alarm without the level that is needed', access({ isUnsure: true }), [], known, ['looked-anyway']],
  ] satisfies [string, Access, Access[], Known, string[]][])
    it(story, () => expect(odditiesOf(one, all, around)).toEqual(found));

  it('knows a family name behind what tells two people apart', () =>
    expect(['Anna Ek (anna.ek)', 'Ek', ''].map(familyName)).toEqual(['ek', 'ek', '']));
});

describe('the lot', () => {
  const many = Array.from({ length: 400 }, (_, index) => access({ access: `l ${index}`, line: index + 1 }));
  it('draws one in twenty, and ten of however few', () => {
    expect(drawn(many, 'aa')).toHaveLength(20);
    expect(drawn(many.slice(0, 40), 'aa')).toHaveLength(10);
    expect(drawn(many.slice(0, 3), 'aa')).toHaveLength(3);
  });
  it('draws the same again, and others when the log has gone on', () => {
    const lines = (head: string) => drawn(many, head).map(({ line }) => line);
    expect(lines('aa')).toEqual(lines('aa'));
    expect(lines('aa')).not.toEqual(lines('ab'));
  });
});

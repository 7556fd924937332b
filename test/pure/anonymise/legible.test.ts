/** When an operator is told that a person is hard to make out, why, and what else the plan would allow. */
import type { Plan } from '@nattfrid/shared/domain/plan';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { hardToSee } from '../../../agent/src/anonymise/hard-to-see.ts';
import { type Judging, legibilityOf } from '../../../agent/src/anonymise/legible.ts';
import { pictureRate } from '../../../agent/src/anonymise/picture-rate.ts';
import { othersAgreed } from '../../../agent/src/plan/also-agreed.ts';
import { legibilityNotices } from '../../../agent/src/publish/legibility-notices.ts';
import { personAt } from '../../support/seen.ts';

const tall = { x: 0.4, y: 0.2, width: 0.2, height: 0.6 };
const far = { x: 0.5, y: 0.5, width: 0.02, height: 0.04 };
const judging: Judging = { aspect: 16 / 9, perSecond: 10 };
const old = { unseenFor: milliseconds(6000) };

describe('a picture', () => {
  for (const [name, drawn, how, hard, score] of [
    ['is legible where all is as needed', [{ person: personAt(tall), contrast: 9 }], judging, undefined, 1],
    ['is faint at a contrast of 3 to 1', [{ person: personAt(tall), contrast: 3 }], judging, 'faint', 0.667],
    [
      'is of nobody visible where no outline lies in it',
      [{ person: personAt(tall), contrast: undefined }],
      judging,
      'faint',
      0,
    ],
    ['is too small of somebody far away', [{ person: personAt(far), contrast: 9 }], judging, 'small', 0.48],
    [
      'is too slow at two a second',
      [{ person: personAt(tall), contrast: 9 }],
      { ...judging, perSecond: 2 },
      'slow',
      0.5,
    ],
    [
      'is old where nobody understood a shape for six seconds',
      [{ person: personAt(tall, old), contrast: 9 }],
      judging,
      'old',
      0.5,
    ],
    [
      'is as good as the worst of two',
      [
        { person: personAt(tall), contrast: 9 },
        { person: personAt(far), contrast: 9 },
      ],
      judging,
      'small',
      0.48,
    ],
    [
      'is not made worse by what may be nobody',
      [
        { person: personAt(tall), contrast: 9 },
        { person: personAt(far, { certainty: 0.2 }), contrast: 2 },
      ],
      judging,
      undefined,
      1,
    ],
  ] as const)
    it(name, () => {
      const found = legibilityOf(drawn, how);
      expect(found?.hard).toBe(hard);
      expect(found?.score).toBeCloseTo(score, 2);
      expect(found?.legible).toBe(hard === undefined);
    });

  it('counts as legible where the plan asks for less', () =>
    expect(legibilityOf([{ person: personAt(tall), contrast: 3 }], { ...judging, least: 0.6 })?.legible).toBe(true));
  it('of an empty room is not judged', () => expect(legibilityOf([], judging)).toBeUndefined());
});

describe('A1.14 an operator', () => {
  const bad = legibilityOf([{ person: personAt(tall), contrast: 2 }], judging);
  const good = legibilityOf([{ person: personAt(tall), contrast: 9 }], judging);
  const told = (pictures: string) => {
    const watch = hardToSee();
    return [...pictures].map((one, n) => watch.see(instant(n * 100), one === 'b' ? bad : good));
  };
  it('is not told for a few bad pictures', () => expect(told('ggggbbgggggggggggggg').some(Boolean)).toBe(false));
  it('is told why when most of two seconds were bad, and still while it wavers', () =>
    expect(told(`${'b'.repeat(20)}gbgb`).at(-1)).toBe('faint'));
  it('is told that it is well again', () => expect(told(`${'b'.repeat(20)}${'g'.repeat(20)}`).at(-1)).toBeUndefined());

  it('is told once, with the other agreed modes, and once that it is over', () => {
    const notices = legibilityNotices();
    const said = [undefined, 'faint', 'faint', undefined].map((hard) =>
      notices(hard as 'faint' | undefined, () => ['blur']),
    );
    expect(said).toEqual([
      undefined,
      { type: 'hard-to-see', why: 'faint', offers: ['blur'] },
      undefined,
      { type: 'legible' },
    ]);
  });
});

describe('the plan', () => {
  const plan = (alsoAgreed?: Plan['alsoAgreed']) => ({ mode: 'silhouette', alsoAgreed }) as Plan;
  for (const [name, given, shown, offered] of [
    ['offers nothing where it says nothing', plan(), 'silhouette', []],
    ['offers the others that it says, in its own order', plan(['blocks', 'blur']), 'silhouette', ['blocks', 'blur']],
    ['offers the way back as well', plan(['blur', 'blocks']), 'blur', ['silhouette', 'blocks']],
    ['offers each once', plan(['silhouette', 'blur', 'blur']), 'silhouette', ['blur']],
    ['offers nothing beside a mode that it does not hold', plan(['blur']), 'clear', []],
    ['offers nothing where there is none', undefined, 'silhouette', []],
  ] as const)
    it(name, () => expect(othersAgreed(given, shown)).toEqual(offered));
});

it('the rate is known after a while, and forgotten after a pause', () => {
  const rate = pictureRate();
  for (let n = 0; n < 31; n++) rate.count(instant(n * 100));
  expect(rate.perSecond(instant(3000))).toBe(10);
  rate.count(instant(60_000));
  expect(rate.perSecond(instant(60_000))).toBeUndefined();
});

/** The words of the console: both languages say the same things, everything that can be said has words, nothing is left over. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceWords, figureWords } from '@nattfrid/console/alarm/figures';
import { en } from '@nattfrid/console/words/en';
import { known } from '@nattfrid/console/words/known';
import type { Say } from '@nattfrid/console/words/say';
import { sv } from '@nattfrid/console/words/sv-all';
import { ago, clockTime, length, whenever } from '@nattfrid/console/words/times';
import { LookFault } from '@nattfrid/shared/desk/look-view';
import { AlarmKind, Evidence } from '@nattfrid/shared/domain/alarm';
import { evidenceCodes, noLongerAgreed } from '@nattfrid/shared/domain/evidence-code';
import { HardToSee, LookEnd, NoPicture, Refusal, Verdict } from '@nattfrid/shared/domain/look';
import { Mode } from '@nattfrid/shared/domain/plan';
import { instant } from '@nattfrid/shared/time/instant';
import { LegibilityNotice } from '@nattfrid/shared/wire/legibility-notice';
import { PlanAnswer } from '@nattfrid/shared/wire/plan-letter';
import { CannotKeep } from '@nattfrid/shared/wire/vitals';
import { describe, expect, it } from 'vitest';
import { at } from './night.ts';

const source = join(import.meta.dirname, '../../../relay/console/src');
const code = (readdirSync(source, { recursive: true, encoding: 'utf8' }) as string[])
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('words/sv-all') && !name.startsWith('words/en'))
  .map((name) => readFileSync(join(source, name), 'utf8'))
  .join('\n');
const blanks = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
const say: Say = (key, put = {}) => {
  const plain = (sv as Record<string, string>)[key] ?? (sv as Record<string, string>)[`${key}_other`] ?? key;
  return plain.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(put[name]));
};

describe('the languages', () => {
  it('have the same keys', () => expect(Object.keys(en).sort()).toEqual(Object.keys(sv).sort()));
  it('leave the same blanks to fill in', () => {
    for (const [key, words] of Object.entries(sv))
      expect([key, blanks(en[key as keyof typeof en])]).toEqual([key, blanks(words)]);
  });
  it('leave no text empty', () => {
    for (const words of [...Object.values(sv), ...Object.values(en)]) expect(words.trim()).not.toBe('');
  });
});

describe('the code', () => {
  const asked = [...code.matchAll(/['`]([a-z][\w-]*(?:\.[\w${}.-]+)+)['`]/gi)].map((match) => match[1]!);
  const patterns = asked.map(
    (key) => new RegExp(`^${key.replace(/[.]/g, '\\.').replace(/\$\{[^}]*\}/g, '.+')}(_one|_other)?$`),
  );
  it('asks for no key that has no words', () => {
    const groups = new Set(Object.keys(sv).map((key) => key.split('.')[0]));
    const missing = asked
      .filter((key) => groups.has(key.split('.')[0]!) && !key.includes('$') && !/\.(tsx?|css|svg|language)$/.test(key))
      .filter((key) => !(key in sv) && !(`${key}_other` in sv));
    expect(missing).toEqual([]);
  });
  it('uses every text', () => {
    const groups = [
      'evidence.',
      'figure.',
      'noPicture.',
      'notice.',
      'noticeWhy.',
      'fault.',
      'cameraFault.',
      'auditWhat.',
      'auditReason.',
      'stepWhy.',
      'checkName.',
      'checkState.',
      'checkSays.',
      'checkDo.',
      'checkFigure.',
      'asked.',
      'pairWhy.',
      'recordWhat.',
      'checklistItem.',
      'auditDetail.',
      'auditCode.',
      'auditSubject.',
      'auditWho.',
      'auditLevel.',
      'planRefused.',
      'why.',
      'relayWhy.',
      'breakGlassFault.',
      'breakGlassUse.',
      'deedRefused.',
    ];
    const unused = Object.keys(sv).filter(
      (key) => !groups.some((group) => key.startsWith(group)) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });
  it('holds no text of its own between the tags of a screen', () => {
    const loose = [...code.matchAll(/>\s*([A-ZÅÄÖ][a-zåäö]+(?: [a-zåäö]+)+)\s*</g)].map((match) => match[1]);
    expect(loose).toEqual([]);
  });
});

describe('everything that a unit or the relay can say has words', () => {
  const detectors = Object.values(evidenceCodes).flatMap((kind) => Object.values(kind).flat());
  for (const [group, codes] of [
    ['alarm.kind', AlarmKind.options],
    ['alarm.lead', AlarmKind.options],
    ['unit.cannotKeep', CannotKeep.options],
    ['refusal', Refusal.options],
    ['noPicture', NoPicture.options],
    ['lookEnd', LookEnd.options],
    ['lookFault', LookFault.options],
    ['verdict', Verdict.options],
    ['notice', LegibilityNotice.options.map((one) => one.unwrap().shape.type.value)],
    ['noticeWhy', HardToSee.options],
    ['mode', Mode.options],
    [
      'evidence',
      [
        ...detectors,
        noLongerAgreed,
        'unit-silent',
        'power-gone',
        'unit-on-battery',
        'unit-doubled',
        ...CannotKeep.options,
      ],
    ],
    ['planRefused', PlanAnswer.options[1].unwrap().shape.why.options],
  ] satisfies [string, readonly string[]][])
    it(group, () => expect(codes.filter((one) => known(group, one) === undefined)).toEqual([]));
});

describe('evidence', () => {
  const evidence = (parts: object) => Evidence.parse({ code: 'dark', figures: {}, ...parts });
  it('is said in words and figures', () => {
    const fell = evidence({
      code: 'fell-out-of-bed',
      figures: { lyingForSeconds: 15, fellInSeconds: 0.82, persons: 1 },
    });
    expect(evidenceWords(fell, say)).toContain('föll ur sängen');
    expect(figureWords(fell, 'sv', say)).toEqual([
      ['Legat i', '15 s'],
      ['Föll på', '0,8 s'],
      ['Personer i rummet', '1'],
    ]);
  });
  it('is shown although the unit is newer than the screen', () => {
    const newer = evidence({ code: 'sleeps-under-table', figures: { tableHeightMinutes: 2.04 } });
    expect(evidenceWords(newer, say)).toContain('sleeps-under-table');
    expect(figureWords(newer, 'sv', say)).toEqual([['table height minutes', '2 min']]);
  });
});

describe('times', () => {
  for (const [seconds, words] of [
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [250, '4 min 10 s'],
    [700, '11 min'],
    [3900, '1 h 5 min'],
    [-5, '0 s'],
  ] as const)
    it(`${seconds} s is «${words}»`, () => expect(length(seconds * 1000, say)).toBe(words));

  it('is the clock on the wall in Stockholm, through both odd nights', () => {
    const times = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2027-03-28T00:59:00Z', '2027-03-28T01:00:00Z'];
    expect(times.map((time) => clockTime(instant(Date.parse(time)), 'sv'))).toEqual([
      '02:30',
      '02:30',
      '01:59',
      '03:00',
    ]);
  });
  it('names the day of what is not of this night', () => {
    expect(whenever(at(-60), at(0), 'sv', say)).toBe('02:00');
    expect(whenever(at(-60 * 30), at(0), 'sv', say)).toBe('20 nov. kl. 21:00');
  });
  it('counts up', () =>
    expect([ago(at(0), at(0), say), ago(at(0), at(1.5), say)]).toEqual(['nyss', '1 min 30 s sedan']));
});

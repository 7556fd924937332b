/** The log says in words what the relay writes there: each name and each code of its small print, who it was, and what it is about. */
import { detailWords, subjectWords, whoWords } from '@nattfrid/console/audit/detail-words';
import { known } from '@nattfrid/console/words/known';
// What is fetched with the page of the log has its words as well.
import '@nattfrid/console/words/sv-all';
import type { Say } from '@nattfrid/console/words/say';
import { describe, expect, it } from 'vitest';
import { deedsInLog, writtenInLog } from './audit-lines.ts';

const say: Say = (key) => `in words: ${key}`;
const lines = writtenInLog();
const isSaid = (words: string) => words.startsWith('in words: ');
const small = lines.filter(({ name }) => !name.startsWith('(') && name !== 'operator');

/** What is no word of the program's, though it stands in it. */
const isFigure = (code: string) => /^[\d.:-]+$/.test(code);

describe('the log', () => {
  it('is read off the sources', () => {
    const found = (name: string, code?: string) => small.some((one) => one.name === name && one.code === code);
    expect(small.length).toBeGreaterThan(150);
    expect([found('by', 'password'), found('assurance'), found('why', 'left'), found('until')]).not.toContain(false);
  });
  it('has words for each thing that is done', () => {
    const deeds = deedsInLog();
    expect(deeds.length).toBeGreaterThan(100);
    expect(deeds.filter((one) => !known('auditWhat', one))).toEqual([]);
  });
  it('has a word for each name of its small print', () =>
    expect([...new Set(small.filter(({ name }) => !known('auditDetail', name)).map(({ name }) => name))]).toEqual([]));
  it('has words for each code there', () =>
    expect([
      ...new Set(
        small.flatMap(({ name, code, where }) => {
          if (code === undefined || isFigure(code)) return [];
          const [one] = detailWords({ [name]: code }, say);
          return one?.isCode ? [`${name}: ${code} (${where})`] : [];
        }),
      ),
    ]).toEqual([]));
  const nothing = { alarms: new Map(), looks: new Map() };
  it.for([
    ['who', (code: string) => whoWords(code, say)],
    ['subject', (code: string) => subjectWords(code, nothing, say)],
  ] as const)('has words for %s', ([what, words]) =>
    expect([
      ...new Set(
        lines.filter(({ name, code }) => name === `(${what})` && code && !isSaid(words(code))).map(({ code }) => code),
      ),
    ]).toEqual([]),
  );
});

/** Pure. Words on a screen that are of the other language: by the console's own tables of words, and by the letters of Swedish. */
import { en } from '@nattfrid/console/words/en';
import type { Language } from '@nattfrid/console/words/language';
import { sv } from '@nattfrid/console/words/sv-all';

export interface ReadText {
  readonly words: string;
  /** Text, or the attribute that stands for it. */
  readonly where: string;
  readonly at: string;
  /** What the element itself, or the nearest round it, says its language is. */
  readonly lang: string;
}

/** What has a figure in it is a number, a time or a code. */
const tokens = /[\p{L}\p{N}]+/gu;
const wordsOf = (text: string): readonly string[] =>
  (text.replace(/\{\{\w+\}\}/g, ' ').match(tokens) ?? [])
    .filter((word) => /^\p{L}+$/u.test(word))
    .map((word) => word.toLowerCase());
const vocabulary = (table: Readonly<Record<string, string>>) => new Set(Object.values(table).flatMap(wordsOf));
const spoken: Readonly<Record<Language, ReadonlySet<string>>> = { sv: vocabulary(sv), en: vocabulary(en) };
const other = { sv: 'en', en: 'sv' } as const;

/** @param said words that are data, whatever the language @returns what is foreign, in words */
export function foreignWords(texts: readonly ReadText[], language: Language, said: ReadonlySet<string>): string[] {
  const faults = texts
    .filter(({ lang }) => lang === '' || lang === language)
    .flatMap(({ words, where, at }) => {
      const strange = wordsOf(words).filter((word) => isForeign(word, language) && !said.has(word));
      return strange.length > 0 ? [`${where} «${words.slice(0, 80)}»: ${strange.join(', ')} (${at})`] : [];
    });
  return [...new Set(faults)];
}

const isForeign = (word: string, language: Language): boolean =>
  !spoken[language].has(word) &&
  ((word.length > 1 && spoken[other[language]].has(word)) || (language === 'en' && /[åäö]/.test(word)));

/** The words of some data. */
/** The laws by which a unit is ordered (SoL, HSL) have one name in both languages. */
export const dataWords = (...data: readonly string[]): ReadonlySet<string> =>
  new Set(['SoL HSL', ...data].flatMap(wordsOf));

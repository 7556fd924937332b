/** The pages for staff quote the screens as they are, in both languages. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from '../../relay/console/src/words/en.ts';
import { sv, type WordKey } from '../../relay/console/src/words/sv-all.ts';

const keys = Object.keys(sv) as WordKey[];
/** «…» at the end of a quotation, and what the screen fills in, stand for any words. */
const says = (screen: string, quoted: string) => {
  const literal = (text: string) =>
    text
      .split(/\{\{\w+\}\}|…/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').trim())
      .join('.*');
  return new RegExp(`^${literal(quoted)}`, 'i').test(screen.replace(/\{\{\w+\}\}/g, '…'));
};

for (const page of ['for-operators', 'for-technicians'])
  describe(`docs/${page}.md`, () => {
    const text = readFileSync(new URL(`../../docs/${page}.md`, import.meta.url), 'utf8').replace(/\s+/g, ' ');
    const quotations = [...text.matchAll(/«([^»]+)» \/ «([^»]+)»/g)].map(
      ([, english = '', swedish = '']) => [english, swedish] as const,
    );

    it('quotes the screens', () => expect(quotations.length).toBeGreaterThan(15));
    for (const [english, swedish] of quotations)
      it(`«${english}» / «${swedish}» is on a screen`, () =>
        expect(keys.filter((key) => says(en[key], english) && says(sv[key], swedish))).not.toEqual([]));
  });

/** What keeps somebody from using a screen, as far as axe can tell: WCAG 2.2 A and AA, and of axe's own advice what is serious. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** A, AA of 2.0, 2.1 and 2.2. */
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
/** All that hangs on colours: the one thing that another theme changes. */
const colours = ['color-contrast', 'link-in-text-block'];
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Barrier {
  readonly rule: string;
  readonly words: string;
}

/** @param what all rules, or those about colours alone */
export async function barriers(page: Page, what: 'all' | 'colours' = 'all'): Promise<readonly Barrier[]> {
  // Put in once for each page that is loaded; what is evaluated is no script of the page, and its security policy holds.
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(source);
  const runOnly =
    what === 'all' ? { type: 'tag', values: [...wcag, 'best-practice'] } : { type: 'rule', values: colours };
  return (await page.evaluate(`axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})
    .then(({ violations }) => violations
      .filter(({ tags, impact }) => tags.some((tag) => tag.startsWith('wcag')) || impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
        ({ rule: id, words: target.join(' ') + ': ' + ([...any, ...all, ...none][0]?.message ?? '') }))))`)) as Barrier[];
}

/** Both themes, the given one last: contrast is not the same in light and in dark. @returns what is in the way, in words */
export async function barriersInBoth(page: Page): Promise<readonly string[]> {
  const wear = (theme: string) =>
    page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', '${theme}')`);
  await wear('light');
  const light = await barriers(page, 'colours');
  await wear('dark');
  return [...light, ...(await barriers(page))].map(({ rule, words }) => `${rule}: ${words}`);
}

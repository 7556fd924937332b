/** `npm run screens`: every page and dialog of the console in a real browser, as everybody who has it; exits with 1 where something is found. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../../stand-ins/staff/chromium.ts';
import { picturesForDocs } from './for-docs.ts';
import { themes, type Width, widths } from './look-over.ts';
import type { Screen } from './walk.ts';
import { walkAll } from './walk-all.ts';

const help = `Usage: npm run screens [-- --out FOLDER] [--role ROLE]… [--page WORDS] [--language sv|en] [--theme dark|light] [--width phone|tablet|desk] [--quick]
       npm run screens -- --docs FOLDER

A municipality with something of everything and one with nothing, a real relay, a real Chromium. As each role, in Swedish and English,
light and dark, on a phone, a tablet and a desk, every page of the console's table of addresses is opened, unfolded, and its forms sent
empty, and scenes are played that no address leads to. Looked for: axe (WCAG 2.2 A and AA), Tab order, visible and uncovered focus,
320 px, spaced and enlarged text, forced colours, reduced motion, one h1, a title, announcements, words of the other language.
A page that nobody's links lead to is a fault. What hangs on how a screen is built is looked at once for each build, what it says each time. --out: pictures of the screens, and findings.json. --page: only those whose name holds
these words. --quick: axe and widths alone. About half an hour on two cores.
--docs FOLDER: instead, a small picture of each page and a page that shows them, as docs/console has them (five minutes).
`;
const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    role: { type: 'string', multiple: true },
    page: { type: 'string' },
    language: { type: 'string' },
    theme: { type: 'string' },
    width: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    docs: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const chosen = <One extends string>(all: readonly One[], given: readonly string[] | undefined): readonly One[] =>
  given ? all.filter((one) => given.includes(one)) : all;

if (values.help) console.log(help);
else process.exitCode = await screens();

async function screens(): Promise<number> {
  const chromium = findChromium(process.env);
  if (!chromium) {
    console.error('There is no Chromium here: name one in NATTFRID_CHROMIUM, or run scripts/setup.');
    return 2;
  }
  if (values.docs !== undefined) {
    const { many, bytes } = await picturesForDocs(chromium, resolve(values.docs));
    console.log(`${many} pictures, ${(bytes / 1_000_000).toFixed(1)} MB`);
    return 0;
  }
  const out = values.out === undefined ? undefined : resolve(values.out);
  if (out) mkdirSync(out, { recursive: true });
  const started = performance.now();
  const { all, unreached } = await walkAll({
    chromium,
    out,
    languages: chosen(['sv', 'en'] as const, values.language ? [values.language] : undefined),
    themes: chosen(themes, values.theme ? [values.theme] : undefined),
    widths: chosen(Object.keys(widths) as Width[], values.width),
    whole: !values.quick,
    only: values.page === undefined ? undefined : new RegExp(values.page),
    roles: values.role,
    told: ({ page, state, walker, language, findings }) => {
      console.error(`${page}${state ? `, ${state}` : ''} (${walker}, ${language}): ${findings.length}`);
      for (const { rule, words } of findings) console.error(`  ${rule}: ${words}`);
    },
  });
  if (out) writeFileSync(join(out, 'findings.json'), JSON.stringify(all, undefined, 1));
  printTable(all);
  for (const page of unreached) console.log(`no link leads anybody to the page «${page}»`);
  const many = all.reduce((sum, { findings }) => sum + findings.length, 0);
  console.log(`${all.length} screens, ${many} findings, ${((performance.now() - started) / 60_000).toFixed(1)} min`);
  return many === 0 && unreached.length === 0 ? 0 : 1;
}

/** Page × what was found there, and below it each thing once. */
function printTable(all: readonly Screen[]): void {
  const pages = Map.groupBy(all, ({ page }) => page);
  console.log(`\n${'page'.padEnd(32)} screens  found`);
  for (const [page, screens] of pages) {
    const found = screens.flatMap(({ findings }) => findings);
    const rules = Map.groupBy(found, ({ rule }) => rule);
    const words = [...rules].map(([rule, each]) => `${rule} ${each.length}`).join(', ');
    console.log(`${page.padEnd(32)} ${String(screens.length).padStart(7)}  ${words || '–'}`);
  }
  console.log('');
  for (const [page, screens] of pages) {
    const things = Map.groupBy(
      screens.flatMap(({ findings }) => findings),
      ({ rule, words }) => `${rule}: ${words.replace(/ \([a-z, ]+\)$/, '').replace(/\d+/g, '0')}`,
    );
    for (const [thing, each] of things)
      console.log(`${page}: ${thing}${each.length > 1 ? ` (${each.length} times)` : ''}`);
  }
}

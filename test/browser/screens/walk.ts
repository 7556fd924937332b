/** A walk through the console as one person: every address that a link leads to, folded and unfolded, sent in empty, in both languages. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { en } from '@nattfrid/console/words/en';
import type { Language } from '@nattfrid/console/words/language';
import { sv } from '@nattfrid/console/words/sv-all';
import type { BrowserContext, Page } from 'playwright-core';
import { barriers } from '../barriers.ts';
import { drawn } from '../drawn.ts';
import {
  bends,
  buildOf,
  chatters,
  type Finding,
  keyboard,
  lies,
  obeys,
  saysWell,
  standStill,
  type Theme,
  unfold,
  type Width,
  wear,
  widths,
} from './look-over.ts';

/** One screen as it was found. */
export interface Screen {
  /** Of the table of addresses, or of a scene. */
  readonly page: string;
  readonly state: string;
  readonly walker: string;
  readonly language: Language;
  readonly findings: readonly Finding[];
}

/** How much is looked at; everything, or what a minute allows. */
export interface Thoroughness {
  readonly languages: readonly Language[];
  readonly themes: readonly Theme[];
  readonly widths: readonly Width[];
  /** Also by keyboard, at 320 px, spaced, enlarged, in forced colours, and over time. */
  readonly whole: boolean;
  /** Each page once, by the first who has it, as it opens: nothing unfolded, nothing sent. */
  readonly once?: boolean;
}

export interface Walk extends Thoroughness {
  readonly url: string;
  /** Page > patterns of its addresses. */
  readonly patterns: Readonly<Record<string, readonly string[]>>;
  readonly said: () => ReadonlySet<string>;
  /** Folder for pictures of the screens; absent: none are made. */
  readonly out: string | undefined;
  /** What has been looked at, whoever it was: a screen that is the same for two roles is looked at once. */
  readonly known: Set<string>;
  readonly only: RegExp | undefined;
  readonly told: (screen: Screen) => void;
}

/** How many addresses of one pattern are visited: alarms and clients are there in several states. */
const several: Readonly<Record<string, number>> = { alarm: 8, client: 6, look: 4 };
const usually = 2;
/** Where the ways to all others begin. */
const leads: ReadonlySet<string> = new Set(['watch', 'more', 'units']);
const words = { sv, en } as const;

export const pageOf = (patterns: Walk['patterns'], path: string): string | undefined =>
  Object.keys(patterns).find((page) => patterns[page]?.some((pattern) => asPattern(pattern).test(path)));
/** A page of all and a page of one are two, though they are one page in the table. */
const addressOf = (patterns: Walk['patterns'], name: string, path: string): string =>
  patterns[name]?.find((pattern) => asPattern(pattern).test(path)) ?? name;
const asPattern = (pattern: string) => new RegExp(`^${pattern.replace(/\$\w+/g, '[^/]+')}$`);

/** Until what was asked for has come; at most eight seconds. */
export async function settled(page: Page, language: Language): Promise<void> {
  const loading = JSON.stringify(words[language]['app.loading']);
  for (let tries = 0; tries < 80; tries++) {
    // Not waitForFunction: it evaluates within the page, whose security policy forbids that.
    const isThere = await page.evaluate(
      `document.querySelector('h1') !== null && !document.querySelector('main, #root')?.textContent.includes(${loading})`,
    );
    if (isThere) break;
    await page.waitForTimeout(100);
  }
  await page.waitForTimeout(120);
}

export async function speak(page: Page, url: string, language: Language): Promise<void> {
  await page.goto(url);
  await page.evaluate(`localStorage.setItem('nattfrid.language', '${language}')`);
}

/** @returns the pages that were reached, by their names in the table of addresses */
export async function crawl(
  walk: Walk,
  walker: string,
  context: BrowserContext,
  more: readonly string[],
): Promise<ReadonlySet<string>> {
  const reached = new Set<string>();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|does not understand/.test(message.text())) complaints.push(message.text());
  });
  for (const language of walk.languages) {
    await speak(page, walk.url, language);
    const waiting = ['/', ...more];
    const seen = new Set<string>();
    const visits = new Map<string, number>();
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const name = pageOf(walk.patterns, path);
      if (!name) continue;
      const address = addressOf(walk.patterns, name, path);
      if (walk.once && walk.known.has(`page ${address}`) && !leads.has(name)) {
        reached.add(name);
        continue;
      }
      const before = visits.get(address) ?? 0;
      if (before >= (walk.once ? 1 : (several[name] ?? usually))) continue;
      visits.set(address, before + 1);
      reached.add(name);
      await page.goto(`${walk.url}${path}`);
      await settled(page, language);
      waiting.push(...(await linksOf(page)));
      if (walk.only && !walk.only.test(name)) continue;
      if (walk.once && walk.known.has(`page ${address}`)) continue;
      walk.known.add(`page ${address}`);
      const first = seen.size === 1;
      const one = address === walk.patterns[name]?.[0] ? '' : 'one';
      const look = (state: string) =>
        lookAt(walk, page, { page: name, state: [one, state].filter(Boolean).join(' '), walker, language }, first);
      await look(before === 0 ? '' : `${before + 1}`);
      if (walk.once) continue;
      if ((await unfold(page)) > 0) {
        await settled(page, language);
        waiting.push(...(await linksOf(page)));
        await look(`unfolded${before === 0 ? '' : ` ${before + 1}`}`);
      }
      if (before === 0) await sendEmpty(page, (state) => look(state), walk, { page: name, walker, language });
    }
  }
  await page.close();
  if (complaints.length > 0)
    walk.told({
      ...{ page: 'everywhere', state: '', walker, language: walk.languages[0] ?? 'sv' },
      findings: complaints.map((words) => ({ rule: 'error in the page', words })),
    });
  return reached;
}

const linksOf = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll('a[href^="/"]')].map((one) => new URL(one.href).pathname)`) as Promise<
    string[]
  >;

/** Each form that adds something is sent as it is: what is missing is said, and said aloud. */
async function sendEmpty(
  page: Page,
  look: (state: string) => Promise<void>,
  walk: Walk,
  of: Pick<Screen, 'page' | 'walker' | 'language'>,
): Promise<void> {
  const buttons = page.locator('main [data-testid^=add-][data-testid$=-submit]:visible:enabled');
  const many = await buttons.count();
  if (many === 0) return;
  const findings: Finding[] = [];
  for (let at = 0; at < many; at++) {
    const button = buttons.nth(at);
    const id = (await button.getAttribute('data-testid')) ?? '';
    const form = button.locator('xpath=ancestor::form[1]');
    await button.click({ timeout: 3000 }).catch(() => undefined);
    const aloud = form.locator('[role=alert], [role=status], [aria-invalid=true]').first();
    const isSaid = await aloud.waitFor({ timeout: 2000 }).then(
      () => true,
      () => false,
    );
    if (!isSaid) findings.push({ rule: 'not announced', words: `what ${id} says of an empty form` });
  }
  if (findings.length > 0) walk.told({ ...of, state: 'sent empty', findings });
  await look('sent empty');
}

/**
 * One screen, at each width and in each theme. What hangs on how it is built (axe, focus, contrast) is looked at once for each build;
 * in the other language again what hangs on the length of its words; what it says is read each time.
 */
export async function lookAt(walk: Walk, page: Page, of: Omit<Screen, 'findings'>, always = false): Promise<void> {
  const built = await buildOf(page);
  const isNew = always || !walk.known.has(built);
  const isNewHere = always || !walk.known.has(`${of.language} ${built}`);
  walk.known.add(built).add(`${of.language} ${built}`);
  const findings: Finding[] = [];
  const at = (where: string, found: readonly Finding[]) =>
    findings.push(...found.map(({ rule, words }) => ({ rule, words: where ? `${words} (${where})` : words })));
  const base = [of.page, of.state, of.walker, of.language].filter(Boolean).join('-').replace(/\W+/g, '-');
  at('', await saysWell(page, of.language, walk.said()));
  for (const width of walk.widths) {
    const [wide, high] = widths[width];
    await page.setViewportSize({ width: wide, height: high });
    await drawn(page);
    at(width, await lies(page));
    if (!isNewHere) continue;
    for (const [number, theme] of walk.themes.entries()) {
      await wear(page, theme);
      await standStill(page);
      if (isNew || (number === 0 && width === walk.widths[0]))
        at(`${width}, ${theme}`, await barriers(page, number === 0 ? 'all' : 'colours'));
      if (walk.out) await shoot(page, walk.out, `${base}-${theme}-${width}`);
    }
    if (walk.whole && isNew) at(width, await keyboard(page));
  }
  if (walk.whole && isNewHere) at('', await bends(page));
  if (walk.whole && isNew) {
    at('', await obeys(page));
    at('', await chatters(page));
  }
  await wear(page, walk.themes[0] ?? 'dark');
  await page.setViewportSize({ width: widths.desk[0], height: widths.desk[1] });
  walk.told({ ...of, findings });
}

export async function shoot(page: Page, out: string, name: string): Promise<void> {
  mkdirSync(out, { recursive: true });
  await page.evaluate('window.scrollTo(0, 0)');
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true, animations: 'disabled' });
}

/** One screen looked over by a browser, as it stands: WCAG 2.2 A and AA as far as a program can tell, and the house's own rules. */
import { join } from 'node:path';
import type { Language } from '@nattfrid/console/words/language';
import type { BrowserContext, Page } from 'playwright-core';
import { drawn } from '../drawn.ts';
import { foreignWords, type ReadText } from './other-language.ts';

export interface Finding {
  /** What was broken: an axe rule, or one of ours. */
  readonly rule: string;
  readonly words: string;
}

export const widths = { phone: [390, 844], tablet: [820, 1180], desk: [1440, 900] } as const;
export type Width = keyof typeof widths;
export const themes = ['dark', 'light'] as const;
export type Theme = (typeof themes)[number];

/** Before the first page of a context is opened. */
export async function prepare(context: BrowserContext): Promise<void> {
  await context.addInitScript({ path: join(import.meta.dirname, 'in-page.js') });
}

interface Facts {
  readonly title: string;
  readonly lang: string;
  readonly headings: readonly string[];
  readonly tooWide: { readonly wide: number; readonly room: number; readonly by: readonly string[] } | null;
  readonly cut: readonly string[];
  readonly pointerOnly: readonly string[];
  readonly sharedNames: readonly string[];
  readonly announces: boolean;
  readonly ahead: readonly string[];
  readonly moving: readonly string[];
}
const ask = <Answer>(page: Page, what: string): Promise<Answer> =>
  page.evaluate(`nattfridScreen.${what}`) as Promise<Answer>;
const factsOf = (page: Page) => ask<Facts>(page, 'facts()');

export const wear = (page: Page, theme: Theme): Promise<unknown> =>
  page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', '${theme}')`);

/**
 * As it stands there once nothing fades any more, from its top: in the middle of a change of colours its contrast is neither theme's, and where it was
 * scrolled to lies under the head what would not lie there.
 */
export async function standStill(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    window.scrollTo(0, 0);
    // What goes on for ever has no end to wait for.
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    for (const one of ending) one.finish();
  })()`);
  await drawn(page);
}

/** What holds whatever the width and the theme: names, language, title, heading, what is announced. */
export async function saysWell(page: Page, language: Language, said: ReadonlySet<string>): Promise<readonly Finding[]> {
  const facts = await factsOf(page);
  const texts = await ask<readonly ReadText[]>(page, 'texts()');
  const faults: Finding[] = [];
  if (facts.lang !== language) faults.push({ rule: 'page language', words: `says «${facts.lang}»` });
  if (facts.headings.length !== 1)
    faults.push({ rule: 'one h1', words: `${facts.headings.length}: ${facts.headings.join(', ')}` });
  if (!/\S – Nattfrid$/.test(facts.title)) faults.push({ rule: 'page title', words: `«${facts.title}» names no page` });
  if (!facts.announces) faults.push({ rule: 'live region', words: 'there is none' });
  for (const words of facts.sharedNames) faults.push({ rule: 'one name, several choices', words });
  for (const words of facts.pointerOnly) faults.push({ rule: 'pointer only', words });
  for (const words of facts.ahead) faults.push({ rule: 'order of focus', words: `${words} has a tabindex above 0` });
  for (const words of foreignWords(texts, language, said)) faults.push({ rule: 'other language', words });
  return faults;
}

/** How it lies on a screen of this width. */
export async function lies(page: Page, rule = 'too wide'): Promise<readonly Finding[]> {
  const { tooWide, cut } = await factsOf(page);
  return [
    ...(tooWide ? [{ rule, words: `${tooWide.wide} px on ${tooWide.room}: ${tooWide.by.join(', ')}` }] : []),
    ...cut.map((words) => ({ rule: rule === 'too wide' ? 'cut off' : `${rule}, cut off`, words })),
  ];
}

/** What floats finds its place anew a moment later. */
async function settles(page: Page): Promise<void> {
  await page.waitForTimeout(100);
  await drawn(page);
}

/** WCAG 1.4.10, 1.4.12, 1.4.4: at 320 px, with the spacing of those who need it, twice as large. */
export async function bends(page: Page): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const [width, height] = [page.viewportSize()?.width ?? 1440, page.viewportSize()?.height ?? 900];
  await page.setViewportSize({ width: 320, height: 800 });
  await settles(page);
  found.push(...(await lies(page, 'at 320 px')));
  for (const [of, [wide, high]] of Object.entries(widths)) {
    await page.setViewportSize({ width: wide, height: high });
    await ask(page, 'spacing(true)');
    await settles(page);
    found.push(...(await lies(page, `spaced text, ${of}`)));
    await ask(page, 'spacing(false)');
  }
  // A desk whose browser has been told to draw everything twice as large: as many CSS pixels as half of it.
  await page.setViewportSize({ width: 720, height: 450 });
  await settles(page);
  found.push(...(await lies(page, 'twice as large')));
  await page.setViewportSize({ width, height });
  return found;
}

/** With the system's own colours, and for those who get dizzy. */
export async function obeys(page: Page): Promise<readonly Finding[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { moving } = await factsOf(page);
  await page.emulateMedia({ reducedMotion: null });
  await page.emulateMedia({ forcedColors: 'active' });
  const lost = await keyboard(page, 12);
  await page.emulateMedia({ forcedColors: null });
  return [
    ...moving.map((words) => ({ rule: 'moves all the same', words })),
    ...lost.filter(({ rule }) => rule === 'focus not seen').map((one) => ({ ...one, rule: 'forced colours' })),
  ];
}

interface Stop {
  readonly name: string;
  /** Of radio buttons: one of them is reached by Tab, the others by arrows. */
  readonly group: string | null;
}
interface Focused {
  readonly at: number;
  readonly name: string;
  readonly seen: boolean;
  readonly covered: boolean;
  readonly drawn: boolean;
}

/** Tab by Tab through the page, from its beginning: all is reached, in the order in which it is read, seen, and covered by nothing. */
export async function keyboard(page: Page, most = Number.POSITIVE_INFINITY): Promise<readonly Finding[]> {
  const stops = await ask<readonly Stop[]>(page, 'beginTabs()');
  const found: Finding[] = [];
  const reached = new Set<number>();
  let last = -1;
  // A date has several stops within itself.
  const many = Math.min(4 * stops.length + 15, most);
  for (let tab = 0; tab < many; tab++) {
    await page.keyboard.press('Tab');
    const now = await ask<Focused | null>(page, 'focused()');
    if (!now) {
      if (reached.size > 0) break;
      continue;
    }
    if (now.at >= 0 && now.at === last) continue;
    if (now.at >= 0 && reached.has(now.at)) break;
    if (!now.drawn) found.push({ rule: 'focus not seen', words: `${now.name} is not drawn` });
    else if (!now.seen) found.push({ rule: 'focus not seen', words: now.name });
    if (now.drawn && now.covered) found.push({ rule: 'focus covered', words: now.name });
    if (now.at < 0) continue;
    if (now.at < last) found.push({ rule: 'order of focus', words: `${now.name} comes after what stands below it` });
    last = now.at;
    reached.add(now.at);
  }
  if (most !== Number.POSITIVE_INFINITY) return found;
  const groups = new Set([...reached].map((at) => stops[at]?.group).filter(Boolean));
  stops.forEach(({ name, group }, at) => {
    if (!reached.has(at) && !(group && groups.has(group))) found.push({ rule: 'no Tab leads there', words: name });
  });
  return found;
}

/** What is said aloud again and again though nothing happens: figures that count in a live region. */
export async function chatters(page: Page): Promise<readonly Finding[]> {
  const read = () => ask<readonly (readonly [string, string])[]>(page, 'liveWords()');
  const before = new Map(await read());
  await page.waitForTimeout(2100);
  const bare = (text: string) => text.replace(/\d+/g, '0');
  return (await read()).flatMap(([name, text]) => {
    const was = before.get(name);
    return was !== undefined && was !== text && bare(was) === bare(text)
      ? [{ rule: 'announced each second', words: name }]
      : [];
  });
}

/** Unfolds what is folded. @returns how many were */
export const unfold = (page: Page): Promise<number> => ask<number>(page, 'unfold()');

/** What it is built of, without its words. */
export const buildOf = (page: Page): Promise<string> => ask<string>(page, 'build()');

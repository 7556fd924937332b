/** A new console of somebody who has one already, in real browsers: what to do, a colleague who compares figures, and no visit. */
import { AxeBuilder } from '@axe-core/playwright';
import { en } from '@nattfrid/console/words/en';
import { sv } from '@nattfrid/console/words/sv-all';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { openChromium } from './chromium.ts';
import { type Home, openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
if (!chromium) console.log('SKIPPED: new consoles are not tried in a browser: there is no Chromium here.');
/** A folder for what the screens look like, where somebody wants to see them. */
const pictures = process.env['NATTFRID_SCREENSHOTS'];

let site: Site;
let browser: Browser;
let home: Home;
/** Anna's usual browser, her new telephone, Bo's browser and the coordinator's. */
let [usual, phone, bo, siv] = [] as unknown as [Page, Page, Page, Page];
const complaints: string[] = [];

const part = (on: Page, id: string) => on.getByTestId(id);
async function enter(person: { readonly email: string; readonly password: string }, width = 1400): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: width > 500 ? 900 : 844 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|does not understand/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(site.relay.url);
  await part(page, 'sign-in-email').fill(person.email);
  await part(page, 'sign-in-password').fill(person.password);
  await part(page, 'sign-in-submit').click();
  await part(page, 'watch').waitFor();
  return page;
}

async function expectAccessible(page: Page, name: string): Promise<void> {
  const wear = (theme: string) =>
    page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', '${theme}')`);
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  for (const theme of ['light', 'dark']) {
    await wear(theme);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
    ).toEqual([]);
  }
}

/** Waits until it has gone: while it fades away it has too little contrast, and no entries. */
async function shutMenu(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await part(page, 'sign-out').waitFor({ state: 'hidden' });
}

const figures = (page: Page, within: string) =>
  part(page, within)
    .getByTestId('console-figures')
    .textContent()
    .then((text) => text?.trim());
const visits = (page: Page) =>
  page.evaluate(`fetch('/api/desk').then((desk) => desk.json()).then((desk) => desk.visits)`);

describe.skipIf(!chromium)('a new console of somebody who has one already', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    site = await openSite([]);
    browser = await openChromium(chromium ?? '');
    home = await site.addHome('unit-asp', 'Asp 1', { looks: 1 });
    home.unit.manner = { name: 'keeps-silent' };
    usual = await enter(staff.operator);
    bo = await enter(staff.colleague);
    siv = await enter(staff.coordinator);
    // Each of them is registered before another of the same person comes.
    await vi.waitFor(async () => expect(await consoles(siv)).toHaveLength(3), { timeout: 20_000 });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  const consoles = (page: Page) =>
    page.evaluate(`fetch('/api/consoles').then((answer) => answer.json()).then(({ consoles }) => consoles)`) as Promise<
      { who: string; state: string }[]
    >;

  it('says what to do, with its figures, and keeps nobody from the alarms', async () => {
    phone = await enter(staff.operator, 390);
    await part(phone, 'console-notice').getByText(sv['consoles.notice.title']).waitFor();
    expect(await figures(phone, 'console-notice')).toMatch(/^(\d{5} ?){5}$/);
    await expectAccessible(phone, 'notice-390');
    await phone.setViewportSize({ width: 1400, height: 900 });
    await expectAccessible(phone, 'notice-1400');
    await phone.setViewportSize({ width: 390, height: 844 });
  });

  it('asks no unit for a look, says why, and no visit is ordered: the look stays', async () => {
    await part(phone, 'open-due-look').click();
    await phone.getByText(sv['fault.console-unconfirmed']).waitFor();
    await expectAccessible(phone, 'refused-390');
    expect(home.unit.calls).toBe(0);
    expect(await visits(phone)).toEqual([]);
    await part(phone, 'open-due-look').waitFor();
  });

  it('stands on a colleague’s watch at once, and on the own other console, with the same figures', async () => {
    await part(bo, 'console-card').waitFor();
    expect(await part(bo, 'console-card').textContent()).toContain(
      sv['consoles.card.title'].replace('{{who}}', staff.operator.name),
    );
    await expect.poll(() => figures(bo, 'console-card')).toBe(await figures(phone, 'console-notice'));
    await part(usual, 'console-card').getByText(sv['consoles.card.own']).waitFor();
    await expectAccessible(bo, 'card-1400');
    await bo.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(bo, 'card-390');
    await bo.setViewportSize({ width: 1400, height: 900 });
  });

  it('is left to the coordinator once somebody says that the figures do not agree', async () => {
    await part(bo, 'doubt-console').click();
    await bo.getByText(sv['consoles.doubted'].replace('{{who}}', staff.colleague.name)).waitFor();
    expect(await part(bo, 'confirm-console').count()).toBe(0);
    await phone.getByText(sv['consoles.notice.doubted'].replace('{{who}}', staff.colleague.name)).waitFor();
    await expectAccessible(bo, 'doubted-1400');
  });

  it('stands on the coordinator’s page; whose console no home knows is told so, and may withdraw it', async () => {
    await part(siv, 'nav-more').click();
    await part(siv, 'more-consoles').click();
    await part(siv, 'console-row').nth(3).waitFor();
    await expectAccessible(siv, 'page-1400');
    await siv.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(siv, 'page-390');
    await siv.setViewportSize({ width: 1400, height: 900 });
    await part(siv, 'console-card').getByText(sv['consoles.card.notVouched']).waitFor();
    expect(await part(siv, 'confirm-console').count()).toBe(0);
    const row = siv.locator('[data-testid=console-row][data-state=unconfirmed]');
    await part(siv, 'withdraw-console').and(row.getByTestId('withdraw-console')).click();
    await row.getByTestId('withdraw-console').click();
    await part(phone, 'console-withdrawn').waitFor();
    await expectAccessible(phone, 'withdrawn-390');
    await part(phone, 'open-due-look').click();
    await phone.getByText(sv['fault.console-withdrawn']).waitFor();
  });

  it('is let in once a colleague has pressed twice that the figures agree: the notice goes by itself, and the unit is asked', async () => {
    phone = await enter(staff.operator, 390);
    await part(phone, 'console-notice').waitFor();
    await expectAccessible(bo, 'pressed-once-1400');
    await part(bo, 'confirm-console').click();
    await part(bo, 'confirm-console').getByText(sv['consoles.match.again']).waitFor();
    await part(phone, 'console-notice').waitFor();
    await part(bo, 'confirm-console').click();
    await part(phone, 'console-notice').waitFor({ state: 'detached' });
    await part(bo, 'console-card').waitFor({ state: 'detached' });
    await part(phone, 'open-due-look').click();
    await expect.poll(() => home.unit.calls).toBe(1);
  });

  it('may ask for a word where it is known here and a home has refused it', async () => {
    await part(phone, 'look-page').waitFor();
    const [look] = (await phone.evaluate(
      `fetch('/api/desk').then((desk) => desk.json()).then(({ looks }) => looks.filter(({ state }) => state === 'asked'))`,
    )) as { look: never }[];
    await home.unit.say('look-answer', { type: 'refused', look: look!.look, why: 'key-changed' });
    await part(phone, 'state-due').getByText(sv['look.putBack']).waitFor();
    await expectAccessible(phone, 'put-back-390');
    expect(await visits(phone)).toEqual([]);
    await part(usual, 'account').click();
    await part(usual, 'ask-for-word').click();
    await part(usual, 'console-notice').getByText(sv['consoles.notice.asks']).waitFor();
    await part(bo, 'console-card').waitFor();
    await shutMenu(usual);
    await expectAccessible(usual, 'asks-1400');
  });

  it('stands behind an alarm: one line on the own screen, below on that of a colleague', async () => {
    await home.unit.raise('fall', { code: 'fell-from-standing', figures: { lyingForSeconds: 15 } });
    await part(bo, 'alarm-card').waitFor();
    await part(usual, 'alarm-card').waitFor();
    const top = (on: Page, id: string) => part(on, id).evaluate((element) => element.getBoundingClientRect().top);
    expect(await top(bo, 'alarm-card')).toBeLessThan(await top(bo, 'console-card'));
    expect(await part(usual, 'console-figures').isVisible()).toBe(false);
    await usual.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(usual, 'behind-alarm-390');
  });

  it('says the same in English', async () => {
    await part(bo, 'account').click();
    await bo.getByText('English').click();
    await shutMenu(bo);
    await part(bo, 'confirm-console').getByText(en['consoles.match']).waitFor();
    await expectAccessible(bo, 'english-1400');
  });

  it('did nothing that the browser complains of', () => expect(complaints).toEqual([]));
});

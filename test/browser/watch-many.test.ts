/** The watch with 65 homes, the table of homes and the search, as somebody uses them by keyboard, by thumb, in both themes. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../relay/console/src/words/en.ts';
import { sv } from '../../relay/console/src/words/sv-all.ts';
import { fillHomes } from '../stand-ins/night/many-homes.ts';
import { alarmsOf, municipalityNight } from '../stand-ins/night/municipality-night.ts';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { barriersInBoth } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
if (!chromium)
  console.log('SKIPPED: the watch is not tried with many homes: there is no Chromium (NATTFRID_CHROMIUM) here.');

const key = 'k'.repeat(43);
const screens = 900;

let site: Site;
let browser: Browser;
let page: Page;
/** What the relay was asked for, with whatever stood in the addresses. */
const addresses: string[] = [];

describe.skipIf(!chromium)('a night with 65 homes', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    site = await openSite([]);
    await site.relay.addUnit({ unit: 'hem-1', client: 'Björken 1', publicKey: key });
    const homes = municipalityNight(65);
    fillHomes(site.database, Date.now(), 'hem-1', homes, alarmsOf(homes, 1, 1));
    await site.relay.addUnit({ unit: 'hem-sist', client: 'Granen 99', publicKey: key });
    browser = await openChromium(chromium!);
    page = await browser.newPage({ viewport: { width: 1440, height: screens } });
    page.on('request', (request) => void addresses.push(request.url()));
    await page.goto(site.relay.url);
    const { email, password } = staff.coordinator;
    await page.locator('input[type=email]').fill(email);
    await page.locator('input[type=password]').fill(password);
    await page.locator('button[type=submit]').click();
    await page.getByTestId('watch').waitFor();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('stays two screens high: alarm first, then the round with its progress, then units by cause', async () => {
    await page.getByTestId('watch-round-progress').getByText('2 av 45').waitFor();
    const order = await page.evaluate<string[]>(
      "[...document.querySelectorAll('[data-testid=alarm-card],[data-testid=watch-round],[data-testid=watch-units]')].map((one) => one.dataset.testid)",
    );
    expect(order).toEqual(['alarm-card', 'watch-round', 'watch-units']);
    expect(await page.evaluate<number>('document.documentElement.scrollHeight')).toBeLessThan(2 * screens);
    // A few lines of the round, and all of them at a press.
    expect(await page.getByTestId('look-card').count()).toBe(4);
    await page.getByTestId('watch-round').getByTestId('show-all').click();
    expect(await page.getByTestId('look-card').count()).toBe(43);
    await page.getByTestId('watch-round').getByTestId('show-all').click();
  });

  it('says how many homes have one cause, and which when it is opened', async () => {
    const lost = page.locator('[data-cause=camera-lost]');
    expect(await lost.getAttribute('data-count')).toBe('2');
    expect(await lost.getByTestId('watch-unit').first().isVisible()).toBe(false);
    await lost.locator('summary').focus();
    await page.keyboard.press('Enter');
    await lost.getByText(sv['causeDo.camera-lost']).waitFor();
    expect(await lost.getByTestId('watch-unit').allInnerTexts()).toEqual([
      expect.stringContaining('Björken 6'),
      expect.stringContaining('Eken 6'),
    ]);
  });

  it('finds a home by «/» and the keyboard alone, with a name and a state for a screen reader', async () => {
    await page.keyboard.press('/');
    const words = page.getByRole('combobox', { name: sv['search.label'] });
    await words.waitFor();
    await page.keyboard.type('rönnen 6');
    await page.getByTestId('search-one').first().waitFor();
    await page.keyboard.press('ArrowDown');
    const active = await words.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"][role=option][aria-selected=true]`).innerText()).toContain('Rönnen 6');
    await page.keyboard.press('Enter');
    await page.getByTestId('home').getByRole('heading', { level: 1, name: 'Rönnen 6' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/units/hem-56');
    // Memory and pictures a second are no part of the desk: they are read for this one.
    await page.getByText('412 MB').waitFor();
  });

  it('finds people and pages, and sends nobody what was written', async () => {
    for (const [words, kind] of [
      ['bo ek', 'person'],
      ['statistik', 'page'],
      ['fall', 'alarm'],
    ] as const) {
      await page.getByTestId('search-open').click();
      await page.getByTestId('search-words').fill(words);
      await page.locator(`[data-testid=search-one][data-kind=${kind}]`).first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByTestId('search-words').waitFor({ state: 'detached' });
    }
    const sent = addresses.map((address) => decodeURIComponent(address).toLowerCase()).join('\n');
    for (const words of ['bo ek', 'rönnen', 'statistik']) expect(sent).not.toContain(words);
  });

  it('shows 65 homes as lines that filter and sort, and an address that keeps both', async () => {
    await page.getByTestId('nav-units').click();
    await page.getByTestId('home-row').first().waitFor();
    expect(await page.getByTestId('home-row').count()).toBe(66);
    expect(await page.getByTestId('home-row').first().innerText()).toContain(sv['cause.silent']);
    await page.getByTestId('show-not-well').click();
    await page.getByTestId('sort-home').click();
    await page.getByTestId('sort-home').click();
    const names = () => page.locator('[data-testid=home-row] th').allInnerTexts();
    await expect.poll(async () => (await names())[0]).toContain('Rönnen 6');
    await page.reload();
    await page.getByTestId('home-row').first().waitFor();
    expect((await names())[0]).toContain('Rönnen 6');
    expect(await names()).toHaveLength(8);
    expect(await page.locator('th[aria-sort=descending]').innerText()).toContain(sv['homes.home']);
    await page.getByTestId('find-home').fill('hasseln');
    expect(await names()).toEqual([expect.stringContaining('Hasseln 6')]);
    await page.getByRole('link', { name: 'Hasseln 6' }).click();
    await page.locator('[data-testid=unit-card][data-unit=hem-57]').waitFor();
    await page.goBack();
    await expect.poll(async () => (await names()).length).toBe(8);
  });

  it('is found faultless by axe, in both themes and languages, on a phone and at 200 %', async () => {
    for (const [language, width] of [
      ['sv', 1440],
      ['en', 390],
      ['sv', 720],
    ] as const) {
      const context = await browser.newContext({
        // As high as the page: what lies below a phone's menu is scrolled to, and is no barrier.
        viewport: { width, height: 3000 },
        storageState: await page.context().storageState(),
      });
      const own = await context.newPage();
      await own.addInitScript(`localStorage.setItem('nattfrid.language', '${language}')`);
      await own.goto(site.relay.url);
      await own.getByTestId('watch-round').first().waitFor();
      await own.locator('[data-cause=camera-lost] summary').click();
      for (const shown of ['watch', 'homes', 'search']) {
        if (shown === 'homes') {
          await own.getByTestId('nav-units').click();
          await own.getByTestId('home-row').first().waitFor();
        }
        if (shown === 'search') {
          await own.getByTestId('search-open').click();
          await own.getByTestId('search-words').fill('asken');
          await own.getByTestId('search-one').first().waitFor();
          await own.getByText((language === 'sv' ? sv : en)['search.hint']).waitFor();
        }
        expect([shown, ...(await barriersInBoth(own))]).toEqual([shown]);
        const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect([shown, width, await own.evaluate(wide)]).toEqual([shown, width, 0]);
      }
      await context.close();
    }
  });

  it('draws of 500 lines those that are seen, and says how many there are', async () => {
    const homes = municipalityNight(500).slice(65);
    fillHomes(site.database, Date.now(), 'hem-1', homes);
    await site.relay.addUnit({ unit: 'hem-sist-2', client: 'Granen 98', publicKey: key });
    await page.goto(`${site.relay.url}/units`);
    await page.getByTestId('home-row').first().waitFor();
    expect(await page.getByTestId('home-row').count()).toBeLessThan(80);
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('503');
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    const last = page.locator('[data-testid=home-row][aria-rowindex="503"]');
    await last.waitFor();
    expect(await last.innerText()).toContain(sv['homes.well']);
  });
});

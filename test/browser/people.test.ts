/** The page of people in a real browser: who is signed in where, signing out, and a removal that needs a second press. */
import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { sv } from '@nattfrid/console/words/sv';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { openChromium } from './chromium.ts';
import { openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
if (!chromium)
  console.log('The page of people is not tried in a browser: there is no Chromium (NATTFRID_CHROMIUM) here.');
/** For whoever wants to look at the pages. */
const shots = process.env['NATTFRID_SCREENSHOTS'];

let site: Site;
let browser: Browser;
let page: Page;
let phone: Page;

async function signIn(on: Page, { email, password }: { readonly email: string; readonly password: string }) {
  await on.goto(site.relay.url);
  await on.getByTestId('sign-in-email').fill(email);
  await on.getByTestId('sign-in-password').fill(password);
  await on.getByTestId('sign-in-submit').click();
  await on.getByTestId('account').waitFor();
}
async function shoot(name: string): Promise<void> {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  for (const width of [1400, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1400, height: 900 });
}
const personOf = (email: string) => page.locator(`[data-testid=person][data-email="${email}"]`);

describe.skipIf(!chromium)('the page of people', () => {
  beforeAll(async () => {
    site = await openSite([]);
    browser = await openChromium(chromium ?? '');
    page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    phone = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
    for (const one of [page, phone]) one.setDefaultTimeout(15_000);
    await signIn(phone, staff.operator);
    await signIn(page, staff.coordinator);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('says who is signed in where, to a coordinator alone', async () => {
    expect(await phone.getByTestId('nav-people').count()).toBe(0);
    await page.getByTestId('nav-people').click();
    const anna = personOf(staff.operator.email);
    await anna.getByTestId('session').waitFor();
    expect(await anna.textContent()).toContain('Chrome');
    await shoot('people');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });

  it('signs a lost phone out: it stands at the sign-in page', async () => {
    await personOf(staff.operator.email).getByTestId('end-session').click();
    await phone.getByTestId('sign-in-email').waitFor();
    await personOf(staff.operator.email).getByText(sv['people.none']).waitFor();
  });

  it('takes nobody away with one press', async () => {
    const bo = personOf(staff.colleague.email);
    await bo.getByTestId('person-more').click();
    await bo.getByTestId('remove-person').click();
    await bo.getByText(sv['people.remove.sure'].replace('{{name}}', staff.colleague.name)).waitFor();
    await shoot('people-sure');
    expect(await bo.count()).toBe(1);
    await bo.getByTestId('remove-person').click();
    await bo.waitFor({ state: 'detached' });
  });

  it('has a unit’s new token shown once, and the unit taken out, beside its card', async () => {
    await site.addHome('unit-gone', 'Ek 12');
    await page.getByTestId('nav-units').click();
    await page.getByTestId('unit-more').click();
    for (let press = 0; press < 2; press++) await page.getByTestId('new-token').click();
    expect(await page.getByTestId('token').textContent()).toMatch(/^[\w-]{43}$/);
    await shoot('unit-acts');
    for (let press = 0; press < 2; press++) await page.getByTestId('remove-unit').click();
    await page.getByTestId('unit-card').waitFor({ state: 'detached' });
  });
});

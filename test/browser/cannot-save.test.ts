/** What whoever is on watch sees while the relay cannot save: red, above everything, at the desk and on a phone, until it can again. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sv } from '@nattfrid/console/words/sv-all';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { openSmallDisk, type SmallDisk, smallDiskMissing } from '../support/small-disk.ts';
import { barriers } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
const why = chromium ? smallDiskMissing() : 'there is no Chromium (NATTFRID_CHROMIUM) here';
if (why) console.log(`SKIPPED: a relay that cannot save is not looked at in a browser: ${why}.`);
/** For whoever wants to look at the pages. */
const shots = process.env['NATTFRID_SCREENSHOTS'];

let disk: SmallDisk;
let site: Site;
let browser: Browser;
let desk: Page;
let phone: Page;

async function signIn(on: Page) {
  await on.goto(site.relay.url);
  await on.getByTestId('sign-in-email').fill(staff.operator.email);
  await on.getByTestId('sign-in-password').fill(staff.operator.password);
  await on.getByTestId('sign-in-submit').click();
  await on.getByTestId('watch').waitFor();
}
async function shoot(page: Page, name: string): Promise<void> {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

describe.skipIf(why !== undefined)('while the relay cannot save', () => {
  beforeAll(async () => {
    disk = openSmallDisk(8);
    site = await openSite([], { database: join(disk.folder, 'relay.sqlite') });
    browser = await openChromium(chromium ?? '');
    desk = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    phone = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
    for (const page of [desk, phone]) page.setDefaultTimeout(30_000);
    await site.addHome('unit-1', 'Björken 3', { looks: 2 });
    await signIn(desk);
    await signIn(phone);
    disk.fill();
    await fetch(`${site.relay.url}/healthz`);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
    disk?.[Symbol.dispose]();
  });

  for (const [name, page] of [
    ['the desk', () => desk],
    ['a phone', () => phone],
  ] as const)
    it(`${name} says it in red at the top, with what to do and why, and can be read`, async () => {
      const banner = page().getByTestId('cannot-save');
      await banner.waitFor();
      const text = await banner.textContent();
      expect(text).toContain(sv['relay.cannotSave']);
      expect(text).toContain(sv['relayWhy.full']);
      const box = await banner.boundingBox();
      const { width, height } = page().viewportSize()!;
      expect(box!.x + box!.width).toBeLessThanOrEqual(width);
      expect(box!.y + box!.height).toBeLessThan(height / 2);
      await shoot(page(), `cannot-save-${width}`);
      expect(await barriers(page())).toEqual([]);
    });

  it('it stays there on every page', async () => {
    for (const page of ['nav-units', 'nav-visits', 'nav-watch']) {
      await desk.getByTestId(page).click();
      expect(await desk.getByTestId('cannot-save').isVisible()).toBe(true);
    }
  });

  it('it goes by itself when there is room', async () => {
    disk.empty();
    for (const page of [desk, phone]) await page.getByTestId('cannot-save').waitFor({ state: 'detached' });
  });
});

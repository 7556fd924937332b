/** What the console's service worker keeps in a browser, after somebody has signed in and looked: the console's own files, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sv } from '@nattfrid/console/words/sv-all';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../browser/chromium.ts';
import { openSite, type Site, staff } from '../browser/site.ts';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { movingPictures } from '../support/h264-stream.ts';
import { decodable, pictureBeginnings } from '../support/picture-search.ts';

const chromium = findChromium(process.env);
const ffmpeg = findFfmpeg();
const missing = [chromium ? '' : 'Chromium', ffmpeg ? '' : 'ffmpeg'].filter(Boolean);
if (missing.length > 0)
  console.log(`SKIPPED: what a browser keeps is not seen here: there is no ${missing.join(' and no ')}.`);

interface Kept {
  readonly path: string;
  /** Base64. */
  readonly body: string;
}

let site: Site;
let browser: Browser;
let page: Page;

/** Everything in Cache Storage, as it lies there. */
const kept = (): Promise<readonly Kept[]> =>
  page.evaluate(`(async () => {
    const found = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
        let text = '';
        for (const byte of bytes) text += String.fromCharCode(byte);
        found.push({ path: new URL(request.url).pathname, body: btoa(text) });
      }
    }
    return found;
  })()`);

describe.skipIf(missing.length > 0)('a browser in which somebody has looked', () => {
  beforeAll(async () => {
    site = await openSite(await movingPictures(ffmpeg));
    browser = await openChromium(chromium ?? '');
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(30_000);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('A1.3 keeps the files that the console was built of: no answer of the API, no picture, no name', async () => {
    await page.goto(site.relay.url);
    await page.getByTestId('sign-in-email').fill(staff.operator.email);
    await page.getByTestId('sign-in-password').fill(staff.operator.password);
    await page.getByTestId('sign-in-submit').click();
    await page.getByTestId('watch').waitFor();
    await page.evaluate('navigator.serviceWorker.ready');
    // By now it stands between the page and the relay: everything below goes past it.
    await page.reload();
    await page.getByTestId('watch').waitFor();
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);

    await site.addHome('unit-kept', 'Hasseln 8', { looks: 1 });
    await page.getByTestId('look-card').filter({ hasText: 'Hasseln 8' }).getByTestId('open-due-look').click();
    await page.locator('[data-testid=picture][data-state=live]').waitFor();
    await page.locator('[data-testid=verdict-all-well]:enabled').waitFor();

    const files = await kept();
    // Beside each lies its shorter form, which a browser is given under the name of the file itself.
    const built = readdirSync(join(site.console, 'assets'))
      .filter((name) => !/\.(br|gz)$/.test(name))
      .map((name) => `/assets/${name}`);
    expect(files.map(({ path }) => path).sort()).toEqual(['/index.html', ...built].sort());
    for (const { path, body } of files) {
      const bytes = Buffer.from(body, 'base64');
      expect([path, bytes.equals(readFileSync(join(site.console, path)))]).toEqual([path, true]);
      expect([path, bytes.includes('Hasseln 8'), bytes.includes(staff.operator.name)]).toEqual([path, false, false]);
      if (!path.endsWith('.woff2')) expect([path, pictureBeginnings(bytes).length]).toEqual([path, 0]);
    }
    expect(
      decodable(
        Buffer.concat(files.filter(({ path }) => path.endsWith('.js')).map(({ body }) => Buffer.from(body, 'base64'))),
      ),
    ).toBe(0);
  });

  it('still opens the console where the relay is gone, and shows nothing of before', async () => {
    await page.context().setOffline(true);
    await page.goto(site.relay.url).catch(() => {});
    await page.getByText(sv['app.loading']).waitFor();
    expect(await page.content()).not.toContain('Hasseln 8');
    await page.context().setOffline(false);
  });
});

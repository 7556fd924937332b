/** The unit makes smaller pictures where its link is narrow: the console shows them, and larger ones again, without a break. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { movingPictures } from '../support/h264-stream.ts';
import { openChromium } from './chromium.ts';
import { openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
const ffmpeg = findFfmpeg();
const missing = !chromium || !ffmpeg;
if (missing) console.log('SKIPPED: sizes are not tried in a browser: there is no Chromium or no ffmpeg here.');

let site: Site;
let browser: Browser;
let page: Page;

describe.skipIf(missing)('a look whose pictures change their size', () => {
  beforeAll(async () => {
    const [full, less, least] = await Promise.all(
      ['640x360', '480x270', '320x180'].map((size) => movingPictures(ffmpeg, size)),
    );
    site = await openSite([...full!.slice(0, 10), ...less!.slice(0, 10), ...least!.slice(0, 10)]);
    browser = await openChromium(chromium ?? '');
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(20_000);
    await page.goto(site.relay.url);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('goes on at each size, fills the same place on the screen, and loses no picture over it', async () => {
    const part = (id: string) => page.getByTestId(id);
    const { unit } = await site.addHome('unit-narrow', 'Rönn 4');
    await part('sign-in-email').fill(staff.operator.email);
    await part('sign-in-password').fill(staff.operator.password);
    await part('sign-in-submit').click();
    await part('calm').waitFor();
    await unit.raise('fall', { code: 'fell-from-standing', figures: { lyingForSeconds: 15, fellInSeconds: 0.8 } });
    await part('take-alarm').click();
    await part('open-look').click();
    const canvas = page.locator('[data-testid=picture][data-state=live]');
    await canvas.waitFor();
    const sizes = new Set<string>();
    const places = new Set<string>();
    const look = async () => {
      const { width, height } = (await canvas.evaluate((one) => {
        const { width, height } = one as unknown as { width: number; height: number };
        return { width, height };
      })) as { width: number; height: number };
      sizes.add(`${width}x${height}`);
      const box = await canvas.boundingBox();
      places.add(`${Math.round(box?.width ?? 0)}x${Math.round(box?.height ?? 0)}`);
      return sizes.size;
    };
    await expect.poll(look, { timeout: 20_000, interval: 150 }).toBe(3);
    expect([...sizes].toSorted()).toEqual(['320x180', '480x270', '640x360']);
    expect(places.size).toBe(1);
    // Twice round: also from the smallest to the largest.
    const drawn = async () => Number(await part('picture').getAttribute('data-pictures'));
    await expect.poll(drawn, { timeout: 20_000 }).toBeGreaterThan(65);
    // Once at most, when the console joined.
    expect(unit.wantedKeys).toBeLessThanOrEqual(1);
  });
});

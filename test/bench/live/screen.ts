/** The browser of the staff, and pages in it that are read back. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { forget, mayBePutIn } from '@nattfrid/stand-ins/staff/browser-without';
import { chromiumArgs } from '@nattfrid/stand-ins/staff/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Noted } from './sample.ts';

export interface Screen {
  readonly page: Page;
  /** What was noted since this was asked last. */
  noted(): Promise<readonly Noted[]>;
  /** Whether the words in the corner are watched too: only where there is no time code. */
  watchStamp(on: boolean): Promise<void>;
}

/** The relay's certificate is made for the trial, and nobody has signed it; WebRTC may name its address. */
const args = [...chromiumArgs, '--ignore-certificate-errors', `${mayBePutIn},WebRtcHideLocalIpsWithMdns`];

export const openBrowser = (executablePath: string): Promise<Browser> => chromium.launch({ executablePath, args });

export async function openScreen(browser: Browser): Promise<Screen> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'sv-SE',
    ignoreHTTPSErrors: true,
  });
  await context.addInitScript(await readFile(join(import.meta.dirname, 'page/reader.js'), 'utf8'));
  return screenIn(context);
}

/** The same browser, but its pages have never heard of some things, such as VideoDecoder: the console there is known to the unit already. */
export async function screenWithout({ page }: Screen, ...lacking: readonly string[]): Promise<Screen> {
  await forget(page.context(), ...lacking);
  return screenIn(page.context());
}

async function screenIn(context: BrowserContext): Promise<Screen> {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return {
    page,
    noted: async () => (await page.evaluate('nattfridBench.seen.splice(0)')) as readonly Noted[],
    watchStamp: async (on) => void (await page.evaluate(`nattfridBench.stamps = ${on}`)),
  };
}

export const wait = (length: number): Promise<void> => systemClock.sleep(milliseconds(length));

/** Waits until a picture has been noted. @returns false when none has come in so many milliseconds */
export async function firstPicture({ page }: Screen, within: number): Promise<boolean> {
  for (let waited = 0; waited < within; waited += 50) {
    if (await page.evaluate(`nattfridBench.seen.some((one) => one.what === 'drawn')`)) return true;
    await wait(50);
  }
  return false;
}

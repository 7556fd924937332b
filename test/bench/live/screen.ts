/** Pages of the staff's browser whose canvas is read back. */
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
  /** Events since the last call. */
  noted(): Promise<readonly Noted[]>;
  /** Switches reading of the drawn time, for pictures without a time code. */
  watchStamp(on: boolean): Promise<void>;
}

/** The relay's certificate is self-signed; WebRTC may use the machine's address. */
const args = [...chromiumArgs, '--ignore-certificate-errors', `${mayBePutIn},WebRtcHideLocalIpsWithMdns`];

export const openBrowser = (executablePath: string): Promise<Browser> => chromium.launch({ executablePath, args });

/** @param more scripts of page/ that run in each page besides its reader */
export async function openScreen(browser: Browser, ...more: readonly string[]): Promise<Screen> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'sv-SE',
    ignoreHTTPSErrors: true,
  });
  for (const script of ['reader.js', ...more])
    await context.addInitScript(await readFile(join(import.meta.dirname, 'page', script), 'utf8'));
  return screenIn(context);
}

/** A page of the same context, so that the unit knows its console, in which some globals such as VideoDecoder are missing. */
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

/** @param within milliseconds @returns whether a picture was drawn in that time */
export async function firstPicture({ page }: Screen, within: number): Promise<boolean> {
  for (let waited = 0; waited < within; waited += 50) {
    if (await page.evaluate(`nattfridBench.seen.some((one) => one.what === 'drawn')`)) return true;
    await wait(50);
  }
  return false;
}

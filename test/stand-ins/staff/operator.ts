/** A headless operator: a real browser that signs in, takes the alarm, looks, and gives a verdict. */
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArgs } from './chromium.ts';

export interface HeadlessOperator extends AsyncDisposable {
  readonly page: Page;
  signIn(address: string, email: string, password: string): Promise<void>;
  /** Waits for an alarm of this kind on the desk. @returns the text of its card */
  seesAlarm(kind: string): Promise<string>;
  takesAlarm(): Promise<void>;
  opensLook(): Promise<void>;
  /** Opens the due look from the desk. */
  opensDueLook(): Promise<void>;
  /** Waits until so many pictures are drawn. @returns their number */
  seesPictures(many: number): Promise<number>;
  saysHelpNeeded(): Promise<void>;
}

const patience = { timeout: 180_000 };

/** @param profile an empty folder for the browser's own files; the caller's to remove */
export async function openOperator(executablePath: string, profile: string): Promise<HeadlessOperator> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: chromiumArgs,
    viewport: { width: 1280, height: 800 },
    locale: 'sv-SE',
  });
  const browser: Browser | null = context.browser();
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(patience.timeout);
  const test = (id: string) => page.getByTestId(id);
  return {
    page,
    async signIn(address, email, password) {
      await page.goto(address);
      await test('sign-in-email').fill(email);
      await test('sign-in-password').fill(password);
      await test('sign-in-submit').click();
      await test('sign-in-submit').waitFor({ state: 'detached' });
    },
    async seesAlarm(kind) {
      const card = page.locator(`[data-testid="alarm-card"][data-kind="${kind}"]`).first();
      await card.waitFor({ state: 'visible', ...patience });
      return ((await card.textContent()) ?? '').replace(/\s+/g, ' ').trim();
    },
    async takesAlarm() {
      await test('take-alarm').first().click();
    },
    async opensLook() {
      await test('open-look').first().click();
    },
    async opensDueLook() {
      await test('open-due-look').first().click();
    },
    async seesPictures(many) {
      const canvas = test('picture').first();
      await canvas.waitFor({ state: 'visible' });
      // Polled, as the console's content security policy forbids scripts from outside.
      for (;;) {
        const drawn = Number((await canvas.getAttribute('data-pictures')) ?? 0);
        if (drawn >= many) return drawn;
        await systemClock.sleep(milliseconds(100));
      }
    },
    async saysHelpNeeded() {
      await test('verdict-help-needed').first().click();
      await test('verdict-confirm').click();
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      await browser?.close();
    },
  };
}

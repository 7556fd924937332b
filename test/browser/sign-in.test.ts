/** Signing in, in a real browser: an authenticator app, passkeys (a virtual authenticator), showing more in the middle of something, the own password. */
import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { sv } from '@nattfrid/console/words/sv-all';
import { systemClock } from '@nattfrid/shared/time/clock';
import { Secret, TOTP } from 'otpauth';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { openTestProvider } from '../support/oidc-provider.ts';
import { openChromium } from './chromium.ts';
import { openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
if (!chromium) console.log('Signing in is not tried in a browser: there is no Chromium (NATTFRID_CHROMIUM) here.');
/** For whoever wants to look at the pages. */
const shots = process.env['NATTFRID_SCREENSHOTS'];

const admin = {
  email: 'adam@example.se',
  name: 'Adam Berg',
  role: 'administrator',
  password: 'natt-och-frid-7',
} as const;
let site: Site;
let browser: Browser;
const contexts: BrowserContext[] = [];
let address = '';

interface LogIn {
  readonly email: string;
  readonly password: string;
}

/** @param passkeys whether this device can hold them */
async function open(passkeys = false): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  if (passkeys) {
    const cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
  }
  return page;
}
async function givePassword(page: Page, { email, password }: LogIn) {
  await page.goto(address);
  await page.getByTestId('sign-in-email').fill(email);
  await page.getByTestId('sign-in-password').fill(password);
  await page.getByTestId('sign-in-submit').click();
}
async function signIn(page: Page, logIn: LogIn) {
  await givePassword(page, logIn);
  await page.getByTestId('account').waitFor();
}
async function signOut(page: Page) {
  await page.getByTestId('account').click();
  await page.getByTestId('sign-out').click();
  await page.getByTestId('sign-in-email').waitFor();
}
async function ownPage(page: Page) {
  await page.getByTestId('account').click();
  await page.getByTestId('own-sign-in-link').click();
  await page.getByTestId('own-sign-in').waitFor();
}
async function addPasskey(page: Page, name: string, password: string) {
  await ownPage(page);
  await page.getByTestId('add-passkey').click();
  await page.getByTestId('passkey-name').fill(name);
  await page.getByTestId('passkey-password').fill(password);
  await page.getByTestId('passkey-submit').click();
  await page.getByTestId('passkey').getByText(name).waitFor();
}
async function shoot(page: Page, name: string): Promise<void> {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  for (const theme of ['dark', 'light'])
    for (const width of [1280, 390]) {
      await page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', '${theme}')`);
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${shots}/${name}-${theme}-${width}.png`, fullPage: true });
    }
  await page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', 'dark')`);
  await page.setViewportSize({ width: 1280, height: 900 });
}
async function noBarrier(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}
/** As a telephone reads it off the screen. */
async function readQr(page: Page): Promise<string> {
  const qr = page.getByTestId('qr');
  await qr.waitFor();
  const size = Number((await qr.getAttribute('viewBox'))!.split(' ')[2]);
  const dark = (await qr.locator('path').getAttribute('d'))!;
  const scale = 4;
  const [width, data] = [size * scale, new Uint8Array(size * size * scale * scale * 4).fill(255)];
  for (const [, x, y] of dark.matchAll(/M(\d+) (\d+)h/g))
    for (let dot = 0; dot < scale * scale; dot++) {
      const [column, row] = [Number(x) * scale + (dot % scale), Number(y) * scale + Math.floor(dot / scale)];
      data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  return decodeQR({ width, height: width, data });
}
const codeOf = (secret: string, steps = 0) =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: systemClock.now() + steps * 30_000 });

describe.skipIf(!chromium)('A5.9 signing in', () => {
  let secret = '';
  let recovery: readonly string[] = [];
  /** The coordinator, sure who she is since she has shown her passkey. */
  let siv: Page;
  /** The administrator's page of settings. */
  let settings: Page;
  beforeAll(async () => {
    site = await openSite([]);
    await site.relay.addOperator(admin, admin.password);
    // A passkey belongs to a name, and never to a bare address.
    address = site.relay.url.replace('127.0.0.1', 'localhost');
    browser = await openChromium(chromium ?? '');
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('an authenticator app is added by scanning a square, and asked for from then on', async () => {
    const page = await open();
    await signIn(page, staff.operator);
    await ownPage(page);
    await shoot(page, 'own');
    await noBarrier(page);
    await page.getByTestId('codes-password').fill('not the password');
    await page.getByTestId('make-codes').click();
    await page.getByText(sv['fault.password-wrong']).waitFor();
    await page.getByTestId('codes-password').fill(staff.operator.password);
    await page.getByTestId('make-codes').click();
    const uri = new URL(await readQr(page));
    secret = uri.searchParams.get('secret') ?? '';
    expect(decodeURIComponent(uri.pathname)).toBe(`/Nattfrid:${staff.operator.email}`);
    await shoot(page, 'codes-qr');
    await noBarrier(page);
    await page.getByTestId('codes-code').fill('000000');
    await page.getByTestId('codes-submit').click();
    await page.getByText(sv['fault.code-wrong']).waitFor();
    await page.getByTestId('codes-code').fill(codeOf(secret));
    await page.getByTestId('codes-submit').click();
    await page.getByTestId('recovery-codes').locator('li').last().waitFor();
    recovery = (await page.getByTestId('recovery-codes').locator('li').allTextContents()).map((one) => one.trim());
    expect(recovery.length).toBe(10);
    await shoot(page, 'recovery');
    await noBarrier(page);
    await page.getByTestId('recovery-kept').click();
    await page.getByTestId('codes-kept').waitFor();
    expect(await page.getByTestId('recovery-codes').count()).toBe(0);
    await signOut(page);

    await givePassword(page, staff.operator);
    await page.getByTestId('sign-in-by-code').waitFor();
    await shoot(page, 'sign-in-code');
    await noBarrier(page);
    await page.getByTestId('sign-in-code').fill('000000');
    await page.getByTestId('sign-in-submit').click();
    await page.getByText(sv['fault.code-wrong']).waitFor();
    await page.getByTestId('sign-in-code').fill(codeOf(secret, 1));
    await page.getByTestId('sign-in-submit').click();
    await page.getByTestId('account').waitFor();
  });

  it('with the telephone at home the password lets in, and a recovery code does as well', async () => {
    const page = await open();
    await givePassword(page, staff.operator);
    await page.getByTestId('sign-in-without').click();
    await page.getByTestId('account').waitFor();
    await ownPage(page);
    expect(await page.getByTestId('own-level').getAttribute('data-level')).toBe('1');
    // It is taken away by nobody who has not shown it: the recovery code is asked for here, and the press goes on.
    for (let press = 0; press < 2; press++) await page.getByTestId('new-recovery-codes').click();
    await page.getByTestId('step-up-code').fill(recovery[0]!);
    await shoot(page, 'step-up');
    await noBarrier(page);
    await page.getByTestId('step-up-submit').click();
    await page.getByTestId('recovery-kept').waitFor();
    expect(await page.getByTestId('recovery-codes').locator('li').count()).toBe(10);
  });

  it('a passkey is added, named, signs in with one press, and is taken away', async () => {
    const page = await open(true);
    await signIn(page, staff.colleague);
    await addPasskey(page, 'Min telefon', staff.colleague.password);
    await shoot(page, 'passkeys');
    await noBarrier(page);
    await signOut(page);
    await shoot(page, 'sign-in');
    await noBarrier(page);
    await page.getByTestId('sign-in-passkey').click();
    await page.getByTestId('account').waitFor();
    await ownPage(page);
    expect(await page.getByTestId('own-level').getAttribute('data-level')).toBe('2');
    for (let press = 0; press < 2; press++) await page.getByTestId('remove-passkey').click();
    await page.getByTestId('passkey').waitFor({ state: 'detached' });
    await signOut(page);
    await page.getByTestId('sign-in-passkey').click();
    await page.getByText(sv['fault.passkey-wrong']).waitFor();
  });

  it('B3 an administrator asks for more; whoever is in the middle of something shows it there, and it goes on', async () => {
    siv = await open(true);
    await signIn(siv, staff.coordinator);
    await addPasskey(siv, 'Säkerhetsnyckel', staff.coordinator.password);
    await signOut(siv);
    await signIn(siv, staff.coordinator);
    await siv.getByTestId('nav-people').click();
    await siv.getByTestId('add-person').click();
    await siv.getByTestId('add-person-name').fill('Nora Ny');
    await siv.getByTestId('add-person-email').fill('nora@example.se');

    settings = await open(true);
    const page = settings;
    await signIn(page, admin);
    await addPasskey(page, 'Adams nyckel', admin.password);
    await page.getByTestId('nav-more').click();
    await page.getByTestId('more-sign-in-settings').click();
    await page.getByTestId('level-manage-people').selectOption('2');
    await page.getByTestId('level-look').selectOption('2');
    await page.getByTestId('levels-warning').waitFor();
    await shoot(page, 'settings');
    await noBarrier(page);
    await page.getByTestId('save-levels').click();
    await page.getByTestId('levels-saved').waitFor();

    await siv.getByTestId('add-person-submit').click();
    await siv.getByTestId('step-up-passkey').waitFor();
    await noBarrier(siv);
    await siv.getByTestId('step-up-passkey').click();
    expect(await siv.getByTestId('add-person-password').textContent()).toMatch(/^\w{4}-/);
    await siv.locator('[data-testid=person][data-email="nora@example.se"]').waitFor();
    const anna = siv.locator(`[data-testid=person][data-email="${staff.operator.email}"]`);
    expect(await anna.getByTestId('factors').textContent()).toContain(sv['people.codes']);
    await shoot(siv, 'people-factors');
  });

  it('B3 a page that needs more asks for it, says so where nothing was shown, and shows itself then', async () => {
    const page = await open();
    await signIn(page, admin);
    await page.getByTestId('nav-people').click();
    await page.getByTestId('step-up-none').or(page.getByTestId('step-up-passkey')).waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('unsure-page').waitFor();
    await shoot(page, 'unsure-page');
    await noBarrier(page);
    await page.getByTestId('unsure-page-show').click();
    await page.getByTestId('nav-watch').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('nav-watch').click();
    await page.getByTestId('unsure-page').waitFor({ state: 'detached' });
  });

  it('B3 at three in the morning, with a password alone, the alarm is looked at all the same', async () => {
    const { unit } = await site.addHome('natt-1', 'Al 3', { looks: 1 });
    // Somebody's first console is known from then on.
    const nils = { email: 'nils@example.se', name: 'Nils Natt', role: 'night-patrol' } as const;
    await site.relay.addOperator(nils, staff.colleague.password);
    const page = await open();
    await signIn(page, { ...nils, password: staff.colleague.password });
    await unit.raise('fall', { code: 'lying-on-floor', figures: { lyingForSeconds: 15 } });
    await page.getByTestId('take-alarm').first().click();
    await page.getByTestId('open-look').first().click();
    await page.getByTestId('step-up-anyway').waitFor();
    await shoot(page, 'step-up-alarm');
    await noBarrier(page);
    await page.getByTestId('step-up-anyway').click();
    await page.getByTestId('look-page').waitFor();
  });

  it('B3 an e-ID is shown at the organisation’s own provider, in a window beside what one is in the middle of', async () => {
    await using provider = await openTestProvider();
    provider.redirectTo(`${address}/api/sso/callback/own`);
    const { email, name } = staff.coordinator;
    const acr = 'http://id.elegnamnden.se/loa/1.0/loa3';
    provider.person = { sub: 's-1', email, email_verified: true, name, acr };
    await settings.getByTestId('provider-issuer').fill('fel');
    await settings.getByTestId('save-provider').click();
    await settings.getByTestId('provider-lacking').waitFor();
    await settings.getByTestId('provider-issuer').fill(provider.issuer);
    await settings.getByTestId('provider-clientId').fill(provider.clientId);
    await settings.getByTestId('provider-secret').fill(provider.clientSecret);
    await settings.getByTestId('provider-add-role').click();
    await settings.getByTestId('provider-claim').fill('samordnare');
    await settings.getByTestId('provider-role').selectOption('coordinator');
    await settings.getByTestId('save-provider').click();
    await settings.getByTestId('remove-provider').waitFor();
    expect(await settings.getByTestId('provider-secret').inputValue()).toBe('');
    await settings.getByTestId('level-read-audit').selectOption('3');
    await shoot(settings, 'settings-provider');
    await settings.getByTestId('save-levels').click();
    await settings.getByTestId('levels-saved').waitFor();

    await siv.getByTestId('nav-audit').click();
    await siv.getByTestId('step-up-provider').waitFor();
    await shoot(siv, 'step-up-provider');
    const [window] = await Promise.all([
      siv.context().waitForEvent('page'),
      siv.getByTestId('step-up-provider').click(),
    ]);
    await window.getByTestId('own-sign-in').waitFor();
    await siv.locator('tr').getByText(sv['auditWhat.signed-in']).first().waitFor();
    await window.close();
    expect(await siv.getByTestId('unsure-page').count()).toBe(0);
  });

  it('a coordinator takes lost codes away, and whoever had them is told by whom', async () => {
    await siv.getByTestId('nav-people').click();
    const anna = siv.locator(`[data-testid=person][data-email="${staff.operator.email}"]`);
    await anna.getByTestId('person-more').click();
    for (let press = 0; press < 2; press++) await anna.getByTestId('reset-second-factor').click();
    await anna.getByText(sv['people.passwordAlone']).waitFor();
    const page = await open();
    await signIn(page, staff.operator);
    const news = page.getByTestId('sign-in-news');
    expect(await news.textContent()).toContain(staff.coordinator.name);
    await shoot(page, 'news');
    await noBarrier(page);
    await page.getByTestId('news-read').click();
    await news.waitFor({ state: 'detached' });
  });

  it('nothing in the menu moves away under the finger when the last of it comes', async () => {
    const page = await open();
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/push', async (route) => {
      await asked;
      await route.continue();
    });
    await signIn(page, staff.colleague);
    await page.getByTestId('account').click();
    const before = await page.getByTestId('sign-out').boundingBox();
    answer();
    await page.getByTestId('ring-device').waitFor();
    await page.getByTestId('this-console').waitFor();
    expect(await page.getByTestId('sign-out').boundingBox()).toEqual(before);
  });

  it('the own password is changed by whoever knows the old one', async () => {
    const page = await open();
    await signIn(page, staff.colleague);
    await ownPage(page);
    const give = async (old: string, next: string, again: string) => {
      await page.getByTestId('password-old').fill(old);
      await page.getByTestId('password-next').fill(next);
      await page.getByTestId('password-again').fill(again);
      await page.getByTestId('password-submit').click();
    };
    const next = 'kaffe tunnel ekorre sju';
    await give(staff.colleague.password, next, `${next}!`);
    await page.getByText(sv['password.lacking.differ']).waitFor();
    await give(staff.colleague.password, 'sommaren2026', 'sommaren2026');
    await page.getByText(sv['fault.password-weak']).waitFor();
    await give(staff.colleague.password, next, next);
    await page.getByTestId('password-changed').waitFor();
    await signOut(page);
    await signIn(page, { email: staff.colleague.email, password: next });
  });
});

/**
 * In a real browser: break-glass between two screens and its review, and a computer that several people use in a night, which keeps
 * nothing of the one before, locks, and rings without a name.
 */
import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { sv } from '@nattfrid/console/words/sv-all';
import { Desk } from '@nattfrid/shared/desk/live-event';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { gunborg } from '../support/care-samples.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { movingPictures } from '../support/h264-stream.ts';
import { signIn as signInWithout } from '../support/person.ts';
import { openChromium } from './chromium.ts';
import { drawn } from './drawn.ts';
import { type Home, openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
const ffmpeg = findFfmpeg();
const missing = [chromium ? '' : 'Chromium (NATTFRID_CHROMIUM)', ffmpeg ? '' : 'ffmpeg (NATTFRID_FFMPEG)'].filter(
  Boolean,
);
if (missing.length > 0)
  console.log(`SKIPPED: shared computers are not tried: there is no ${missing.join(' and no ')} here.`);
/** For whoever wants to look at the pages. */
const shots = process.env['NATTFRID_SCREENSHOTS'];

let site: Site;
let browser: Browser;
/** The computer in the staff room, a colleague's own, and the coordinator's. */
let room: Page;
let own: Page;
let desk: Page;
let home: Home;
const client = 'Ek 12';

interface Person {
  readonly email: string;
  readonly password: string;
}
async function signIn(on: Page, { email, password }: Person): Promise<void> {
  await on.getByTestId('sign-in-email').fill(email);
  await on.getByTestId('sign-in-password').fill(password);
  await on.getByTestId('sign-in-submit').click();
  await on.getByTestId('account').waitFor();
}
async function opened(person: Person): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(site.relay.url);
  await signIn(page, person);
  return page;
}
/** In both coats and languages, and at the width of a desk and of a telephone. */
async function shoot(page: Page, name: string): Promise<void> {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  const theme = await page.evaluate('document.documentElement.getAttribute("data-mantine-color-scheme")');
  for (const coat of ['dark', 'light'])
    for (const width of [1400, 390]) {
      await page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', '${coat}')`);
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${shots}/${name}-${coat}-${width}.png` });
    }
  await page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', '${theme}')`);
  await page.setViewportSize({ width: 1400, height: 900 });
}
async function noBarrier(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`))).toEqual([]);
}
/** Everything that this browser keeps: what each of its shelves holds, as text. */
const kept = (page: Page): Promise<string> =>
  page.evaluate(`(async () => {
    const shelves = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const request = indexedDB.open(name);
      await new Promise((resolve) => { request.onsuccess = resolve; });
      for (const store of request.result.objectStoreNames) {
        const all = request.result.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([all.getAllKeys(), all.getAll()].map((asked) =>
          new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); })));
        shelves.push(store + ' ' + keys.join() + ' ' + JSON.stringify(values));
      }
      request.result.close();
    }
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys())
        shelves.push(request.url, /\\.(html|webmanifest)$/.test(request.url) ? await (await caches.match(request)).text() : '');
    return shelves.join('\\n');
  })()`);
/** Nobody has touched it for an hour. */
const leave = (page: Page) => page.evaluate(`localStorage.setItem('nattfrid.used', String(Date.now() - 3600_000))`);

describe.skipIf(missing.length > 0)('two people and one computer', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    site = await openSite(await movingPictures(ffmpeg));
    browser = await openChromium(chromium ?? '');
    home = await site.addHome('ek-12', client, { looks: 3 });
    await site.addHome('alen-5', 'Alen 5', { looks: 1 });
    const siv = await signInWithout(site.relay, staff.coordinator.email, staff.coordinator.password);
    await siv.call('addClient', {}, { alias: 'Björken 3', personal: gunborg });
    room = await opened(staff.operator);
    own = await opened(staff.colleague);
    desk = await opened(staff.coordinator);
  }, 400_000);
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('break-glass: asked for on one screen, granted on another, read, given back, and signed off by a third', async () => {
    await room.goto(`${site.relay.url}/break-glass`);
    await room.getByTestId('break-glass-submit').click();
    await room.getByText(sv['breakGlass.lacking']).waitFor();
    await room.getByTestId('break-glass-client').fill('Björken 3');
    await room.getByTestId('break-glass-words').fill('Patrullen svarar inte sedan 02:40.');
    await noBarrier(room);
    await shoot(room, 'break-glass-ask');
    await room.getByTestId('break-glass-submit').click();
    await room.locator('[data-testid=own-access][data-state=asked]').waitFor();
    expect(await room.getByTestId('grant-break-glass').count()).toBe(0);

    await own.getByTestId('break-glass-asked').getByText('Patrullen svarar inte').waitFor();
    await noBarrier(own);
    await shoot(own, 'break-glass-asked');
    await own.getByTestId('grant-break-glass').click();
    expect(await room.locator('[data-testid=own-access][data-state=open]').count()).toBe(0);
    await own.getByTestId('grant-break-glass').click();
    await room.locator('[data-testid=own-access][data-state=open]').waitFor();
    await room.getByTestId('show-card').click();
    await room.getByTestId('break-glass-card').getByText(gunborg.address).waitFor();
    await noBarrier(room);
    await shoot(room, 'break-glass-open');
    await room.getByTestId('end-access').click();
    await room.getByTestId('break-glass-card').waitFor({ state: 'detached' });

    await desk.getByTestId('break-glass-waits').getByRole('link').click();
    const access = desk.getByTestId('break-glass-access');
    await access.getByText(sv['breakGlassUse.visitCard']).waitFor();
    await shoot(desk, 'break-glass-review');
    await noBarrier(desk);
    await access.getByTestId('review-follow-up').click();
    await desk.getByText(sv['breakGlass.review.follow-up.lacking']).waitFor();
    await access.getByTestId('review-in-order').click();
    await desk.getByText(sv['breakGlass.review.none']).waitFor();
  });

  it('a shared computer: said once, it says so to the next one, and always whose it is now', async () => {
    await room.goto(`${site.relay.url}/consoles`);
    await room.getByTestId('shared-minutes').selectOption('2');
    await shoot(room, 'shared-choice');
    await room.getByTestId('share-console').click();
    await room.getByTestId('switch-person').waitFor();
    await noBarrier(room);
    // With the longest menu that there is, and with the shortest.
    await desk.goto(`${site.relay.url}/consoles`);
    await desk.getByTestId('share-console').first().click();
    await desk.goto(`${site.relay.url}/people`);
    for (const [page, width] of [1600, 1400, 1100, 1024, 900, 390, 360].flatMap((one) => [
      [room, one] as const,
      [desk, one] as const,
    ])) {
      await page.setViewportSize({ width, height: 800 });
      await drawn(page);
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect([width, Number(wide) <= width]).toEqual([width, true]);
      if (page === desk) continue;
      const name = await room.getByTestId('account').locator('span[aria-hidden=true]').boundingBox();
      expect([width, name !== null && name.x > 0 && name.x + name.width <= width]).toEqual([width, true]);
    }
    for (const page of [room, desk]) await page.setViewportSize({ width: 1400, height: 900 });
    await shoot(room, 'shared-frame');
  });

  it('keeps nothing of whoever hands it over: no name, no draft, no picture, in no shelf of the browser', async () => {
    await room.goto(site.relay.url);
    await room.getByTestId('look-card').filter({ hasText: client }).getByTestId('open-due-look').click();
    await room.locator('[data-testid=picture][data-state=live]').first().waitFor();
    // What the form of a client remembers for the next one.
    await room.evaluate(`localStorage.setItem('nattfrid.client-form', JSON.stringify({ by: 'Karin Berg' }))`);
    await room.getByTestId('switch-person').click();
    await room.getByTestId('sign-in-email').waitFor();
    expect(new URL(room.url()).pathname).toBe('/');
    expect(await room.locator('canvas').count()).toBe(0);
    const shelves = await kept(room);
    for (const word of ['Anna', 'anna@', 'Karin', client, 'Björken', 'Tallstigen', 'Gunborg', 'push'])
      expect([word, shelves.includes(word)]).toEqual([word, false]);
    expect(shelves).toContain('nattfrid.shared');
    await room.goBack().catch(() => undefined);
    await room.getByTestId('sign-in-email').waitFor();
  });

  it('locks where nobody touches it, in the middle of a look: no picture is left, and the look waits for its verdict', async () => {
    const nora = { email: 'nora@example.se', name: 'Nora Ny', role: 'night-patrol' } as const;
    await site.relay.addOperator(nora, staff.operator.password);
    await signIn(room, { ...nora, password: staff.operator.password });
    await room.getByTestId('look-card').filter({ hasText: 'Alen 5' }).getByTestId('open-due-look').click();
    await room.locator('[data-testid=picture][data-state=live]').first().waitFor();
    await leave(room);
    await room.getByTestId('locked').getByText(nora.name).first().waitFor();
    const text = (await room.textContent('body')) ?? '';
    for (const word of [client, 'Alen 5']) expect([word, text.includes(word)]).toEqual([word, false]);
    // The unit has to hear of it, and to say that it is over.
    await vi.waitFor(async () => {
      const { looks } = Desk.parse(await (await own.request.get(`${site.relay.url}/api/desk`)).json());
      expect(looks.find((look) => look.client === 'Alen 5')?.state).toBe('awaiting-verdict');
    }, 20_000);
    expect(await room.locator('canvas').count()).toBe(0);
    await shoot(room, 'locked');
    await noBarrier(room);
    await room.reload();
    await room.getByTestId('locked').waitFor();
  });

  it('rings while it is locked, without a name; whoever signs in there is shown the alarm', async () => {
    await home.unit.raise('fall', { code: 'lying-on-floor', figures: { lyingForSeconds: 20 } });
    await room.locator('[data-testid=locked][data-bell=waiting], [data-testid=locked][data-bell=overdue]').waitFor();
    await room.getByText(sv['locked.alarm'], { exact: true }).waitFor();
    expect(await room.title()).toBe(sv['locked.alarm']);
    const text = (await room.textContent('body')) ?? '';
    for (const word of [client, sv['alarm.kind.fall']]) expect([word, text.includes(word)]).toEqual([word, false]);
    await shoot(room, 'locked-alarm');
    await signIn(room, staff.operator);
    await room.getByTestId('needs').getByText(client).first().waitFor();
    expect(new URL(room.url()).pathname).toBe('/');
  });

  it('is locked for whoever opens the browser that somebody has just shut', async () => {
    await leave(room);
    await room.close();
    const again = await browser.contexts()[0]!.newPage();
    await again.goto(site.relay.url);
    await again.getByTestId('locked').waitFor();
    expect(await again.getByTestId('watch').count()).toBe(0);
    await again.getByTestId('locked-sign-out').click();
    await again.getByTestId('locked').waitFor({ state: 'detached' });
    await again.getByTestId('sign-in-email').waitFor();
  });
});

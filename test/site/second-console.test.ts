/**
 * Two real units, two real consoles of one operator: the second is told what to do, a colleague confirms it once, and it looks into
 * every home; also into one where that colleague has never looked, by the municipality's word for the colleague's console.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unitKeyOf } from '@nattfrid/agent/store/unit-key';
import type { Desk } from '@nattfrid/shared/desk/live-event';
import { proveConsole } from '@nattfrid/shared/seal/console-proof';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accessTable } from '../../agent/src/store/access-table.ts';
import { openDatabase } from '../../agent/src/store/database.ts';
import { openChromium } from '../browser/chromium.ts';
import { openSite, type Site, staff } from '../browser/site.ts';
import { environment, nodeFlags } from '../stand-ins/home/as-on-the-unit.ts';
import { aPlan } from '../stand-ins/home/plan.ts';
import { startProgram } from '../stand-ins/home/program.ts';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { type DeskClient, signIn } from '../stand-ins/staff/desk-client.ts';
import { startTestCamera } from '../stand-ins/test-camera/server.ts';
import { homeMissing } from '../support/home-under-test.ts';
import { wholeDay } from '../support/whole-day.ts';

const chromium = findChromium(process.env);
const why = homeMissing() ?? (chromium ? undefined : 'no Chromium');
if (why) console.log(`SKIPPED: a second console is not tried on real homes: ${why}`);

const main = fileURLToPath(new URL('../../agent/src/main.ts', import.meta.url));
const scene = fileURLToPath(new URL('../../fixtures/scenes/night-fall.mp4', import.meta.url));
const homes = [
  { unit: 'enhet-ek', client: 'Ek 1', windows: ['forst', 'kollega', 'fel', 'sedan'] },
  { unit: 'enhet-asp', client: 'Asp 2', windows: ['forst', 'sedan', 'sist'] },
] as const;

describe.skipIf(why !== undefined)('a second console of an operator', { timeout: 240_000 }, () => {
  const stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-consoles-'));
  let site: Site;
  let browser: Browser;
  let desk: DeskClient;
  let [usual, phone, bo] = [] as unknown as [Page, Page, Page];
  const data = (unit: string) => join(folder, unit);
  const whole = (): Promise<Desk> => desk.call('desk', {}, {});
  const until = <Found>(find: (all: Desk) => Found | undefined) =>
    vi.waitFor(
      async () => {
        const found = find(await whole());
        if (found === undefined) throw new Error('it is not so yet');
        return found;
      },
      { timeout: 90_000, interval: 200 },
    );

  async function openHome({ unit, client, windows }: (typeof homes)[number], camera: string): Promise<void> {
    mkdirSync(data(unit));
    const token = await site.addUnit(unit, client, toBase64Url(await unitKeyOf(data(unit))));
    const settings = { unit, alias: client, relay: site.relay.url, token, planKey: site.planKey, data: data(unit) };
    const file = join(folder, `${unit}.json`);
    writeFileSync(file, JSON.stringify({ ...settings, camera: { url: camera } }), { mode: 0o600 });
    stack.use(
      startProgram(main, ['--config', file], { ...environment, NODE_OPTIONS: nodeFlags.join(' ') }, () => undefined),
    );
    await site.plan({
      ...aPlan(),
      plan: randomUUID() as never,
      unit: unit as never,
      client: client as never,
      watch: 'looks-only',
      alarms: {},
      windows: windows.map((id) => ({ id, ...wholeDay(systemClock.now()), looks: 1 })),
    });
  }

  async function enter(person: (typeof staff)[keyof typeof staff], width: number): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage();
    page.setDefaultTimeout(90_000);
    await page.goto(site.relay.url);
    await page.getByTestId('sign-in-email').fill(person.email);
    await page.getByTestId('sign-in-password').fill(person.password);
    await page.getByTestId('sign-in-submit').click();
    await page.getByTestId('watch').waitFor();
    return page;
  }

  const lookIn = (unit: string, window: string) =>
    until(({ looks }) =>
      looks.find((one) => one.unit === unit && 'window' in one.reason && one.reason.window === window),
    );
  const press = async (page: Page, unit: string, window: string) => {
    const { look } = await lookIn(unit, window);
    await page.locator(`[data-look="${look}"]`).getByTestId('open-due-look').click();
  };
  /** Opens it, sees a picture, and says what came of it. */
  async function looksInto(page: Page, unit: string, window: string): Promise<void> {
    await page.getByTestId('nav-watch').click();
    await press(page, unit, window);
    await page.locator('[data-testid=picture][data-state=live]').first().waitFor();
    await page.getByTestId('verdict-all-well').first().click();
    await page.getByTestId('look-done').waitFor();
  }
  const logOf = (unit: string) => {
    using database = openDatabase(join(data(unit), 'unit.db'));
    return accessTable(database)
      .lines()
      .map(({ what }) => what.split(' ')[0]);
  };

  beforeAll(async () => {
    site = stack.use(await openSite([], { firstPictureWithinSeconds: 120, answerWithinSeconds: 60 }));
    const camera = stack.use(await startTestCamera({ file: scene, port: 0, user: 'unit', password: 'night' }));
    browser = await openChromium(chromium as string);
    stack.defer(() => browser.close());
    for (const home of homes) await openHome(home, camera.url);
    desk = await signIn(site.relay.url, staff.operator);
    await until(({ units }) => (units.every((one) => one.presence === 'here' && one.plan?.taken) ? units : undefined));
    usual = await enter(staff.operator, 1400);
    bo = await enter(staff.colleague, 1400);
  }, 180_000);
  afterAll(async () => {
    await stack.disposeAsync();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds homes that know the first one, and the colleague in one of them; in the other the colleague is vouched for', async () => {
    await looksInto(usual, 'enhet-ek', 'forst');
    await looksInto(bo, 'enhet-ek', 'kollega');
    await looksInto(usual, 'enhet-asp', 'forst');
    await bo.getByTestId('account').click();
    const key = await bo.getByTestId('console-fingerprint').getAttribute('title');
    const buffer = Buffer.from(JSON.stringify(await site.vouch(key ?? '')));
    await bo.getByTestId('voucher-file').setInputFiles({ name: 'intyg.json', mimeType: 'application/json', buffer });
    await bo.getByTestId('console-told').waitFor();
    await bo.keyboard.press('Escape');
    expect(logOf('enhet-ek').filter((what) => what === 'console-known')).toHaveLength(2);
    expect(logOf('enhet-asp').filter((what) => what === 'console-known')).toHaveLength(1);
  });

  it('is refused with what to do, and no unit is asked', async () => {
    phone = await enter(staff.operator, 390);
    await phone.getByTestId('console-notice').waitFor();
    await press(phone, 'enhet-ek', 'sedan');
    await phone.getByTestId('fault').waitFor();
    expect((await lookIn('enhet-ek', 'sedan')).state).toBe('due');
  });

  it('that a lying relay made up is refused by the unit itself: no visit, and the look is due as before', async () => {
    const { look } = await lookIn('enhet-ek', 'fel');
    const made: SignKey = await makeSignKey();
    const operatorKey = toBase64Url((await makeOperatorKey()).publicKey);
    const asked = { unit: 'enhet-ek' as never, reason: { type: 'window', window: 'fel' } as const, operatorKey };
    const proof = await proveConsole({ ...asked, at: printInstant(systemClock.now()) }, made, undefined);
    await desk.call('openLook', {}, { ...asked, look, console: proof });
    await until(({ looks }) => looks.find((one) => one.look === look && one.refusal === 'key-changed'));
    expect((await lookIn('enhet-ek', 'fel')).state).toBe('due');
    expect((await whole()).visits).toEqual([]);
  });

  it('looks into both homes once the colleague has compared its figures, and both units say by whose word', async () => {
    const figures = (page: Page, within: string) =>
      page.getByTestId(within).getByTestId('console-figures').textContent();
    await bo.getByTestId('nav-watch').click();
    await bo.getByTestId('console-card').waitFor();
    await vi.waitFor(async () =>
      expect(await figures(bo, 'console-card')).toBe(await figures(phone, 'console-notice')),
    );
    await bo.getByTestId('confirm-console').click();
    await bo.getByTestId('confirm-console').click();
    await phone.getByTestId('console-notice').waitFor({ state: 'detached' });
    for (const { unit } of homes) {
      await looksInto(phone, unit, 'sedan');
      expect(logOf(unit).filter((what) => what === 'console-confirmed')).toHaveLength(1);
    }
    expect((await whole()).visits).toEqual([]);
  });

  it('that is lost is withdrawn from the other one: its look ends, and the unit lets it in no more', async () => {
    await phone.getByTestId('nav-watch').click();
    await press(phone, 'enhet-asp', 'sist');
    await phone.locator('[data-testid=picture][data-state=live]').first().waitFor();
    await usual.getByTestId('account').click();
    await usual.getByTestId('my-consoles').click();
    const row = usual.locator('[data-testid=console-row][data-state=confirmed]');
    await row.getByTestId('withdraw-console').click();
    await row.getByTestId('withdraw-console').click();
    await phone.getByTestId('console-withdrawn').waitFor();
    const { look } = await lookIn('enhet-asp', 'sist');
    await until(({ looks }) => looks.find((one) => one.look === look && one.end === 'key-changed'));
    expect(logOf('enhet-asp').slice(-2)).toEqual(['console-withdrawn', 'ended']);
    expect(logOf('enhet-ek').at(-1)).toBe('console-withdrawn');
  });
});

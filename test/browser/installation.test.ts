/**
 * A whole installation on a telephone's screen: the label's square, each step, a colleague at a console, the plug, and the unit's own yes.
 * The hardware is imitated; the relay, the pairing, the seal and what the unit must have seen are real. Time is moved, and added up.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthorityFile } from '@nattfrid/relay/unit-authority/authority-file';
import { Plan } from '@nattfrid/shared/domain/plan';
import { systemClock } from '@nattfrid/shared/time/clock';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { movingPictures } from '../support/h264-stream.ts';
import { type Person, signIn } from '../support/person.ts';
import { barriersInBoth } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { openSite, type Site, staff } from './site.ts';
import { cameraLogin, type UnitToSetUp, unitToSetUp } from './unit-to-set-up.ts';

const chromium = findChromium(process.env);
const missing = [chromium ? '' : 'Chromium (NATTFRID_CHROMIUM)', findFfmpeg() ? '' : 'ffmpeg'].filter(Boolean);
if (missing.length > 0)
  console.log(`SKIPPED: no installation on a telephone: there is no ${missing.join(' and no ')}.`);

/** A folder for what was on the screen, for whoever wants to see it. */
const shots = process.env['NATTFRID_SHOTS'];
/** Where the fitter's guide has its pictures (docs/fitter), to make them anew. */
const guide = process.env['NATTFRID_FITTER'];
const ofGuide = new Map([
  ['02-pair', 'pair'],
  ['06-camera-refused', 'step'],
  ['09-room', 'room'],
  ['20-left', 'leave'],
  ['22-orders', 'orders'],
]);
const tove = { email: 'tove@example.se', name: 'Tove Berg', role: 'installer', password: 'natt-och-frid-9' } as const;

describe.skipIf(missing.length > 0)('a unit is installed', () => {
  let folder: string;
  let site: Site;
  let browser: Browser;
  let phone: BrowserContext;
  let page: Page;
  let colleague: Page;
  let unit: UnitToSetUp;
  let coordinator: Person;
  const clock = movedClock(systemClock.now());
  const began = clock.now();
  let living: Disposable;
  const part = (id: string, on = page) => on.getByTestId(id);
  const step = (name: string, state: string) =>
    page.locator(`[data-testid=step-card][data-step=${name}][data-state=${state}]`).waitFor({ timeout: 20_000 });
  const next = () => part('next-step').click();
  const barred: string[] = [];

  /** What the technician and the hardware need for it: all of it is added up. */
  async function pass(length: number, isQuiet = false): Promise<void> {
    for (let left = length; left > 0; left -= 10) {
      await clock.advance(seconds(Math.min(10, left)));
      if (!isQuiet) await unit.self?.say('vitals', aBeat);
    }
  }
  async function shot(name: string, on = page): Promise<void> {
    if (on === page) barred.push(...(await barriersInBoth(on)).map((one) => `${name}: ${one}`));
    const inGuide = ofGuide.get(name);
    if (guide && inGuide) {
      await on.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', 'light')`);
      await on.evaluate(`scrollTo(0, ${inGuide === 'room' ? 220 : 0})`);
      await on.screenshot({ path: `${guide}/${inGuide}.png`, scale: 'css' });
    }
    if (!shots) return;
    await on.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', 'light')`);
    await on.screenshot({ path: `${shots}/sv-${name}.png`, fullPage: true });
    await on.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', 'dark')`);
    await on.screenshot({ path: `${shots}/sv-${name}-dark.png`, fullPage: true });
  }
  async function shotInEnglish(name: string): Promise<void> {
    const other = await phone.newPage();
    await other.addInitScript(`localStorage.setItem('nattfrid.language', 'en')`);
    await other.goto(page.url());
    await other.locator('h2, [data-testid=record-paper]').first().waitFor();
    barred.push(...(await barriersInBoth(other)).map((one) => `${name} in English: ${one}`));
    if (shots) await other.screenshot({ path: `${shots}/en-${name}.png`, fullPage: true });
    await other.evaluate(`localStorage.setItem('nattfrid.language', 'sv')`);
    await other.close();
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nattfrid-installation-'));
    const unitAuthority = join(folder, 'units.pem');
    await makeAuthorityFile(unitAuthority);
    const names = { unitAuthority, unitPort: 0, unitNames: ['127.0.0.1'] };
    site = await openSite(await movingPictures(findFfmpeg()), { ...names, answerWithinSeconds: 60 }, clock);
    await site.relay.addOperator(tove, tove.password);
    living = systemClock.every(seconds(1), () => void clock.advance(seconds(1)));
    browser = await openChromium(chromium ?? '');
    phone = await browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: 'sv-SE',
      hasTouch: true,
      isMobile: true,
      deviceScaleFactor: 2,
    });
    page = await phone.newPage();
    const desk = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'sv-SE' });
    colleague = await desk.newPage();
    await colleague.goto(site.relay.url);
    await signInOn(colleague, staff.operator);
    await part('watch', colleague).waitFor();
    unit = await unitToSetUp(site, folder, clock);
    const { email, password } = staff.coordinator;
    coordinator = await signIn(site.relay, email, password);
    const { unit: name, publicKey, doorHash } = unit.label;
    const article = { number: 'nattfrid', individual: name, authority: 'SoL' };
    await coordinator.call(
      'addLabels',
      {},
      { location: 'Förrådet', labels: [{ unit: name, publicKey, doorHash, article }] },
    );
    await coordinator.call('setContact', {}, contact).catch(() => undefined);
    await coordinator.call(
      'addWorkOrder',
      {},
      { kind: 'install', client: 'Björken 3', place: 'Sovrum', on: '2026-11-30', words: 'Nyckel hos värden' },
    );
    await coordinator.call('addWorkOrder', {}, { kind: 'install', client: 'Granen 4', place: 'Sovrum' });
  }, 90_000);
  // Each part stands on the one before it.
  let hasFailed = false;
  beforeEach(({ skip, onTestFailed }) => {
    if (hasFailed) skip();
    onTestFailed(async () => {
      hasFailed = true;
      if (!shots) return;
      await page.screenshot({ path: `${shots}/failed.png`, fullPage: true });
      await colleague.screenshot({ path: `${shots}/failed-colleague.png`, fullPage: true });
    });
  });
  afterAll(async () => {
    living?.[Symbol.dispose]();
    await browser?.close();
    await unit?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  it('the label is taken out of the address before anybody signs in, and paired in the home that is chosen', async () => {
    // From power to waiting to be paired.
    await pass(120, true);
    await page.goto(unit.label.address);
    await part('sign-in-submit').waitFor();
    expect(page.url()).toBe(`${site.relay.url}/pair`);
    await shot('00-sign-in');
    await signInOn(page, tove);
    await part('pair-order').first().waitFor();
    await shot('01-which-home');
    await page.getByTestId('pair-order').filter({ hasText: 'Björken 3' }).click();
    await shot('02-pair');
    await part('begin-pairing').click();
    await page.locator('[data-testid=pair-progress][data-state=paired]').waitFor({ timeout: 20_000 });
    await shot('03-paired');
    const held = await page.evaluate(
      `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.length, location.href])`,
    );
    expect(held).not.toContain(new URL(unit.label.address).hash.slice(1, 20));
    expect(held).not.toContain(/s=([\w-]+)/.exec(unit.label.address)?.[1] ?? 'none');
    await unit.came;
    await pass(30);
    await part('go-on').click();
    await part('work-order').waitFor();
  }, 90_000);

  it('power, network, clock and camera are green, the password sealed on the telephone', async () => {
    // Those are well as soon as the unit is there: the camera is what is left.
    await step('camera', 'to-do');
    await shotInEnglish('04-camera-first');
    await part('all-steps').click();
    await part('step-power').click();
    await step('power', 'done');
    await shot('04-power');
    for (const name of ['signal', 'time']) {
      await next();
      await step(name, 'done');
    }
    await pass(30);
    await next();
    await part('find-cameras').click();
    await part('camera-user').waitFor();
    await shot('05-camera');
    await part('camera-user').fill(cameraLogin.user);
    await part('camera-password').fill('wrong one');
    await part('use-camera').click();
    await step('camera', 'fault');
    await shot('06-camera-refused');
    await part('camera-password').fill(cameraLogin.password);
    await part('use-camera').click();
    await step('camera', 'done');
    await pass(60);
    await shot('07-camera-chosen');
    await shotInEnglish('07-camera-chosen');
  }, 60_000);

  it('A3.9 sees in the dark, has the bed in view, and the room is confirmed with at most ten taps', async () => {
    await next();
    await part('try-step').click();
    await step('infrared', 'done');
    await pass(45);
    await next();
    await unit.propose();
    await part('try-step').click();
    await step('view', 'done');
    await pass(45);
    await shot('08-view');
    let taps = 0;
    await page.exposeFunction('counted', () => void taps++);
    await page.evaluate(`document.addEventListener('pointerdown', () => window.counted(), true)`);
    await next();
    await part('outline-bed').waitFor();
    await shot('09-room');
    const corner = await part('corner').nth(2).boundingBox();
    if (!corner) throw new Error('The corner is not on the screen.');
    await page.mouse.move(corner.x + corner.width / 2, corner.y + corner.height / 2);
    await page.mouse.down();
    await page.mouse.move(corner.x + 14, corner.y + 8, { steps: 4 });
    await page.mouse.up();
    await part('room-fits').click();
    await step('room', 'done');
    await pass(60);
    await vi.waitFor(() => expect(taps).toBeGreaterThan(1));
    expect(taps).toBeLessThanOrEqual(10);
    await shot('10-room-in-use');
    expect(unit.self.rooms).toHaveLength(1);
  }, 60_000);

  it('says that the plan is not signed, whom to call, and goes on once it is', async () => {
    await next();
    await step('plan', 'fault');
    await part('call-coordinator').waitFor();
    await shot('11-plan-missing');
    await shotInEnglish('11-plan-missing');
    await site.plan(planFor(unit.label.unit, unit.label.publicKey));
    await step('plan', 'done');
    await pass(60);
    await next();
    await part('papers').click();
    await part('document').waitFor();
    expect(await part('document').innerText()).toContain(unit.label.unit);
    await part('qr').waitFor();
    await shot('12-sign');
    await page.goBack();
    await part('all-steps').click();
    await part('step-sign').click();
    await part('confirm-step').click();
    await step('sign', 'done');
    await pass(60);
  }, 60_000);

  it('a colleague answers a test look, which has a mark of its own, and takes a test alarm', async () => {
    await next();
    await part('try-step').click();
    await step('test-look', 'waits');
    await shot('13-test-look-waits');
    const card = colleague.locator('[data-testid=look-card][data-test=true]');
    await card.waitFor();
    await shot('14-colleague', colleague);
    await card.getByTestId('open-due-look').click();
    await colleague.locator('[data-testid=picture][data-state=live]').waitFor({ timeout: 20_000 });
    await shot('15-colleague-sees', colleague);
    await colleague.locator('[data-testid=test-seen]:enabled').click();
    await step('test-look', 'done');
    await pass(40);
    await next();
    await part('try-step').click();
    await step('test-fall', 'waits');
    await vi.waitFor(() => takeTest(colleague), { timeout: 15_000 });
    await step('test-fall', 'done');
    await shot('16-test-fall');
    await pass(20);
  }, 60_000);

  it('the plug is pulled and told, and the unit itself says that it is ready', async () => {
    await next();
    await shot('17-power-cut');
    // The unit has to have heard that its plug will be pulled.
    const confirmed = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await part('confirm-step').click();
    await confirmed;
    unit.pullPlug();
    await page.getByText('Sätt i kontakten igen').first().waitFor({ timeout: 20_000 });
    await shot('18-put-it-back');
    await pass(60, true);
    await unit.plugIn();
    await pass(30);
    await step('power-cut', 'done');
    await next();
    await part('leave').waitFor();
    await shot('19-ready');
    await part('finish').click();
    await page.locator('[data-testid=leave][data-state=done]').waitFor({ timeout: 20_000 });
    await shot('20-left');
    await part('to-record').click();
    await part('record-paper').waitFor();
    await shot('21-record');
    await shotInEnglish('21-record');
    expect(await part('record-paper').innerText()).toContain('Anna Lind');
  }, 90_000);

  it('took less than fifteen minutes, and nothing on the way was a barrier', async () => {
    expect(barred).toEqual([]);
    expect(clock.now() - began).toBeLessThan(minutes(15));
    console.log(`An installation took ${((clock.now() - began) / 60_000).toFixed(1)} minutes of moved clock.`);
    await page.goto(`${site.relay.url}/work-orders`);
    await part('order-done').waitFor();
    await shot('22-orders');
  }, 30_000);

  it('is taken back: the telephone signs for it, and where it is not approved the screen says what to do', async () => {
    const home = { client: 'Björken 3', place: 'Sovrum', unit: unit.self.unit };
    const { orders } = await coordinator.call('addWorkOrder', {}, { kind: 'return', ...home });
    await page.goto(`${site.relay.url}/work-order/${orders.find(({ kind }) => kind === 'return')!.order}`);
    await part('wipe').click();
    await part('wipe').click();
    await step('wipe', 'fault');
    await shot('23-wipe-not-approved');
    await shotInEnglish('23-wipe-not-approved');
    await page.getByText('inte godkänd av kommunen').waitFor();
    expect(barred).toEqual([]);
  }, 30_000);
});

const contact = {
  controller: 'Socialnämnden',
  telephone: '0515-88 50 00',
  email: 'tillsyn@falkoping.se',
  dataProtectionOfficer: 'dso@falkoping.se',
  page: 'https://www.falkoping.se/digital-tillsyn',
};
const aBeat = {
  uptimeSeconds: 900,
  camera: 'connected' as const,
  picturesPerSecond: 10,
  analysedPerSecond: 8,
  droppedPictures: 0,
  outboxDepth: 0,
  memoryMegabytes: 300,
  lookOpen: false,
};

async function signInOn(
  page: Page,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.getByTestId('sign-in-email').fill(email);
  await page.getByTestId('sign-in-password').fill(password);
  await page.getByTestId('sign-in-submit').click();
}

/** In the colleague's session. */
async function takeTest(page: Page): Promise<void> {
  const taken = await page.evaluate(`(async () => {
    const desk = await (await fetch('/api/desk')).json();
    const test = (desk.tests ?? []).find((one) => !one.takenAt);
    if (!test) return false;
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/api/test-alarms/' + test.alarm + '/take', { method: 'POST', headers, body: '{}' })).ok;
  })()`);
  expect(taken).toBe(true);
}

function planFor(unit: string, unitKey: string): Plan {
  return Plan.parse({
    plan: crypto.randomUUID(),
    version: 1,
    unit,
    unitKey,
    client: 'Björken 3',
    validFrom: '2020-01-01T00:00:00Z',
    validUntil: '2090-01-01T00:00:00Z',
    mode: 'silhouette',
    watch: 'always',
    windows: [{ id: 'natt', from: '23:00', to: '05:00', looks: 2 }],
    alarms: { fall: { persistenceSeconds: 15 } },
    consents: { technology: '2026-01-01', supervision: '2026-01-01', cohabitants: 'lives-alone' },
  });
}

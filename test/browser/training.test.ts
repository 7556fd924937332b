/** Training in a real browser: exercises in a console of their own, ticked by what was really done, while nothing leaves its frame. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { en } from '@nattfrid/console/words/en';
import { monthName } from '@nattfrid/console/words/month-name';
import { dayOf, monthsAfter } from '@nattfrid/shared/domain/window';
import { systemClock } from '@nattfrid/shared/time/clock';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { openDisk } from '../support/disk.ts';
import { signIn as signInAs } from '../support/person.ts';
import { openChromium } from './chromium.ts';
import { drawn } from './drawn.ts';
import { type Home, openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
if (!chromium) console.log('Training is not tried in a browser: there is no Chromium (NATTFRID_CHROMIUM) here.');
/** For whoever wants to look at the pages. */
const shots = process.env['NATTFRID_SCREENSHOTS'];

/** The relay drops one that is not over. */
const lastMonth = monthsAfter(`${dayOf(systemClock.now()).slice(0, 7)}-01`, -1).slice(0, 7);

let folder: string;
let site: Site;
let home: Home;
let browser: Browser;
let page: Page;
/** What the frame of an exercise has asked of anybody. */
const asked: string[] = [];

async function shoot(name: string, one = page): Promise<void> {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  for (const width of [1400, 390]) {
    await one.setViewportSize({ width, height: 900 });
    await one.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
  }
  await one.setViewportSize({ width: 1400, height: 900 });
}
async function noBarrier(): Promise<void> {
  await page.setViewportSize({ width: 390, height: 800 });
  await drawn(page);
  const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(wider).toBe(0);
  await page.setViewportSize({ width: 1400, height: 900 });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}
async function open(path: string): Promise<void> {
  await page.goto(`${site.relay.url}${path}`);
}
async function signInHere(): Promise<void> {
  await open('/');
  await page.getByTestId('sign-in-email').fill(staff.coordinator.email);
  await page.getByTestId('sign-in-password').fill(staff.coordinator.password);
  await page.getByTestId('sign-in-submit').click();
  await page.getByTestId('account').waitFor();
}
async function begin(exercise: string): Promise<Frame> {
  await open('/training');
  await page.getByTestId(`begin-${exercise}`).click();
  const handle = await page.getByTestId('exercise-frame').elementHandle();
  const frame = await handle?.contentFrame();
  if (!frame) throw new Error('the exercise has no frame');
  await frame.getByTestId('account').waitFor();
  return frame;
}
const step = (name: string) => page.locator(`[data-testid=step-${name}][data-done=true]`).waitFor();
const complete = () => page.locator('[data-testid=running][data-complete=true]').waitFor();

describe.skipIf(!chromium)('training, months and checklists on the screen', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nattfrid-training-'));
    const database = join(folder, 'relay.sqlite');
    site = await openSite([], { database });
    keepMonth(database);
    home = await site.addHome('sovrum-1', 'Alma');
    browser = await openChromium(chromium ?? '');
    page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    page.setDefaultTimeout(15_000);
    page.on('request', (request) => {
      const inFrame = request.frame().parentFrame() !== null;
      const { pathname } = new URL(request.url());
      if (inFrame && !/^\/(assets\/|training\.html$|calm\.svg$|alarm\.svg$)/.test(pathname)) asked.push(request.url());
    });
    await signInHere();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it('A3.2 an exercise leads through an alarm, and is complete once help has been sent', async () => {
    await open('/training');
    await page.getByTestId('begin-answer-alarm').waitFor();
    await shoot('training');
    await noBarrier();
    const frame = await begin('answer-alarm');
    await frame.getByTestId('take-alarm').click();
    await step('alarm-taken');
    await shoot('exercise-alarm');
    await frame.getByTestId('open-look').first().click();
    await step('look-opened');
    await frame.locator('[data-testid=picture][data-visible=true]').waitFor();
    await step('person-seen');
    await shoot('exercise-look');
    await frame.getByTestId('verdict-help-needed').first().click();
    await frame.getByTestId('verdict-confirm').click();
    await complete();
  });

  it('A3.2 an exercise leads to the second look and the visit', async () => {
    const frame = await begin('make-look');
    await frame.getByTestId('open-due-look').click();
    await frame.getByTestId('verdict-not-seen').click();
    await frame.getByTestId('verdict-confirm').click();
    await frame.getByTestId('nav-watch').click();
    await step('not-seen-said');
    await frame.getByTestId('open-due-look').click();
    await step('retry-opened');
    await frame.getByTestId('verdict-not-seen').click();
    await frame.getByTestId('verdict-confirm').click();
    await complete();
    await shoot('exercise-complete');
  });

  it('A3.2 an exercise leads in a car to the home, and through a room', async () => {
    const car = await begin('make-visit');
    await shoot('exercise-car');
    await car.getByTestId('car-go').click();
    await car.getByTestId('car-there').click();
    await car.getByTestId('car.outcome.helped').click();
    await complete();
    const room = await begin('confirm-room');
    await shoot('exercise-room');
    await room.getByTestId('confirm-room').click();
    await complete();
  });

  it('A3.2 an exercise leads from an empty form to a signed plan, and keeps nothing of it in the browser', async () => {
    const frame = await begin('sign-plan');
    await step('client-read');
    const fill = {
      'decision-reference': 'SN 2026-1',
      'decision-by': 'Eva Ros',
      'plan-times': '2345, 3',
      'consent-folderVersion': '3',
      'card-fallback': 'Nattpatrullen',
      'card-telephone': '0510-770000',
      'plan-physicalTimes': '2345, 3',
    };
    for (const [name, words] of Object.entries(fill)) await frame.getByTestId(name).fill(words);
    for (const consent of ['technology', 'supervision', 'livesAlone'])
      await frame.getByTestId(`consent-${consent}`).check();
    await shoot('exercise-plan');
    await frame.getByTestId('sign').click();
    await frame.getByTestId('sign-now').click();
    await complete();
    expect(await page.evaluate("localStorage.getItem('nattfrid.client-form')")).toBeNull();
  });

  it('A3.2 an exercise is covered by a real alarm at once, whose sound is not the exercise’s', async () => {
    await begin('sign-plan');
    await home.unit.raise('fall', { code: 'found-lying', figures: { lyingForSeconds: 20 } });
    await page.getByTestId('real-alarm').waitFor();
    await shoot('exercise-real-alarm');
    await page.getByTestId('real-alarm-open').click();
    await page.getByTestId('alarm-page').waitFor();
  });

  it('A3.2 an exercise has asked nobody for anything, and left nothing in the relay but who has practised what', async () => {
    expect(asked).toEqual([]);
    const siv = await signInAs(site.relay, staff.coordinator.email, staff.coordinator.password);
    const { runs } = await siv.call('exercises');
    expect(
      runs
        .filter(({ doneAt }) => doneAt)
        .map(({ exercise }) => exercise)
        .toSorted(),
    ).toEqual(['answer-alarm', 'confirm-room', 'make-look', 'make-visit', 'sign-plan']);
    const { alarms, looks, visits } = await siv.desk();
    expect([alarms.map(({ client }) => client), looks, visits]).toEqual([['Alma'], [], []]);
    // Past what the exercise has put in the place of fetch: the browser itself keeps it in.
    const frame = await begin('make-visit');
    const outcome = await frame.evaluate(`new Promise((tell) => {
      const request = new XMLHttpRequest();
      request.onload = () => tell('came through');
      request.onerror = () => tell('kept in');
      request.open('GET', '/api/me');
      request.send();
    })`);
    expect(outcome).toBe('kept in');
  });

  it('A9.6 a month is told to be there, read on one page, and told no more', async () => {
    await page.getByTestId('month-there').getByText(monthName(lastMonth, 'sv')).waitFor();
    await open('/months');
    await page.getByTestId('month-entry').waitFor();
    await shoot('months');
    await page.getByTestId('month-there').getByRole('link').click();
    await page.getByTestId('month').getByText('1 234').waitFor();
    await page.getByTestId('month-there').waitFor({ state: 'detached' });
    await shoot('month');
    await noBarrier();
    await page.emulateMedia({ media: 'print' });
    await shoot('month-print');
    await page.emulateMedia({ media: 'screen' });
  });

  it('A3.10 a list is changed, filled in for a home with who and when, and printed, in both languages and themes', async () => {
    await open('/checklists');
    await page.getByTestId('checklist-swap').click();
    await page.getByTestId('change-checklist').click();
    await page.getByTestId('checklist-items').fill('Ring grannen\nByt batteri');
    await page.getByTestId('change-checklist-submit').click();
    await page.getByTestId('checklist-paper').getByText('Ring grannen').waitFor();
    await page.getByTestId('checklist-begin').click();
    await page.getByTestId('tick-own-1').click();
    await page.getByTestId('filled-checklist').getByText(staff.coordinator.name).nth(1).waitFor();
    await shoot('checklists');
    await noBarrier();
    await page.evaluate("localStorage.setItem('nattfrid.language', 'en')");
    await page.evaluate("localStorage.setItem('mantine-color-scheme-value', 'light')");
    await open('/checklists');
    await page.getByTestId('checklist-install').click();
    await page.getByTestId('checklist-paper').getByText(en['checklistItem.sign-placed']).waitFor();
    await shoot('checklists-light');
    await noBarrier();
    await open('/training');
    await page.getByTestId('begin-sign-plan').waitFor();
    await shoot('training-light');
    await noBarrier();
  });
});

/** A month that the relay has made, as it keeps it. */
function keepMonth(database: string): void {
  const looks = { agreed: 1301, done: 1234, late: 12, retried: 44, missed: 3, failed: 8 };
  const saved = { minutes: 41_000, kilometres: 9040, kilogramsCo2: 1084.8, withoutTravelTime: 2 };
  const fall = { kind: 'fall', alarms: 9, falseAlarms: 4, takenSeconds: { median: 21, p95: 74 } };
  const summary = {
    ...{ month: lastMonth, madeAt: '2026-12-01T00:00:30.000Z', homes: 65, from: '2026-11-01', until: '2026-12-01' },
    ...{ nights: 30, looks, lookSeconds: { median: 16, p95: 41 }, alarms: [fall] },
    visits: { caused: 31, avoided: 1180 },
    saved: { ...saved, flatVisitMinutes: 15, gramsCo2PerKilometre: 120 },
  };
  using disk = openDisk(database, { timeout: 5000 });
  disk
    .prepare('insert into months (organisation, month, made_at, opened_at, body) values (?, ?, ?, null, ?)')
    .run('own', lastMonth, Date.parse(summary.madeAt), JSON.stringify(summary));
}

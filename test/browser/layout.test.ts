/** Every page at the widths it is read at: nothing is wider than a phone, and no column of a unit's card is too narrow to read. */
import type { RoomDrift } from '@nattfrid/shared/domain/room-drift';
import type { Message } from '@nattfrid/shared/wire/messages';
import { CameraAdvice } from '@nattfrid/shared/wire/vitals';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sv } from '../../relay/console/src/words/sv-all.ts';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { movingPictures } from '../support/h264-stream.ts';
import { openChromium } from './chromium.ts';
import { drawn } from './drawn.ts';
import { type Home, openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
const ffmpeg = findFfmpeg();
const missing = [chromium ? '' : 'Chromium (NATTFRID_CHROMIUM)', ffmpeg ? '' : 'ffmpeg (NATTFRID_FFMPEG)'].filter(
  Boolean,
);
if (missing.length > 0)
  console.log(`SKIPPED: the pages are not measured in a browser: there is no ${missing.join(' and no ')} here.`);

/** A folder for what was on the screen, for whoever wants to see it. */
const shots = process.env['NATTFRID_SHOTS'];
const widths = [
  [1400, 900],
  [1280, 800],
  [1100, 800],
  [1024, 768],
  [390, 844],
  [360, 740],
] as const;
const patient = 30_000;

let site: Site;
let browser: Browser;
let operator: Page;
let coordinator: Page;
let fallen: Home;
let homes: readonly Home[] = [];

const drifts: RoomDrift[] = [
  { type: 'camera-moved', acrossPercent: 6, downPercent: 3 },
  { type: 'bed-gone', bed: 0 },
];
const fall = { code: 'fell-from-standing', figures: { lyingForSeconds: 15, fellInSeconds: 0.8 } };
const vitals = (more: Partial<Message<'vitals'>> = {}): Message<'vitals'> => ({
  uptimeSeconds: 93_600,
  camera: 'connected',
  picturesPerSecond: 14.9,
  analysedPerSecond: 4.8,
  droppedPictures: 12,
  outboxDepth: 0,
  memoryMegabytes: 412,
  lookOpen: false,
  legibility: { pictures: 5200, hard: 340, why: 'small' },
  ...more,
});

/** A door at the right edge of the picture: its name and its corners want to stand out of the frame. */
const proposal: Message<'room-proposal'> = {
  watchedMinutes: 12,
  aspect: 16 / 9,
  beds: [],
  exits: [
    {
      outline: [
        [0.93, 0.2],
        [1, 0.2],
        [1, 0.9],
        [0.93, 0.9],
      ],
      certainty: 0.5,
      at: 'edge',
      out: 3,
      in: 2,
    },
  ],
};

async function signedIn(person: { readonly email: string; readonly password: string }): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
  page.setDefaultTimeout(patient);
  await page.goto(site.relay.url);
  await page.getByTestId('sign-in-email').waitFor();
  expect(await tooWide(page, 'sign-in')).toEqual([]);
  await page.getByTestId('sign-in-email').fill(person.email);
  await page.getByTestId('sign-in-password').fill(person.password);
  await page.getByTestId('sign-in-submit').click();
  await page.getByTestId('watch').waitFor();
  return page;
}

/** The page's own width at each of the screen's; and what stands out to the right of it, to name the culprit. */
async function tooWide(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const [width, height] of widths) {
    await page.setViewportSize({ width, height });
    await drawn(page);
    if (shots) await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: width < 600 });
    const wide = Number(await page.evaluate('document.scrollingElement.scrollWidth'));
    const culprits = await page.evaluate(`[...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > ${width} + 0.5)
      .map((one) => one.tagName + '.' + one.className).slice(0, 4).join(', ')`);
    if (wide > width) faults.push(`${name} is ${wide} px wide on a screen of ${width}: ${culprits}`);
  }
  await page.setViewportSize({ width: 1400, height: 900 });
  return faults;
}

/** The widths at which the head takes a second line or loses the given name, with the longest that it ever has to say. */
async function brokenHeads(page: Page): Promise<number[]> {
  const broken: number[] = [];
  for (let width = 320; width <= 1600; width += 80) {
    await page.setViewportSize({ width, height: 800 });
    await drawn(page);
    const whole = await page.evaluate(`(() => {
      const { top, bottom } = document.querySelector('header').getBoundingClientRect();
      const name = document.querySelector('[data-testid=account] > span').getBoundingClientRect();
      return bottom - top < 80 && name.width > 20 && name.right <= innerWidth;
    })()`);
    if (!whole) broken.push(width);
  }
  return broken;
}

describe.skipIf(missing.length > 0)('a page', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    site = await openSite(await movingPictures(ffmpeg));
    browser = await openChromium(chromium ?? '');
    fallen = await site.addHome('akerbar-12', 'Åkerbärsvägen 12 B', { looks: 1 }, 'Sovrum');
    homes = [
      await site.addHome('bjorken-3-sovrum', 'Björken 3', { looks: 2 }, 'Sovrum'),
      await site.addHome('bjorken-3-hall', 'Björken 3', { looks: 2 }, 'Hall'),
    ];
    await homes[0]?.unit.say('vitals', vitals());
    await homes[1]?.unit.say('vitals', vitals({ roomChanged: drifts }));
    await fallen.unit.say('vitals', vitals({ camera: 'lost', cameraFault: 'camera-unreachable', diskFull: true }));
    operator = await signedIn(staff.operator);
    coordinator = await signedIn(staff.coordinator);
  }, 200_000);
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  const measured = async (page: Page, name: string, shown: string) => {
    await page.getByTestId(shown).first().waitFor();
    expect(await tooWide(page, name)).toEqual([]);
  };

  it('is no wider than the screen while a night is going on', async () => {
    await fallen.unit.raise('fall', fall);
    // A unit whose disk is full is an alarm too.
    const fell = operator.locator('[data-testid=alarm-card][data-kind=fall]');
    await fell.waitFor();
    await measured(operator, 'watch', 'look-card');
    await fell.getByTestId('take-alarm').click();
    await measured(operator, 'alarm', 'alarm-page');
    await operator.getByTestId('open-look').click();
    await operator.locator('[data-testid=picture][data-state=live]').waitFor();
    await measured(operator, 'look-alarm', 'camera');
    await operator.locator('[data-testid=verdict-all-well]:enabled').click();
    await measured(operator, 'look-alarm-done', 'look-done');
    await operator.getByTestId('nav-watch').click();
    for (const { unit } of homes) {
      unit.notices = [{ type: 'hard-to-see', why: 'small', offers: ['blur', 'blocks'] }];
      unit.agreed = ['silhouette', 'blur', 'blocks'];
    }
    await operator.getByTestId('look-card').filter({ hasText: 'Björken 3' }).getByTestId('open-due-look').click();
    await operator.locator('[data-testid=picture][data-state=live]').first().waitFor();
    await operator.getByTestId('how-to-read').locator('summary').click();
    await measured(operator, 'look', 'camera');
    await operator.locator('[data-testid=verdict-help-needed]:enabled').click();
    await operator.getByTestId('verdict-confirm').click();
    await measured(operator, 'look-done', 'look-done');
    await operator.getByTestId('nav-visits').click();
    await measured(operator, 'visits', 'visit-card');
    await operator.getByTestId('visit-go').click();
    await operator.getByTestId('visit-there').click();
    await measured(operator, 'visit-there', 'visit-outcome');
    await operator.getByTestId('nav-units').click();
    await fallen.unit.raise('fall', fall);
    await operator.getByTestId('alarm-strip').waitFor();
    await homes[0]?.unit.say('vitals', vitals({ cameraAdvice: CameraAdvice.options }));
    const advised = operator.getByTestId('unit-camera').filter({ hasText: sv['unit.cameraAdvice.times-do-not-count'] });
    await advised.filter({ hasText: sv['unit.cameraAdvice.rare-key-pictures'] }).waitFor();
    await measured(operator, 'units', 'unit-card');
  });

  it('A5.7 A6.1 is no wider than the screen on a staffed night, in a car above all', async () => {
    await coordinator.getByTestId('nav-more').click();
    await measured(coordinator, 'more', 'more-teams');
    await coordinator.getByTestId('more-teams').click();
    for (const [name, kind, visits] of [
      ['Trygghetscentralen', 'desk', 'never'],
      ['Bil 1', 'car', 'always'],
    ] as const) {
      if (!(await coordinator.getByTestId('add-team-name').isVisible()))
        await coordinator.getByTestId('add-team').click();
      await coordinator.getByTestId('add-team-name').fill(name);
      await coordinator.getByTestId('add-team-kind').selectOption(kind);
      await coordinator.getByTestId('add-team-telephone').fill('0500-12 34 56');
      await coordinator.getByTestId('add-team-visits').selectOption(visits);
      await coordinator.getByTestId('add-team-submit').click();
      await coordinator.getByTestId(`team-${name}`).waitFor();
    }
    await measured(coordinator, 'teams', 'alarm-line-save');
    const more = async (page: Page, to: string) => {
      await page.getByTestId('nav-more').click();
      await page.getByTestId(`more-${to}`).click();
    };
    await more(operator, 'car');
    await measured(operator, 'car-no-shift', 'car');
    await more(operator, 'shifts');
    await operator.locator('[data-team="Bil 1"]').getByTestId('shift-join').click();
    await operator.getByTestId('shift-note').fill('Björken 3 sov oroligt, titta en gång extra.');
    await operator.getByTestId('shift-hand-over').click();
    await operator.getByTestId('handover').waitFor();
    await measured(operator, 'shifts', 'handover');
    const away = await site.addHome('tallen-9', 'Tallen 9', { looks: 1 });
    await away.unit.raise('fall', fall);
    const fell = operator.getByTestId('alarm-strip');
    await fell.waitFor();
    await operator.getByTestId('nav-watch').click();
    await operator.getByTestId('alarm-card').filter({ hasText: 'Tallen 9' }).getByTestId('take-alarm').click();
    await operator.getByTestId('open-look').click();
    await operator.locator('[data-testid=verdict-help-needed]:enabled').click();
    await operator.getByTestId('verdict-confirm').click();
    await operator.getByTestId('nav-visits').click();
    const whose = operator.getByTestId('visit-card').filter({ hasText: 'Tallen 9' }).getByTestId('visit-assign');
    await expect.poll(() => whose.locator('option:checked').textContent(), { timeout: patient }).toBe('Bil 1');
    await measured(operator, 'visits-assigned', 'visit-assign');
    await more(operator, 'car');
    await measured(operator, 'car', 'car-visit');
    await operator.getByTestId('car.outcome.helped').click();
    await operator.getByTestId('car-visit').filter({ hasText: 'Tallen 9' }).getByTestId('car-go').click();
    await measured(operator, 'car-going', 'car-there');
    await more(operator, 'round');
    await operator.keyboard.press(' ');
    await operator.getByTestId('round-open').waitFor();
    await measured(operator, 'round', 'round-home');
    await operator.keyboard.press('s');
    await more(operator, 'paper');
    await measured(operator, 'paper', 'paper-row');
    await operator.emulateMedia({ media: 'print' });
    expect(await operator.getByTestId('nav-watch').isVisible()).toBe(false);
    expect(await operator.getByTestId('paper-print').isVisible()).toBe(false);
    expect(await operator.getByTestId('paper-row').first().isVisible()).toBe(true);
    if (shots) await operator.screenshot({ path: `${shots}/paper-printed.png`, fullPage: true });
    await operator.emulateMedia({ media: 'screen' });
    await operator.getByTestId('nav-watch').click();
    await measured(operator, 'watch-staffed', 'watch');
    await coordinator.getByTestId('nav-watch').click();
  });

  it('is no wider than the screen by day', async () => {
    await measured(coordinator, 'watch-coordinator', 'watch');
    await coordinator.getByTestId('nav-units').click();
    await coordinator.getByTestId('add-unit').click();
    await coordinator.locator('[data-unit=bjorken-3-sovrum]').getByTestId('unit-more').click();
    await measured(coordinator, 'units-coordinator', 'add-unit-publicKey');
    await coordinator.locator('[data-unit=bjorken-3-sovrum]').getByTestId('room-link').click();
    await measured(coordinator, 'room', 'confirm-room');
    await homes[0]!.unit.say('room-proposal', proposal);
    await coordinator.getByTestId('outline-exit').waitFor();
    await coordinator.getByTestId('add-bathroom').click();
    await coordinator.getByTestId('part-exit').locator('button[aria-pressed]').click();
    await measured(coordinator, 'room-proposed', 'corner');
    await coordinator.getByTestId('nav-more').click();
    await coordinator.getByTestId('more-plan').click();
    await measured(coordinator, 'plans', 'plan');
    await coordinator.getByRole('link', { name: 'Björken 3' }).first().click();
    await coordinator.getByText('Personen visas som siluett.').waitFor();
    await measured(coordinator, 'plan', 'plan');
    await coordinator.getByTestId('nav-audit').click();
    await measured(coordinator, 'audit', 'audit-chain');
    await coordinator.getByTestId('nav-people').click();
    await coordinator.getByTestId('add-person').click();
    await coordinator.getByTestId('person-more').first().click();
    await measured(coordinator, 'people', 'new-password');
  });

  for (const language of ['sv', 'en'])
    it(`is no wider than the screen before the first press, while the sound is off: ${language}`, async () => {
      for (const [page, name] of [
        [operator, 'operator'],
        [coordinator, 'coordinator'],
      ] as const) {
        await page.evaluate(`localStorage.setItem('nattfrid.language', '${language}')`);
        await page.goto(site.relay.url);
        await page.locator('[data-testid=sound][data-sound=off-until-click]').waitFor();
        await measured(page, `silent-${name}-${language}`, 'watch');
        expect(await brokenHeads(page)).toEqual([]);
        await page.goto(`${site.relay.url}/units`);
        await measured(page, `silent-units-${name}-${language}`, 'unit-card');
      }
    });

  it('has room for a few words a line in both columns of a unit’s card', async () => {
    await coordinator.goto(`${site.relay.url}/units`);
    await coordinator.getByTestId('unit-card').first().waitFor();
    for (const [width, height] of widths) {
      await coordinator.setViewportSize({ width, height });
      const narrow = await coordinator.evaluate(`(() => {
        const pen = document.createElement('canvas').getContext('2d');
        const letters = (one) => {
          pen.font = getComputedStyle(one).font;
          return one.getBoundingClientRect().width / pen.measureText('n').width;
        };
        return [...document.querySelectorAll('[data-testid=unit-card] dl > *')]
          .filter((one) => letters(one) < 12)
          .map((one) => one.textContent);
      })()`);
      expect([width, narrow]).toEqual([width, []]);
    }
  });
});

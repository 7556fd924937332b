/** Looks in a real browser: all cameras of a home, old pictures, browsers without a decoder, and the next look. */
import { sv } from '@nattfrid/console/words/sv-all';
import { Desk } from '@nattfrid/shared/desk/live-event';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forget, mayBePutIn } from '../stand-ins/staff/browser-without.ts';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { movingPictures } from '../support/h264-stream.ts';
import { barriersInBoth } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
const ffmpeg = findFfmpeg();
const missing = [chromium ? '' : 'Chromium (NATTFRID_CHROMIUM)', ffmpeg ? '' : 'ffmpeg (NATTFRID_FFMPEG)'].filter(
  Boolean,
);
if (missing.length > 0)
  console.log(`SKIPPED: looks are not tried in a browser: there is no ${missing.join(' and no ')} here.`);

let site: Site;
let browser: Browser;
let page: Page;
const complaints: string[] = [];
const patient = 60_000;
/** A folder for pictures of the screens, where somebody wants to look at them. */
const shots = process.env['NATTFRID_SHOTS'];

const part = (id: string, within: Page | Locator = page): Locator => within.getByTestId(id);
const camera = (unit: string): Locator => page.locator(`[data-testid=camera][data-unit=${unit}]`);
const picture = (state: string, within: Page | Locator = page): Locator =>
  within.locator(`[data-testid=picture][data-state=${state}]`);
const card = (client: string): Locator => part('look-card').filter({ hasText: client });
const drawn = async (within: Page | Locator = page) =>
  Number(await part('picture', within).getAttribute('data-pictures'));

async function openPage(context: BrowserContext, person: { readonly email: string; readonly password: string }) {
  const opened = await context.newPage();
  opened.setDefaultTimeout(patient);
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (message) => {
    if (/Content Security Policy|does not understand/.test(message.text())) complaints.push(message.text());
  });
  await opened.goto(site.relay.url);
  await part('sign-in-email', opened).fill(person.email);
  await part('sign-in-password', opened).fill(person.password);
  await part('sign-in-submit', opened).click();
  await part('watch', opened).waitFor();
  return opened;
}

const expectAccessible = async (on = page) => expect(await barriersInBoth(on)).toEqual([]);

/** The home's look that leads, as the relay tells it. */
async function stateOf(client: string) {
  const answer = await page.request.get(`${site.relay.url}/api/desk`);
  const { looks } = Desk.parse(await answer.json());
  return looks.find((look) => look.client === client && look.beside === undefined && look.attempt === 1)!;
}

async function openLook(client: string): Promise<void> {
  await part('nav-watch').click();
  await part('open-due-look', card(client)).click();
}

/** A verdict can be undone for five seconds, on another page too, and is said then. */
async function goOn(on = page): Promise<void> {
  await part('verdict-held', on).waitFor();
  await part('nav-watch', on).click();
  await part('watch', on).waitFor();
}
/** Keys give no verdict before the relay has told that a picture was shown, which is later than the picture. «Not seen» is asked once more. */
async function judge(key: 'a' | 'i'): Promise<void> {
  await page.locator('[data-testid=verdict-all-well]:enabled').waitFor();
  await page.keyboard.press(key);
  if (key === 'a') return;
  await page.locator('[data-testid=verdict-confirm]:enabled').waitFor();
  await page.keyboard.press('Enter');
}
/** «All well» though a camera has shown nothing. */
async function judgeOnceMore(): Promise<void> {
  await judge('a');
  await part('verdict-confirm').click();
}
async function shoot(name: string): Promise<void> {
  if (!shots) return;
  for (const [width, height] of [
    [1400, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${shots}/${name}-${width}.png` });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

let people = 0;
/** Another browser of somebody who has one would have to be confirmed by a colleague first. */
async function newPerson() {
  const name = `Ny ${++people}`;
  const person = { email: `ny-${people}@example.se`, name, role: 'operator' } as const;
  await site.relay.addOperator(person, staff.operator.password);
  return { ...person, password: staff.operator.password };
}

describe.skipIf(missing.length > 0)('a look', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    site = await openSite(await movingPictures(ffmpeg));
    browser = await openChromium(chromium ?? '');
    page = await openPage(await browser.newContext({ viewport: { width: 1280, height: 800 } }), staff.operator);
  }, 400_000);
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('A1.7 into a home with two cameras shows them side by side, and one verdict ends both', async () => {
    const bed = await site.addHome('ek-bed', 'Ek 12', { looks: 1 }, 'Sovrum');
    const hall = await site.addHome('ek-hall', 'Ek 12', { looks: 1 }, 'Hall');
    await part('nav-watch').click();
    expect(await card('Ek 12').count()).toBe(1);
    await openLook('Ek 12');
    for (const unit of ['ek-bed', 'ek-hall']) await picture('live', camera(unit)).waitFor();
    expect(await camera('ek-bed').getByRole('heading').textContent()).toBe('Sovrum');
    expect(await camera('ek-hall').getByRole('heading').textContent()).toBe('Hall');
    const boxes = await Promise.all(['ek-bed', 'ek-hall'].map((unit) => camera(unit).boundingBox()));
    expect(boxes[0]!.y).toBe(boxes[1]!.y);
    await part('how-to-read').getByText(sv['look.signs']).click();
    await part('how-to-read').getByText(sv['look.sign.perhaps.words']).waitFor();
    await expectAccessible();
    await page.setViewportSize({ width: 390, height: 844 });
    const stacked = await Promise.all(['ek-bed', 'ek-hall'].map((unit) => camera(unit).boundingBox()));
    expect(stacked[0]!.y + stacked[0]!.height).toBeLessThanOrEqual(stacked[1]!.y);
    await page.setViewportSize({ width: 1280, height: 800 });
    await judge('a');
    await part('look-done').waitFor();
    expect(await part('picture').count()).toBe(0);
    for (const { unit } of [bed, hall])
      await expect.poll(() => unit.looksEnded, { timeout: patient }).toEqual(['operator-closed']);
  });

  it('goes on with one camera when the other refuses, is lost or stands still, each in words of its own', async () => {
    const bed = await site.addHome('al-bed', 'Al 7', { looks: 1 }, 'Sovrum');
    const hall = await site.addHome('al-hall', 'Al 7', { looks: 1 }, 'Hall');
    bed.unit.manner = { name: 'refuses', why: 'outside-window' };
    await openLook('Al 7');
    await picture('live', camera('al-hall')).waitFor();
    expect(await part('refusal', camera('al-bed')).textContent()).toContain(sv['refusal.outside-window']);
    hall.unit.held = true;
    await picture('gone', camera('al-hall')).waitFor();
    hall.unit.held = false;
    await picture('live', camera('al-hall')).waitFor();
    await expectAccessible();
    await judge('i');
    expect(await part('retry').textContent()).toMatch(/nytt försök är planerat till \d\d:\d\d/);
    await part('nav-watch').click();
    expect(await part('next-looks').getByText('Al 7').count()).toBeGreaterThan(0);
    expect(await part('watch-visit').count()).toBe(0);
  });

  for (const [which, other, left] of [
    ['bed', 'hall', 'camera'],
    ['hall', 'bed', 'camera-left-out'],
  ] as const)
    it(`never shows the camera whose key has changed, says so, and goes on with the other: ${which}`, async () => {
      const client = `Rönn ${which}`;
      const homes = {
        bed: await site.addHome(`ronn-${which}-bed`, client, { looks: 1 }, 'Sovrum'),
        hall: await site.addHome(`ronn-${which}-hall`, client, { looks: 1 }, 'Hall'),
      };
      // Both keys are known from now on; nothing has been seen, so that the look is still to be done.
      for (const { unit } of Object.values(homes)) unit.held = true;
      await openLook(client);
      for (const { unit } of Object.values(homes)) await expect.poll(() => unit.calls, { timeout: patient }).toBe(1);
      await part('nav-watch').click();
      for (const { unit } of Object.values(homes)) {
        await expect.poll(() => unit.looksEnded, { timeout: patient }).toEqual(['operator-closed']);
        unit.held = false;
      }
      await site.swapKey(`ronn-${which}-${which}`);
      await page.reload();
      await openLook(client);
      await picture('live', camera(`ronn-${which}-${other}`)).waitFor();
      const untrusted = page.locator(`[data-testid=${left}][data-unit=ronn-${which}-${which}]`);
      await untrusted.getByText(sv['look.untrusted.beside']).waitFor();
      expect(await untrusted.getByRole('heading').first().textContent()).toBe(which === 'bed' ? 'Sovrum' : 'Hall');
      await expectAccessible();
      await judgeOnceMore();
      await goOn();
      expect(homes[which].unit.calls).toBe(1);
      await part('nav-visits').click();
      expect(await part('visit-card').filter({ hasText: client }).count()).toBe(0);
    });

  it('tells an old picture from a new one whatever the unit’s clock says, also while pictures keep coming', async () => {
    const { unit } = await site.addHome('lind-1', 'Lind 4', { looks: 1 });
    unit.clockAhead = -3_600_000;
    await openLook('Lind 4');
    await picture('live').waitFor();
    // As when a link clogs: what comes next was taken later, but not by as much.
    unit.held = true;
    await picture('gone').waitFor();
    unit.late = 3500;
    unit.held = false;
    await picture('stale').waitFor();
    await page.getByText(sv['look.stale']).waitFor();
    expect(await page.getByText(/Ingen ny bild på \d,\d s/).count()).toBe(1);
    const before = await drawn();
    await expect.poll(() => drawn(), { timeout: patient }).toBeGreaterThan(before);
    await picture('stale').waitFor();
    unit.held = true;
    await picture('gone').waitFor();
    // No more than what it has stood still for: pictures never come from before those that came.
    unit.late = 5000;
    unit.held = false;
    const stood = await drawn();
    await expect.poll(() => drawn(), { timeout: patient }).toBeGreaterThan(stood + 3);
    await picture('gone').waitFor();
    await expect.poll(() => picture('gone').getAttribute('width'), { timeout: patient }).toBe('16');
    unit.late = 0;
    await picture('live').waitFor();
    await judge('a');
    await goOn();
  });

  it('says what the unit says of its picture, also what this console has no words for, and what it cost', async () => {
    const { unit } = await site.addHome('asp-1', 'Asp 1', { looks: 1 });
    unit.notices = [
      { type: 'usage', bytes: 1_234_000, kbits: 61 },
      { type: 'seen-through-fog', why: ['damp'], offers: ['blur'] },
    ];
    await openLook('Asp 1');
    await picture('live').waitFor();
    const notice = await part('picture-notice').textContent();
    expect(notice).toContain('seen-through-fog');
    expect(notice).toContain('damp');
    await part('show-as-blur').getByText('Visa som suddig bild').waitFor();
    expect(await part('data-used').textContent()).toContain('1,2 MB');
    await expectAccessible();
    await judge('a');
    await part('look-done').waitFor();
    expect(await part('look-data').textContent()).toBe('1,2 MB');
  });

  it('A1.15 says why the person is hard to see, and shows another agreed way when the unit grants it', async () => {
    const { unit } = await site.addHome('hagg-1', 'Hägg 1', { looks: 1 });
    unit.agreed = ['silhouette', 'blur'];
    await openLook('Hägg 1');
    await picture('live').waitFor();
    await unit.notice({ type: 'hard-to-see', why: 'faint', offers: ['blur', 'blocks'] });
    const notice = part('picture-notice');
    await notice.getByText(sv['notice.hard-to-see']).waitFor();
    await notice.getByText(sv['noticeWhy.faint']).waitFor();
    await expectAccessible();
    await part('show-as-blocks').click();
    await part('wish-refused').getByText(sv['refusal.mode-not-agreed']).waitFor();
    expect(await part('show-as-blocks').count()).toBe(0);
    await part('picture-mode').getByText('siluett').waitFor();
    await part('show-as-blur').click();
    await part('picture-mode').getByText('suddig bild').waitFor();
    expect(await part('wish-refused').count()).toBe(0);
    await unit.notice({ type: 'legible' });
    await notice.getByText(sv['notice.legible']).waitFor();
    // It asks for nothing, and goes by itself; the way back stays.
    await notice.getByText(sv['notice.legible']).waitFor({ state: 'detached' });
    await expectAccessible();
    await part('show-as-silhouette').getByText('Visa som siluett igen').click();
    await part('picture-mode').getByText('siluett').waitFor();
    await notice.waitFor({ state: 'detached' });
    await judge('a');
    await goOn();
  });

  describe('of a colleague', () => {
    let context: BrowserContext;
    let bo: Page;
    beforeAll(async () => {
      context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      bo = await openPage(context, staff.colleague);
    }, 2 * patient);
    afterAll(() => context.close());
    const joinable = async (client: string) => {
      await part('nav-watch', bo).click();
      await bo.getByText(client).first().click();
      await part('join-look', bo).waitFor();
    };

    it('is seen in two browsers, each with a key of its own, and both see who looks', async () => {
      const { unit } = await site.addHome('hassel-1', 'Hassel 1', { looks: 1 });
      await openLook('Hassel 1');
      await picture('live').waitFor();
      await joinable('Hassel 1');
      await part('join-look', bo).click();
      await picture('live', bo).waitFor();
      await part('company').getByText(`Tittar med: ${staff.colleague.name}`).waitFor();
      await part('company', bo).getByText(`Du tittar med ${staff.operator.name}`).waitFor();
      const before = await drawn(bo);
      await expect.poll(() => drawn(bo), { timeout: patient }).toBeGreaterThan(before + 2);
      expect(await part('verdict-all-well', bo).isDisabled()).toBe(true);
      await bo.keyboard.press('a');
      await expectAccessible();
      await expectAccessible(bo);
      await part('leave-look', bo).click();
      await part('join-look', bo).waitFor();
      expect(await part('picture', bo).getAttribute('width')).toBe('16');
      await part('company').waitFor({ state: 'detached' });
      expect(unit.looksEnded).toEqual([]);
      // And once more, until whoever opened it is done.
      await part('join-look', bo).click();
      await picture('live', bo).waitFor();
      await judge('a');
      await part('look-done', bo).waitFor();
      expect(unit.looksEnded).toEqual(['operator-closed']);
    });

    it('is seen on every camera of the home with one press', async () => {
      const homes = [
        await site.addHome('hassel-bed', 'Hassel 3', { looks: 1 }, 'Sovrum'),
        await site.addHome('hassel-hall', 'Hassel 3', { looks: 1 }, 'Hall'),
      ];
      const cameraOf = (name: string) => bo.locator(`[data-testid=camera][data-unit=${name}]`);
      await openLook('Hassel 3');
      for (const unit of ['hassel-bed', 'hassel-hall']) await picture('live', camera(unit)).waitFor();
      await part('nav-watch', bo).click();
      await bo.getByText('Hassel 3').first().click();
      await part('join-look', cameraOf('hassel-hall')).click();
      for (const unit of ['hassel-bed', 'hassel-hall']) await picture('live', cameraOf(unit)).waitFor();
      await expectAccessible(bo);
      // As if somebody had put another unit in the place of one of them: that one is not joined, and says so.
      await site.swapKey('hassel-hall');
      await bo.reload();
      await part('join-look', cameraOf('hassel-bed')).click();
      await picture('live', cameraOf('hassel-bed')).waitFor();
      await cameraOf('hassel-hall').getByText(sv['look.untrusted'], { exact: true }).waitFor();
      await judge('a');
      await part('look-done', bo).waitFor();
      for (const { unit } of homes)
        await expect.poll(() => unit.looksEnded, { timeout: patient }).toEqual(['operator-closed']);
    });

    it('is not seen where the unit does not let the colleague in, and that is said', async () => {
      const { unit } = await site.addHome('hassel-2', 'Hassel 2', { looks: 1 });
      unit.joinRefusal = 'console-unknown';
      await openLook('Hassel 2');
      await picture('live').waitFor();
      await joinable('Hassel 2');
      await part('join-look', bo).click();
      await bo.getByText(sv['refusal.console-unknown']).waitFor();
      expect(await part('picture', bo).getAttribute('data-pictures')).toBe('0');
      await expectAccessible(bo);
      // Whoever opened it goes on undisturbed.
      await picture('live').waitFor();
      await judge('a');
      await goOn();
    });
  });

  it('leads to the next one on the list with one key, and asks no unit before that', async () => {
    const first = await site.addHome('bok-1', 'Bok 1', { looks: 1 });
    const second = await site.addHome('bok-2', 'Bok 2', { looks: 1 });
    await openLook('Bok 1');
    await picture('live').waitFor();
    await judge('a');
    await part('verdict-held').waitFor();
    await part('next-look').getByText('Bok 2').waitFor();
    expect(first.unit.calls).toBe(1);
    expect(second.unit.calls).toBe(0);
    await page.keyboard.press(' ');
    await page.getByRole('heading', { name: 'Bok 2' }).waitFor();
    await picture('live').waitFor();
    expect(second.unit.calls).toBe(1);
    // The verdict of the first goes on by itself.
    await expect.poll(async () => (await stateOf('Bok 1')).verdict, { timeout: patient }).toBe('all-well');
    await judge('a');
    await goOn();
  });

  it('can be judged another way for five seconds, in which the pictures go on; from another page too', async () => {
    const { unit } = await site.addHome('en-1', 'En 1', { looks: 1 });
    await openLook('En 1');
    await picture('live').waitFor();
    await judge('a');
    await part('verdict-held')
      .getByText(/Allt väl sparas om \d s/)
      .waitFor();
    await shoot('verdict-held');
    await expectAccessible();
    const before = await drawn();
    await expect.poll(() => drawn(), { timeout: patient }).toBeGreaterThan(before);
    await part('verdict-undo').click();
    await part('verdict-all-well').waitFor();
    // «Not seen» is asked once more, and a way back is one key.
    await page.keyboard.press('i');
    await part('verdict-once-more').getByText(sv['verdict.onceMore.retry']).waitFor();
    await shoot('verdict-asked');
    await page.keyboard.press('Escape');
    await part('verdict-all-well').waitFor();
    expect((await stateOf('En 1')).verdict).toBeUndefined();
    expect(unit.looksEnded).toEqual([]);
    await judge('a');
    await part('verdict-held').waitFor();
    await part('nav-units').click();
    await part('lingering').getByText('En 1').first().waitFor();
    expect((await stateOf('En 1')).verdict).toBeUndefined();
    await expect.poll(async () => (await stateOf('En 1')).verdict, { timeout: patient }).toBe('all-well');
    await part('lingering').waitFor({ state: 'detached' });
  });

  for (const [how, leave] of [
    ['closed', () => page.goto('about:blank')],
    [
      'hidden',
      () =>
        page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
          document.dispatchEvent(new Event('visibilitychange'))`),
    ],
    [
      'signed out of',
      async () => {
        await part('account').click();
        await part('sign-out').click();
      },
    ],
  ] as const)
    it(`has the verdict that was held when the page is ${how}`, async () => {
      const client = `Alm ${how}`;
      await site.addHome(`alm-${how.replaceAll(' ', '-')}`, client, { looks: 1 });
      const before = page;
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      page = await openPage(context, await newPerson());
      try {
        await openLook(client);
        await picture('live').waitFor();
        await judge('a');
        await part('verdict-held').waitFor();
        await leave();
      } finally {
        page = before;
      }
      await expect.poll(async () => (await stateOf(client)).verdict, { timeout: 15_000 }).toBe('all-well');
      await context.close();
    });

  it('asks once more before all is well where a camera has shown nothing', async () => {
    await site.addHome('lonn-bed', 'Lönn 2', { looks: 1 }, 'Sovrummet');
    const hall = await site.addHome('lonn-hall', 'Lönn 2', { looks: 1 }, 'Hallen');
    hall.unit.manner = { name: 'refuses', why: 'outside-window' };
    await openLook('Lönn 2');
    await picture('live', camera('lonn-bed')).waitFor();
    await judge('a');
    const question = part('verdict-once-more');
    await question.getByText('Hallen har inte visats.').waitFor();
    await shoot('verdict-once-more');
    await expectAccessible();
    await part('verdict-back').click();
    await part('verdict-all-well').waitFor();
    // Neither a double click nor keys answer it.
    await part('verdict-all-well').dblclick();
    await page.keyboard.press('a');
    await question.waitFor();
    expect(await part('verdict-held').count()).toBe(0);
    await part('verdict-confirm').click();
    await part('verdict-held').waitFor();
    await part('look-done').waitFor();
  });

  it('asks once more where only the relay knows of a camera that was never asked', async () => {
    await site.addHome('lonn-3', 'Lönn 3', { looks: 1 }, 'Sovrummet');
    await openLook('Lönn 3');
    await picture('live').waitFor();
    // Put up while the look goes on, with a plan that has the window too.
    await site.addHome('lonn-4', 'Lönn 3', { looks: 1 }, 'Hallen');
    await judge('a');
    await part('verdict-once-more').getByText(sv['verdict.lacks.other']).waitFor();
    await part('verdict-confirm').click();
    await goOn();
  });

  describe('in a browser without WebCodecs', () => {
    let before: Page;
    let own: Browser;
    async function browserWithout(...what: readonly string[]): Promise<Page> {
      const context = await own.newContext({ viewport: { width: 1280, height: 800 } });
      await forget(context, ...what);
      return openPage(context, await newPerson());
    }
    beforeAll(async () => {
      before = page;
      own = await openChromium(chromium ?? '', [mayBePutIn]);
    });
    afterAll(async () => {
      page = before;
      await own?.close();
    });

    /** Of the bars, which stand still. */
    const colours = () =>
      page.evaluate(`(() => {
        const context = document.querySelector('canvas').getContext('2d');
        return [80, 160, 240, 320, 400, 480, 560].flatMap((x) => [...context.getImageData(x, 50, 1, 1).data]);
      })()`) as Promise<readonly number[]>;

    it('is decoded the slow way, and looks the same', async () => {
      const seen: (readonly number[])[] = [];
      for (const [unit, client, opened] of [
        ['gran-1', 'Gran 1', page],
        ['gran-2', 'Gran 2', await browserWithout('VideoDecoder')],
      ] as const) {
        await site.addHome(unit, client, { looks: 1 });
        page = opened;
        await openLook(client);
        await picture('live').waitFor();
        await expect.poll(drawn, { timeout: patient }).toBeGreaterThan(5);
        seen.push(await colours());
        await judge('a');
        await goOn();
      }
      const [quick, slow] = seen;
      expect(new Set(quick).size).toBeGreaterThan(4);
      expect(slow!.every((value, index) => Math.abs(value - quick![index]!) <= 8)).toBe(true);
    });

    it('and without WebAssembly says so, what to do, and asks nobody', async () => {
      const { unit } = await site.addHome('gran-3', 'Gran 3', { looks: 1 });
      page = await browserWithout('VideoDecoder', 'WebAssembly');
      await openLook('Gran 3');
      await page.getByText(sv['look.unsupported.video-decoder']).waitFor();
      await expectAccessible();
      expect(unit.calls).toBe(0);
    });
  });

  it('has been at peace with the page’s security policy', () => expect(complaints).toEqual([]));
});

/** Setting up a room in a real browser: the unit proposes, a person puts it right by mouse and keyboard and confirms, the unit uses it. */
import { en } from '@nattfrid/console/words/en';
import { sv } from '@nattfrid/console/words/sv-all';
import { roomSaidSo } from '@nattfrid/shared/seal/room-proof';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { barriers } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { type Home, openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
if (!chromium)
  console.log('SKIPPED: the room is not set up in a browser: there is no Chromium (NATTFRID_CHROMIUM) here.');

/** A folder for what was on the screen, for whoever wants to see it. */
const shots = process.env['NATTFRID_SHOTS'];
let site: Site;
let browser: Browser;
let page: Page;
let home: Home;
const part = (id: string) => page.getByTestId(id);
const shot = async (name: string) =>
  void (shots && (await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })));
const seriousFaults = () => barriers(page);

const proposal = {
  watchedMinutes: 12,
  aspect: 4 / 3,
  beds: [
    {
      outline: [
        [0.18, 0.43],
        [0.79, 0.43],
        [0.79, 0.72],
        [0.18, 0.72],
      ] as [number, number][],
      certainty: 0.82,
      seen: 34,
      looked: 40,
      score: 0.47,
      restedMinutes: 3.5,
    },
  ],
  floor: {
    outline: [
      [0.02, 0.74],
      [0.98, 0.74],
      [0.98, 0.99],
      [0.02, 0.99],
    ] as [number, number][],
    certainty: 0.7,
    steps: 61,
    walks: 7,
  },
  exits: [
    {
      outline: [
        [0, 0.2],
        [0.09, 0.2],
        [0.09, 0.9],
        [0, 0.9],
      ] as [number, number][],
      certainty: 0.5,
      at: 'edge' as const,
      out: 3,
      in: 2,
    },
  ],
};
const vitals = {
  uptimeSeconds: 900,
  camera: 'connected' as const,
  picturesPerSecond: 10,
  analysedPerSecond: 9,
  droppedPictures: 0,
  outboxDepth: 0,
  memoryMegabytes: 300,
  lookOpen: false,
};

describe.skipIf(!chromium)('a room', () => {
  beforeAll(async () => {
    site = await openSite([]);
    home = await site.addHome('unit-room', 'Rosen', { looks: 1 });
    browser = await openChromium(chromium ?? '');
    page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    await page.goto(site.relay.url);
    await part('sign-in-email').fill(staff.coordinator.email);
    await part('sign-in-password').fill(staff.coordinator.password);
    await part('sign-in-submit').click();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('is proposed, put right, confirmed, and in use', async () => {
    await part('nav-units').click();
    await part('room-link').click();
    await page.getByText(sv['room.proposed.none']).waitFor();
    await home.unit.say('room-proposal', proposal);
    await part('outline-bed').waitFor();
    await page.getByText('Igenkänd som säng 34 av 40 gånger.').waitFor();
    await page.getByText('Osäkert (50 %)').waitFor();
    await shot('room-proposed');
    expect(await seriousFaults()).toEqual([]);

    // A corner by the keyboard, another by the mouse.
    await part('part-bed').locator('button[aria-pressed]').click();
    await part('corner').first().focus();
    await page.keyboard.press('Shift+ArrowRight');
    const corner = await part('corner').nth(2).boundingBox();
    if (!corner) throw new Error('The corner is not on the screen.');
    await page.mouse.move(corner.x + corner.width / 2, corner.y + corner.height / 2);
    await page.mouse.down();
    await page.mouse.move(corner.x + 60, corner.y + 30, { steps: 4 });
    await page.mouse.up();
    await part('add-mask').click();
    await part('part-mask').waitFor();
    await shot('room-drawn');
    await part('confirm-room').click();
    await page.locator('[data-testid=room-in-use][data-in-use=true]').waitFor();
    await shot('room-in-use');

    const [letter] = home.unit.rooms;
    expect(letter).toMatchObject({ version: 1, room: { exits: [proposal.exits[0]?.outline] } });
    expect(letter?.confirmedBy).not.toContain('Siv');
    expect(letter?.room.beds[0]?.[0]).toEqual([0.21, 0.43]);
    expect(letter?.room.beds[0]?.[2]?.[0]).toBeGreaterThan(0.8);
    expect(letter?.room.masks).toHaveLength(1);
    const said = { unit: home.unit.unit, room: letter!.room, turn: 'first' } as const;
    expect(await roomSaidSo(said, letter!.console!)).toBe(true);
  }, 60_000);

  it('that takes much away waits for a second person, on the card too, and is used after that', async () => {
    await part('remove-exit').click();
    await part('confirm-room').click();
    await part('room-waiting').getByText('väntar på en annan persons ja').waitFor();
    await shot('room-waits');
    expect(await part('second-room').count()).toBe(0);
    expect(home.unit.rooms).toHaveLength(1);
    const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
    const own = page;
    page = await context.newPage();
    await page.goto(site.relay.url);
    await part('sign-in-email').fill(staff.operator.email);
    await part('sign-in-password').fill(staff.operator.password);
    await part('sign-in-submit').click();
    await part('nav-units').click();
    await part('unit-room').getByText(sv['unit.room.waiting']).waitFor();
    await part('room-link').click();
    await part('room-waiting').getByText(`av ${staff.coordinator.name} väntar`).waitFor();
    expect(await part('part-exit').count()).toBe(0);
    expect(await seriousFaults()).toEqual([]);
    await shot('room-waits-for-me');
    await page.setViewportSize({ width: 390, height: 844 });
    await shot('room-waits-for-me-390');
    await part('second-room').click();
    await page.locator('[data-testid=room-in-use][data-in-use=true]').waitFor();
    await part('room-waiting').waitFor({ state: 'detached' });
    const letter = home.unit.rooms.at(-1)!;
    expect(letter).toMatchObject({ version: 2, room: { exits: [] } });
    const said = { unit: home.unit.unit, room: letter.room } as const;
    expect(await roomSaidSo({ ...said, turn: 'first' }, letter.console!)).toBe(true);
    expect(await roomSaidSo({ ...said, turn: 'second' }, letter.second!.console!)).toBe(true);
    page = own;
    await context.close();
  }, 60_000);

  it('cannot be confirmed while an outline crosses itself', async () => {
    await part('part-bed').locator('button[aria-pressed]').click();
    await part('corner').first().focus();
    for (let press = 0; press < 25; press++) await page.keyboard.press('Shift+ArrowRight');
    await page.getByText(sv['room.fault.crosses-itself']).waitFor();
    expect(await part('confirm-room').isDisabled()).toBe(true);
    await part('undo').click();
    await page.getByText(sv['room.fault.crosses-itself']).waitFor({ state: 'detached' });
  }, 60_000);

  it('that has changed says so on the card and on an alarm, until it has been confirmed', async () => {
    const roomChanged = [{ type: 'camera-moved', acrossPercent: 5.2, downPercent: -1 } as const];
    await home.unit.say('vitals', { ...vitals, roomChanged });
    const alarm = await home.unit.raise('fall', { code: 'found-lying', figures: { lyingForSeconds: 15 } });
    await part('room-changed').waitFor();
    await part('nav-units').click();
    await part('unit-card').getByText(sv['drift.changed']).waitFor();
    await shot('card-changed');
    expect(await seriousFaults()).toEqual([]);
    await page.goto(`${site.relay.url}/alarm/${alarm}`);
    await part('alarm-page').getByText(sv['drift.changed']).waitFor();
    await shot('alarm-changed');
    await home.unit.say('vitals', vitals);
    await part('room-changed').waitFor({ state: 'detached' });
  }, 60_000);

  it('stands in the audit log, and is said in English as well', async () => {
    await page.evaluate(() => localStorage.setItem('nattfrid.language', 'en'));
    await page.goto(`${site.relay.url}/room/unit-room`);
    await page.getByText(en['room.keys']).waitFor();
    await shot('room-english');
    await page.goto(`${site.relay.url}/audit`);
    await page.locator('td', { hasText: en['auditWhat.room-confirmed'] }).first().waitFor();
    await page.locator('td', { hasText: en['auditWhat.room-in-use'] }).first().waitFor();
  }, 60_000);
});

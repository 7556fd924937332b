/** The console in a real browser, against a real relay and units that seal real pictures: a night, from the alarm to the verdict. */
import { en } from '@nattfrid/console/words/en';
import { sv } from '@nattfrid/console/words/sv-all';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { movingPictures } from '../support/h264-stream.ts';
import { barriersInBoth } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { type Home, openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
const ffmpeg = findFfmpeg();
const missing = [chromium ? '' : 'Chromium (NATTFRID_CHROMIUM)', ffmpeg ? '' : 'ffmpeg (NATTFRID_FFMPEG)'].filter(
  Boolean,
);
if (missing.length > 0)
  console.log(`The console is not tried in a browser: there is no ${missing.join(' and no ')} here.`);

let site: Site;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

const part = (id: string, within: Page | Locator = page): Locator => within.getByTestId(id);
const picture = (state: string): Locator => page.locator(`[data-testid=picture][data-state=${state}]`);
const card = (client: string): Locator => part('alarm-card').filter({ hasText: client });
const lookCard = (client: string): Locator => part('look-card').filter({ hasText: client });
const pressed = (locator: Locator) => locator.click();

async function signIn(on: Page, person: { readonly email: string; readonly password: string }): Promise<void> {
  await part('sign-in-email', on).fill(person.email);
  await part('sign-in-password', on).fill(person.password);
  await part('sign-in-submit', on).click();
}

/** Every fourth byte of a coarse copy of what is on the canvas now. */
const pixels = (): Promise<string> =>
  picture('live').evaluate((canvas) => {
    const { width, height } = canvas as unknown as { width: number; height: number };
    const context = (
      canvas as unknown as { getContext(name: '2d'): { getImageData(...box: number[]): { data: Uint8Array } } }
    ).getContext('2d');
    return context
      .getImageData(0, 0, width, height)
      .data.filter((_, index) => index % 997 === 0)
      .join();
  });

const expectAccessible = async () => expect(await barriersInBoth(page)).toEqual([]);

async function alarmOf(home: Home, client: string): Promise<void> {
  await home.unit.raise('fall', { code: 'fell-from-standing', figures: { lyingForSeconds: 15, fellInSeconds: 0.8 } });
  await card(client).waitFor();
}

async function lookAtAlarm(home: Home, client: string): Promise<void> {
  await pressed(part('nav-watch'));
  await alarmOf(home, client);
  await pressed(part('take-alarm', card(client)));
  await pressed(part('open-look'));
}

describe.skipIf(missing.length > 0)('the console', () => {
  beforeAll(async () => {
    site = await openSite(await movingPictures(ffmpeg));
    browser = await openChromium(chromium ?? '');
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|does not understand/.test(message.text())) complaints.push(message.text());
    });
    page.setDefaultTimeout(15_000);
    await page.goto(site.relay.url);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('keeps out who has the wrong password, and says so', async () => {
    await signIn(page, { email: staff.operator.email, password: 'not the password' });
    await page.getByText(sv['sign-in.wrong']).waitFor();
    await expectAccessible();
  });

  it('A3.14 tries, before anybody signs in, whether this computer and its network can do what is needed', async () => {
    await page.getByTestId('this-computer').click();
    await page.getByTestId('try-computer').click();
    await page.getByTestId('computer-notices').waitFor();
    for (const check of ['browser', 'secure', 'sealing', 'storage', 'decoding', 'socket', 'sign-in'])
      expect([check, await page.getByTestId(`computer-${check}`).getAttribute('data-outcome')]).toEqual([
        check,
        'pass',
      ]);
    // What is printed: when, against which relay, and what it comes to.
    expect(await page.getByTestId('computer-about').textContent()).toContain(new URL(page.url()).host);
    await expectAccessible();
    await page.getByTestId('this-computer').click();
  });

  it('lets in who has the right one, to a calm night', async () => {
    await signIn(page, staff.operator);
    await part('calm').getByText(sv['watch.calm']).waitFor();
    await expectAccessible();
  });

  it('shows a new alarm at once: as a card, to those who listen, and in the title of the tab', async () => {
    const home = await site.addHome('unit-fall', 'Ek 12');
    await alarmOf(home, 'Ek 12');
    expect(await part('announcer').textContent()).toContain('Nytt larm: Fall, Ek 12');
    expect(await page.title()).toBe('(1) Larm · Just nu – Nattfrid');
    expect(await card('Ek 12').textContent()).toContain(sv['alarm.state.raised']);
    await expectAccessible();
  });

  it('tells what the unit saw, once somebody has taken the alarm', async () => {
    await pressed(part('take-alarm', card('Ek 12')));
    await part('alarm-page').getByText(sv['alarm.state.takenByMe']).waitFor();
    expect(await part('evidence').textContent()).toContain(sv['evidence.fell-from-standing']);
    expect(await part('evidence').textContent()).toContain('0,8 s');
    expect(await part('alarm-scene').textContent()).toContain(sv['scene.noRoom']);
    expect(await page.title()).toBe('Fall\u00a0· Ek 12 – Nattfrid');
    await expectAccessible();
  });

  it('draws where and how in the confirmed room, and nothing that was not measured', async () => {
    const square = (x: number) => [
      [x, 0.4],
      [x + 0.2, 0.4],
      [x + 0.2, 0.6],
      [x, 0.6],
    ];
    const { unit } = await site.addHome('unit-scene', 'Fläder 2');
    const room = { beds: [square(0.1)], exits: [square(0.7)], masks: [] };
    const confirmed = await page.request.post(`${site.relay.url}/api/units/unit-scene/room`, { data: { room } });
    expect(confirmed.status()).toBe(200);
    const raised = { code: 'fell-out-of-bed', figures: { lyingForSeconds: 15 }, place: 'beside-bed' };
    const alarm = await unit.raise('fall', raised);
    await pressed(part('nav-watch'));
    await card('Fläder 2').waitFor();
    await page.goto(`${site.relay.url}/alarm/${alarm}`);
    const scene = part('alarm-scene');
    await scene.getByText(sv['scene.besideBed']).waitFor();
    await scene.getByRole('img', { name: sv['scene.manner.out-of-bed'] }).waitFor();
    expect(await scene.getAttribute('data-part')).toBe('around');
    expect(await scene.locator('text').allTextContents()).toEqual([sv['scene.label.bed'], sv['scene.label.exit']]);
    expect(await scene.locator('img, image, canvas').count()).toBe(0);
    await expectAccessible();
    await pressed(part('take-alarm'));
    await part('action-card').getByText(sv['alarm.card.112']).waitFor();
    await pressed(part('nav-watch'));
  });

  it('shows moving pictures that only this browser can open, acknowledges them, and gets over lost ones', async () => {
    const home = await site.addHome('unit-look', 'Asp 1');
    await lookAtAlarm(home, 'Asp 1');
    await picture('live').waitFor();
    const before = await pixels();
    const drawn = async () => Number(await part('picture').getAttribute('data-pictures'));
    await expect.poll(drawn, { timeout: 10_000 }).toBeGreaterThan(12);
    expect(await pixels()).not.toBe(before);
    expect(home.unit.acks.length).toBeGreaterThan(10);
    const { wantedKeys } = home.unit;
    home.unit.lose = 3;
    await expect.poll(() => home.unit.wantedKeys, { timeout: 10_000 }).toBeGreaterThan(wantedKeys);
    const sofar = await drawn();
    await expect.poll(drawn, { timeout: 10_000 }).toBeGreaterThan(sofar + 3);
    expect(await part('picture-mode').textContent()).toContain(sv['mode.silhouette']);
    expect(await part('look-left').textContent()).toMatch(/kvar/);
    await expectAccessible();
  });

  it('marks a picture that stands still, takes it away when it is old, and goes on when new ones come', async () => {
    const { unit } = await site.addHome('unit-still', 'Al 2');
    await lookAtAlarm({ unit, key: await makeSignKey() }, 'Al 2');
    await picture('live').waitFor();
    unit.held = true;
    await picture('stale').waitFor();
    await page.getByText(sv['look.stale']).waitFor();
    await picture('gone').waitFor();
    expect(await picture('gone').getAttribute('width')).toBe('16');
    await expectAccessible();
    unit.held = false;
    await picture('live').waitFor();
    await page.locator('[data-testid=verdict-all-well]:enabled').waitFor();
    await page.keyboard.press('a');
    await part('look-done').waitFor();
  });

  it('keeps a look without a verdict on the desk, and ends it with one', async () => {
    const ended = lookCard('Asp 1');
    await pressed(part('nav-watch'));
    await ended.getByText(sv['look.state.awaiting-verdict']).waitFor();
    await pressed(part('show-look', ended));
    await page.getByText(sv['look.ended']).waitFor();
    await expectAccessible();
    await pressed(part('verdict-all-well'));
    await part('look-done').getByText(sv['look.done.well']).waitFor();
    await expectAccessible();
  });

  it('says in words why a unit refuses; help is on its way all the same', async () => {
    const home = await site.addHome('unit-refuse', 'Lind 4');
    home.unit.manner = { name: 'refuses', why: 'alarm-look-not-agreed' };
    await lookAtAlarm(home, 'Lind 4');
    expect(await part('refusal').textContent()).toContain(sv['refusal.alarm-look-not-agreed']);
    await expectAccessible();
    await pressed(part('verdict-help-needed'));
    await pressed(part('verdict-confirm'));
    await pressed(part('nav-visits'));
    const visit = part('visit-card').filter({ hasText: 'Lind 4' });
    await pressed(part('visit-go', visit));
    await pressed(part('visit-there', visit));
    await part('visit-outcome', visit).fill('Fick hjälp upp.');
    await expectAccessible();
    await pressed(part('visit-finish', visit));
    await page.locator('[data-testid=visit-card][data-state=done]').getByText('Fick hjälp upp.').waitFor();
  });

  it('says in words why there is no picture', async () => {
    const home = await site.addHome('unit-dark', 'Hassel 9');
    home.unit.manner = { name: 'has-no-picture', why: 'room-not-learnt', signs: home.key };
    await lookAtAlarm(home, 'Hassel 9');
    await page.getByText(sv['noPicture.room-not-learnt']).waitFor();
    expect(await part('verdict-all-well').isDisabled()).toBe(true);
    await pressed(part('verdict-help-needed'));
    await pressed(part('verdict-confirm'));
    await part('look-done').getByText(sv['look.done.visit']).waitFor();
  });

  it('draws nothing that another key than the unit’s has signed', async () => {
    const home = await site.addHome('unit-false', 'Rönn 5');
    home.unit.manner = { name: 'shows', signs: await makeSignKey() };
    await lookAtAlarm(home, 'Rönn 5');
    await page.getByText(sv['look.untrusted'], { exact: true }).waitFor();
    expect(await picture('untrusted').getAttribute('data-pictures')).toBe('0');
    await expectAccessible();
    await pressed(part('verdict-help-needed'));
    await pressed(part('verdict-confirm'));
  });

  it('asks nothing of the unit of an alarm whose key has changed since it was seen, says so, and help can be sent', async () => {
    const home = await site.addHome('unit-swapped', 'Alm 3');
    await lookAtAlarm(home, 'Alm 3');
    await picture('live').waitFor();
    await pressed(part('verdict-all-well'));
    await part('look-done').waitFor();
    await site.swapKey('unit-swapped');
    await page.reload();
    await lookAtAlarm(home, 'Alm 3');
    await page.getByText(sv['fault.key-changed']).waitFor();
    expect(home.unit.calls).toBe(1);
    await expectAccessible();
    await pressed(part('verdict-help-needed', part('close-alarm')));
    await pressed(part('verdict-confirm'));
    await pressed(part('nav-visits'));
    await part('visit-card').filter({ hasText: 'Alm 3' }).waitFor();
  });

  it('asks once more before an alarm that nobody has looked at is closed as all well', async () => {
    const { unit } = await site.addHome('unit-unseen', 'Sälg 6');
    const alarm = await unit.raise('fall', { code: 'found-lying', figures: { lyingForSeconds: 15 } });
    await page.goto(`${site.relay.url}/alarm/${alarm}`);
    await pressed(part('take-alarm'));
    await part('close-alarm').locator('summary').click();
    await pressed(part('verdict-all-well', part('close-alarm')));
    await part('verdict-once-more').getByText(sv['verdict.lacks.unseen']).waitFor();
    await expectAccessible();
    await part('verdict-confirm').click();
    await part('verdict-held').waitFor();
    await expectAccessible();
    await part('alarm-closed').waitFor();
  });

  it('tries again after «not seen» in a planned look, and shows when', async () => {
    await site.addHome('unit-plan', 'Björk 3', { looks: 1 });
    await pressed(part('nav-watch'));
    await pressed(part('open-due-look', lookCard('Björk 3')));
    await picture('live').waitFor();
    await page.locator('[data-testid=verdict-not-seen]:enabled').waitFor();
    await page.keyboard.press('i');
    await page.locator('[data-testid=verdict-confirm]:enabled').waitFor();
    await page.keyboard.press('Enter');
    expect(await part('retry').textContent()).toMatch(/nytt försök är planerat till \d\d:\d\d/);
    await pressed(part('nav-watch'));
    // The retry, and at some hours tomorrow night's look as well.
    await part('next-looks').getByText('Björk 3').first().waitFor();
  });

  it('has the homes in words', async () => {
    await pressed(part('nav-units'));
    // By now there are more homes than fit a screen as cards: a table, whose lines open to their card.
    await page.locator('[data-testid=home-row][data-unit=unit-plan]').getByRole('link').click();
    await page.locator('[data-unit=unit-plan]').getByText(sv['unit.camera.connected']).waitFor();
    await expectAccessible();
    await pressed(part('all-homes'));
    await part('homes-table').waitFor();
    await expectAccessible();
  });

  it('speaks English when asked to, and goes on with it', async () => {
    await pressed(part('account'));
    await part('language').getByText('English').click();
    await page.getByRole('heading', { name: en['unit.title'] }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: en['unit.title'] }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await part('sound').getByText(en['sound.off']).waitFor();
    await pressed(part('account'));
    await part('language').getByText('Svenska').click();
    await page.keyboard.press('Escape');
  });

  it('fits a phone, and does not let an alarm be missed on another page', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const { unit } = await site.addHome('unit-strip', 'Tall 8');
    await unit.raise('left-room', { code: 'left-room', figures: { outForMinutes: 20 } });
    await part('alarm-strip').getByText('Tall 8').waitFor();
    const wide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    for (const name of ['units', 'visits', 'watch']) {
      await pressed(part(`nav-${name}`));
      await part(name).waitFor();
      expect([name, await page.evaluate(wide)]).toEqual([name, false]);
    }
    await expectAccessible();
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('A1.10 goes through a round by keys: what is next, given back, opened', async () => {
    await site.addHome('unit-round', 'Rönn 4', { looks: 1 });
    await site.addHome('unit-round-2', 'Hägg 7', { looks: 1 });
    await pressed(part('nav-more'));
    await pressed(part('more-round'));
    await part('round-home').first().waitFor();
    expect(await part('round-progress').first().textContent()).toMatch(/^\d+ av \d+$/);
    await part('round-home').filter({ hasText: 'Rönn 4' }).first().waitFor();
    await expectAccessible();
    await page.keyboard.press(' ');
    const offered = part('round-offer').getByRole('heading');
    const first = await offered.textContent();
    await page.keyboard.press('s');
    await expect.poll(() => offered.textContent().catch(() => first), { timeout: 10_000 }).not.toBe(first);
    await page.keyboard.press(' ');
    await part('look-page').waitFor();
    await picture('live').first().waitFor();
    await page.locator('[data-testid=verdict-all-well]:enabled').waitFor();
    await page.keyboard.press('a');
    await pressed(part('nav-more'));
    await pressed(part('more-paper'));
    await part('paper-row').first().waitFor();
    await expectAccessible();
    await pressed(part('nav-more'));
    await pressed(part('more-shifts'));
    await page.getByText(sv['shifts.none']).waitFor();
  });

  it('keeps no picture in any store of the browser, and no key of its own that could be taken out', async () => {
    const kept = await page.evaluate(`(async () => [
      // The service worker's: the files that the console is built of, and nothing that the relay answers (privacy/kept-files).
      ...(await caches.keys()).filter((name) => !name.startsWith('nattfrid-files-')),
      // That of visits holds sealed rows, and none where nothing waits (car-offline.test.ts).
      ...(await indexedDB.databases()).map((one) => one.name).filter((name) => !/^nattfrid-(keys|visits)$/.test(name)),
      ...Object.keys(sessionStorage).filter((key) => !key.startsWith('tsr-scroll')),
      ...Object.keys(localStorage).filter((key) => !/^(nattfrid\\.language|mantine-color-scheme-value)$/.test(key)),
    ])()`);
    expect(kept).toEqual([]);
    const keys = (await page.evaluate(`(async () => {
      const done = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const database = await done(indexedDB.open('nattfrid-keys'));
      const shelf = () => database.transaction('keys').objectStore('keys');
      const names = await done(shelf().getAllKeys());
      const values = await done(shelf().getAll());
      database.close();
      return names.map((name, at) => [
        name.split(' ')[0],
        values[at].privateKey ? (values[at].privateKey.extractable ? 'can be taken out' : 'stays in') : JSON.stringify(values[at]).length < 1000,
      ]);
    })()`)) as [string, unknown][];
    for (const [name, what] of keys)
      expect([name, what]).toEqual([
        expect.stringMatching(/^(own|unit|municipality)$/),
        name === 'own' ? 'stays in' : true,
      ]);
    expect(keys.map(([name]) => name)).toContain('own');
  });

  it('has the log and the plans for coordinators only, and takes a signed plan', async () => {
    expect(await part('nav-audit').count()).toBe(0);
    await pressed(part('account'));
    await pressed(part('sign-out'));
    await signIn(page, staff.coordinator);
    await pressed(part('nav-audit'));
    await part('audit-chain').getByText(sv['audit.whole']).waitFor();
    expect(await part('audit-line').getByText(sv['auditWhat.pictures-viewed']).count()).toBeGreaterThan(0);
    expect(await part('audit-line').getByText(sv['auditWhat.pictures-denied']).count()).toBe(0);
    await expectAccessible();
    await part('audit-filter-what').selectOption('signed-in');
    await pressed(part('audit-filter-show'));
    await part('audit-line').getByText(sv['auditWhat.pictures-viewed']).first().waitFor({ state: 'detached' });
    expect(await part('audit-line').getByText(sv['auditWhat.signed-in']).count()).toBe(
      await part('audit-line').count(),
    );
    const file = await part('audit-export').getAttribute('href');
    expect(file).toBe('/api/audit.csv?what=signed-in');
    const rows = (await page.evaluate(`fetch(${JSON.stringify(file)}).then((answer) => answer.text())`)) as string;
    expect(rows.trimEnd().split('\r\n')).toHaveLength(1 + (await part('audit-line').count()));

    await pressed(part('nav-more'));
    await pressed(part('more-plan'));
    await pressed(page.getByRole('link', { name: 'Björk 3' }));
    await part('plan').getByText('Personen visas som siluett.').waitFor();
    await expectAccessible();
    const planFile = (body: object) => ({
      name: 'plan.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(body)),
    });
    await pressed(part('plan-elsewhere'));
    await part('plan-file').setInputFiles(planFile({ not: 'a plan' }));
    await part('plan-wrong').waitFor();
    await part('plan-file').setInputFiles(planFile(await site.planFor('unit-plan', 'Björk 3', 2, 3)));
    await part('plan-sent').waitFor();
    await part('plan').getByText('Version 2').first().waitFor();
  });

  it('A5.7 has teams and cars, which are made, staffed and handed over on screens', async () => {
    await pressed(part('nav-more'));
    await pressed(part('more-teams'));
    await pressed(part('add-team'));
    await pressed(part('add-team-submit'));
    await page.getByText(sv['teams.lacking']).waitFor();
    await part('add-team-name').fill('Bil 1');
    await part('add-team-kind').selectOption('car');
    await part('add-team-visits').selectOption('hours');
    await pressed(part('add-team-submit'));
    await part('team-Bil 1').waitFor();
    await part('alarm-line-to1').selectOption({ label: 'Bil 1' });
    await part('alarm-line-telephone').fill('0500-12 34 56');
    await part('alarm-line-words').fill('Ring jouren');
    await pressed(part('alarm-line-save'));
    await page.getByText(sv['line.saved']).waitFor();
    await expectAccessible();
    await pressed(part('nav-more'));
    await pressed(part('more-shifts'));
    await pressed(part('shift-join'));
    await part('team').getByText('Siv Holm').waitFor();
    await part('shift-note').fill('Björk 3 sov oroligt.');
    await expectAccessible();
    await pressed(part('shift-leave'));
    await part('handover').getByText('Björk 3 sov oroligt.').waitFor();
    await part('team').getByText(sv['shifts.nobody']).waitFor();
  });

  it('says loudly when the relay is gone, and never that all is calm', async () => {
    await pressed(part('nav-watch'));
    await site.relay[Symbol.asyncDispose]();
    await part('stale-banner').getByText(sv['link.stale']).waitFor();
    expect(await page.locator('main').getAttribute('data-fresh')).toBe('stale');
    expect(await page.getByText(sv['watch.calm'], { exact: true }).count()).toBe(0);
  });

  it('has been at peace with its own security policy all night', () => expect(complaints).toEqual([]));
});

/** A car without a network, on a phone in a real browser: what is pressed is kept through a reload, sent once and in order, and told if refused. */
import { randomUUID } from 'node:crypto';
import { sv } from '@nattfrid/console/words/sv-all';
import { Desk } from '@nattfrid/shared/desk/live-event';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { gunborg } from '../support/care-samples.ts';
import { openDisk } from '../support/disk.ts';
import { type Person, signIn } from '../support/person.ts';
import { barriersInBoth } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
if (!chromium) console.log('SKIPPED: no car drives without a network: there is no Chromium (NATTFRID_CHROMIUM) here.');

const patrol = { email: 'eva@example.se', name: 'Eva Ros', role: 'night-patrol' } as const;
const word = 'natt-och-frid-4';
const shots = process.env['NATTFRID_SHOTS'];

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let desk: Person;
const part = (id: string): Locator => page.getByTestId(id);
const shoot = async (name: string) => {
  if (!shots) return;
  for (const theme of ['dark', 'light']) {
    await page.evaluate(`document.documentElement.dataset.mantineColorScheme = '${theme}'`);
    await page.screenshot({ path: `${shots}/${name}-${theme}.png`, fullPage: true });
  }
  await page.evaluate(`document.documentElement.dataset.mantineColorScheme = 'dark'`);
};

/** Somebody has fallen there, and help is needed: it is given to the car. @returns the visit */
async function visitTo(client: string): Promise<string> {
  const { unit } = await site.addHome(`unit-${client.slice(-1)}`, client);
  const alarm = await unit.raise('fall', { code: 'found-lying', figures: { lyingForSeconds: 15 } });
  await expect.poll(async () => (await deskNow()).alarms.some((one) => one.alarm === alarm)).toBe(true);
  await desk.call('takeAlarm', { alarm });
  await desk.call('closeAlarm', { alarm }, { verdict: 'help-needed' });
  return (await deskNow()).visits.find((one) => one.client === client)!.visit;
}
/** A request that was on its way comes through still: what is pressed from now on does not. */
async function cutOff(): Promise<void> {
  await context.setOffline(true);
  const asking = "fetch('/api/me').then(() => 'up', () => 'down')";
  for (let down = 0; down < 2; ) down = (await page.evaluate(asking)) === 'down' ? down + 1 : 0;
}
const deskNow = async () => Desk.parse(await desk.desk());
const visitOf = async (visit: string) => (await deskNow()).visits.find((one) => one.visit === visit)!;
/** How often the log says that this visit was moved. */
function moves(visit: string): readonly string[] {
  using database = openDisk(site.database, { timeout: 5000 });
  const rows = database.prepare("select details from audit where what = 'visit-moved' and subject = ?").all(visit);
  return rows.map(({ details }) => (JSON.parse(String(details)) as { to: string }).to);
}
/** What lies in the browser's own store of visits, as it lies there. */
const kept = (): Promise<readonly string[]> =>
  page.evaluate(`(async () => {
    const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
    if (!(await indexedDB.databases()).some(({ name }) => name === 'nattfrid-visits')) return [];
    const database = await done(indexedDB.open('nattfrid-visits'));
    const shelf = database.transaction('kept').objectStore('kept');
    const [names, rows] = await Promise.all([done(shelf.getAllKeys()), done(shelf.getAll())]);
    database.close();
    return rows.map((row, index) => names[index] + ' ' + row.key.extractable + ' ' + new TextDecoder('latin1').decode(row.sealed));
  })()`);

describe.skipIf(!chromium)('a car without a network', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    site = await openSite([]);
    await site.relay.addOperator(patrol, word);
    const coordinator = await signIn(site.relay, staff.coordinator.email, staff.coordinator.password);
    const { team } = await coordinator.call(
      'addTeam',
      {},
      {
        name: 'Bil 1',
        kind: 'car',
        crew: 'single',
        looks: 'never',
        visits: 'always',
      },
    );
    await coordinator.call('addClient', {}, { alias: 'Al 5', personal: gunborg });
    await coordinator.call(
      'addTeam',
      {},
      {
        name: 'Centralen',
        kind: 'desk',
        crew: 'single',
        telephone: '0500-123 456',
        looks: 'always',
        visits: 'never',
      },
    );
    desk = await signIn(site.relay, staff.operator.email, staff.operator.password);
    browser = await openChromium(chromium ?? '');
    context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(site.relay.url);
    await part('sign-in-email').fill(patrol.email);
    await part('sign-in-password').fill(word);
    await part('sign-in-submit').click();
    await part('watch').waitFor();
    const eva = await signIn(site.relay, patrol.email, word);
    await eva.call('joinShift', { team });
    await page.evaluate('navigator.serviceWorker.ready');
    await page.goto(`${site.relay.url}/car`);
    await part('car').waitFor();
    await page.waitForFunction('navigator.serviceWorker.controller !== null');
  }, 200_000);
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('A1.5 keeps what is pressed through a reload, and sends it once, in order, with the times of the presses', async () => {
    const visit = await visitTo('Al 5');
    const then = await visitTo('Björk 6');
    await part('car-visit').getByText('Al 5').waitFor();
    await page.getByText('Björk 6').waitFor();
    await part('read-where').click();
    await part('where').getByText(gunborg.name).waitFor();
    const way = decodeURIComponent((await part('navigate').getAttribute('href')) ?? '');
    expect(way).toMatch(/^(geo:0,0\?q=|maps:\?daddr=)/);
    expect(way.endsWith(gunborg.address)).toBe(true);
    await shoot('car');
    await cutOff();
    await part('car-go').click();
    await part('car-there').click();
    await part('not-sent').getByText(sv['visit.state.there']).waitFor();
    await shoot('car-not-sent');
    // Locked, thrown out of memory, and opened anew where there is nothing to be heard.
    await page.goto(`${site.relay.url}/car`);
    await part('offline-car').waitFor();
    expect(await part('car-visit').getAttribute('data-state')).toBe('there');
    expect(await part('not-sent').locator('li').count()).toBe(2);
    // How one gets in is kept, and nobody's name.
    await part('where').getByText(gunborg.address).waitFor();
    await part('where').getByText(gunborg.keyInformation).waitFor();
    expect(await page.content()).not.toMatch(/Gunborg|Sven-Åke|070-555/);
    expect(await barriersInBoth(page)).toEqual([]);
    await shoot('car-offline');
    await part('car.outcome.helped').click();
    await part('car-visit').getByText('Björk 6').waitFor();
    const pressed = Date.now();
    // A request that began as the page was left may have come through, its answer lost: it is the same deed when it is sent again.
    expect((await visitOf(visit)).state).not.toBe('done');
    for (const row of await kept()) {
      expect(row).toMatch(/^(list|[0-9a-f-]{36}) false /);
      expect(row).not.toMatch(/Al 5|Björk|Eva|Tallstigen|Gunborg/);
    }

    await context.setOffline(false);
    await expect.poll(async () => (await visitOf(visit)).state, { timeout: 30_000 }).toBe('done');
    const { onTheWayAt = '', thereAt = '', doneAt = '', outcome, who } = await visitOf(visit);
    expect([outcome, who]).toEqual([sv['car.outcome.helped'], patrol.name]);
    expect(Date.parse(onTheWayAt)).toBeLessThanOrEqual(Date.parse(thereAt));
    expect(Date.parse(thereAt)).toBeLessThan(Date.parse(doneAt));
    expect(Date.parse(doneAt)).toBeLessThanOrEqual(pressed + 1000);
    expect(moves(visit)).toEqual(['on-the-way', 'there', 'done']);
    await part('car').waitFor();
    await part('not-sent').waitFor({ state: 'detached' });
    await part('car-visit').getByText('Björk 6').waitFor();
    expect((await visitOf(then)).state).toBe('needed');
  });

  it('says what was refused, what it means and what to do, and goes on', async () => {
    const visit = (await deskNow()).visits.find(({ client }) => client === 'Björk 6')!.visit;
    await part('car-visit').getByText('Björk 6').waitFor();
    await cutOff();
    await part('car-go').click();
    await desk.call('moveVisit', { visit }, { to: 'done', outcome: 'Löst per telefon', deed: randomUUID() });
    await context.setOffline(false);
    await part('deed-refused').getByText(sv['deedRefused.not-now']).waitFor();
    await shoot('car-refused');
    expect(await barriersInBoth(page)).toEqual([]);
    await part('deed-read').click();
    await part('deed-refused').waitFor({ state: 'detached' });
    expect(await visitOf(visit)).toMatchObject({ state: 'done', outcome: 'Löst per telefon' });
  });

  it('forgets the list with whoever signs out', async () => {
    await expect.poll(async () => (await kept()).filter((row) => row.startsWith('list')).length).toBe(1);
    await part('account').click();
    await part('sign-out').click();
    await part('sign-in-email').waitFor();
    await expect.poll(kept).toEqual([]);
    await context.setOffline(true);
    await page.goto(`${site.relay.url}/car`);
    await page.getByText(sv['app.loading']).waitFor();
    expect(await part('offline-car').count()).toBe(0);
  });
});

/** People and units looked after in a real browser: who is signed in where, adding, new passwords and tokens, an exchanged unit, removals. */
import { mkdirSync } from 'node:fs';
import { sv } from '@nattfrid/console/words/sv-all';
import { UnitId } from '@nattfrid/shared/domain/ids';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { openAlarmCentre } from '@nattfrid/stand-ins/alarm-centre/alarm-centre';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { connectUnit } from '../support/speaking-unit.ts';
import { barriers } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
if (!chromium)
  console.log('The page of people is not tried in a browser: there is no Chromium (NATTFRID_CHROMIUM) here.');
/** For whoever wants to look at the pages. */
const shots = process.env['NATTFRID_SCREENSHOTS'];

let site: Site;
let browser: Browser;
let page: Page;
let phone: Page;

async function signIn(on: Page, { email, password }: { readonly email: string; readonly password: string }) {
  await on.goto(site.relay.url);
  await on.getByTestId('sign-in-email').fill(email);
  await on.getByTestId('sign-in-password').fill(password);
  await on.getByTestId('sign-in-submit').click();
  await on.getByTestId('account').waitFor();
}
async function shoot(name: string): Promise<void> {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  for (const width of [1400, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1400, height: 900 });
}
const noBarrier = async () => expect(await barriers(page)).toEqual([]);
const personOf = (email: string) => page.locator(`[data-testid=person][data-email="${email}"]`);

describe.skipIf(!chromium)('the page of people', () => {
  beforeAll(async () => {
    site = await openSite([]);
    browser = await openChromium(chromium ?? '');
    page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    phone = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
    for (const one of [page, phone]) one.setDefaultTimeout(15_000);
    await signIn(phone, staff.operator);
    await signIn(page, staff.coordinator);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('says who is signed in where, to a coordinator alone', async () => {
    expect(await phone.getByTestId('nav-people').count()).toBe(0);
    await page.getByTestId('nav-people').click();
    const anna = personOf(staff.operator.email);
    await anna.getByTestId('session').waitFor();
    expect(await anna.textContent()).toContain('Chrome');
    await shoot('people');
    await noBarrier();
  });

  it('signs a lost phone out: it stands at the sign-in page', async () => {
    await personOf(staff.operator.email).getByTestId('end-session').click();
    await phone.getByTestId('sign-in-email').waitFor();
    await personOf(staff.operator.email).getByText(sv['people.none']).waitFor();
  });

  it('takes nobody away with one press', async () => {
    const bo = personOf(staff.colleague.email);
    await bo.getByTestId('person-more').click();
    await bo.getByTestId('remove-person').click();
    await bo.getByText(sv['people.remove.sure'].replace('{{name}}', staff.colleague.name)).waitFor();
    await shoot('people-sure');
    expect(await bo.count()).toBe(1);
    await bo.getByTestId('remove-person').click();
    await bo.waitFor({ state: 'detached' });
  });

  it('has a unit’s new token shown once, and the unit taken out, beside its card', async () => {
    await site.addHome('unit-gone', 'Ek 12');
    await page.getByTestId('nav-units').click();
    await page.getByTestId('unit-more').click();
    for (let press = 0; press < 2; press++) await page.getByTestId('new-token').click();
    expect(await page.getByTestId('token').textContent()).toMatch(/^[\w-]{43}$/);
    await shoot('unit-acts');
    for (let press = 0; press < 2; press++) await page.getByTestId('remove-unit').click();
    await page.getByTestId('unit-card').waitFor({ state: 'detached' });
  });

  it('lets a new person in, who signs in with the password that was shown once', async () => {
    await page.getByTestId('nav-people').click();
    await page.getByTestId('add-person').click();
    await page.getByTestId('add-person-submit').click();
    await page.getByText(sv['people.add.lacking']).waitFor();
    await page.getByTestId('add-person-name').fill('Nora Ny');
    await page.getByTestId('add-person-email').fill('nora@example.se');
    await page.getByTestId('add-person-submit').click();
    const password = (await page.getByTestId('add-person-password').textContent()) ?? '';
    await shoot('person-added');
    await noBarrier();
    await personOf('nora@example.se').waitFor();
    await signIn(phone, { email: 'nora@example.se', password });

    await page.getByTestId('add-person-name').fill('Nora Igen');
    await page.getByTestId('add-person-email').fill('nora@example.se');
    await page.getByTestId('add-person-submit').click();
    await page.getByText(sv['fault.already-there']).waitFor();
    expect(await page.getByTestId('add-person-password').count()).toBe(0);
  });

  it('gives somebody a new password: signed out at once, the old one opens nothing, the new one does', async () => {
    const nora = personOf('nora@example.se');
    await nora.getByTestId('person-more').click();
    for (let press = 0; press < 2; press++) await nora.getByTestId('new-password').click();
    const password = (await nora.getByTestId('password').textContent()) ?? '';
    await shoot('person-password');
    await noBarrier();
    await phone.getByTestId('sign-in-email').waitFor();
    await signIn(phone, { email: 'nora@example.se', password });
  });

  it('lets a new unit in, and it is on the desk', async () => {
    await page.getByTestId('nav-units').click();
    await page.getByTestId('add-unit').click();
    const { publicKey } = await makeSignKey();
    await page.getByTestId('add-unit-unit').fill('Enhet 7');
    await page.getByTestId('add-unit-client').fill('Björken 3');
    await page.getByTestId('add-unit-publicKey').fill(`  ${toBase64Url(publicKey)} `);
    await page.getByTestId('add-unit-submit').click();
    await page.getByText(sv['unit.add.lacking']).waitFor();
    await shoot('unit-add-lacking');
    await page.getByTestId('add-unit-unit').fill('enhet-7');
    await page.getByTestId('add-unit-submit').click();
    const token = (await page.getByTestId('add-unit-token').textContent()) ?? '';
    await page.locator('[data-testid=unit-card][data-unit=enhet-7]').waitFor();
    await shoot('unit-added');
    await noBarrier();
    await using unit = await connectUnit(site.relay, { unit: UnitId.parse('enhet-7'), token });
    await unit.say('announce', { state: 'here', agent: '0.1.0', models: [] });
    await page.locator('[data-testid=unit-card][data-presence=here]').waitFor();
  });

  it('exchanges a unit under its name and home: the old one is cut, the new one comes in with the new token', async () => {
    await site.addHome('enhet-8', 'Eken 4', { looks: 1 }, 'Sovrum');
    const card = page.locator('[data-testid=unit-card][data-unit=enhet-8]');
    const is = (presence: string) =>
      page.locator(`[data-testid=unit-card][data-unit=enhet-8][data-presence=${presence}]`).waitFor();
    await is('here');
    await card.getByTestId('unit-more').click();
    await card.getByTestId('token-made').waitFor();
    await card.getByTestId('replace-unit-key').fill('for kort');
    expect(await card.getByTestId('replace-unit').isDisabled()).toBe(true);
    await card.getByTestId('replace-unit-key').fill(toBase64Url((await makeSignKey()).publicKey));
    await shoot('unit-replace');
    for (let press = 0; press < 2; press++) await card.getByTestId('replace-unit').click();
    const token = (await card.getByTestId('token').textContent()) ?? '';
    await is('expected');
    await shoot('unit-replaced');
    await noBarrier();
    expect(await card.textContent()).toContain('Eken 4');
    expect(await card.textContent()).toContain('Sovrum');
    await using unit = await connectUnit(site.relay, { unit: UnitId.parse('enhet-8'), token });
    await unit.say('announce', { state: 'here', agent: '0.1.0', models: [] });
    await is('here');
  });

  it('has written each of these in the log, with who did it', async () => {
    await page.getByTestId('nav-audit').click();
    for (const what of ['operator-added', 'password-set', 'unit-added', 'unit-replaced'] as const)
      await page
        .locator('tr', { hasText: staff.coordinator.name })
        .getByText(sv[`auditWhat.${what}`])
        .first()
        .waitFor();
  });

  it('A6.5 lets an administrator set up an alarm receiver, says beside the field what is wrong, and tests it', async () => {
    await using centre = await openAlarmCentre({ transport: 'tcp' });
    const admin = { email: 'adam@example.se', name: 'Adam Berg', role: 'administrator' } as const;
    const word = 'natt-och-frid-4';
    await site.relay.addOperator(admin, word);
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const people = page;
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    try {
      await signIn(page, { ...admin, password: word });
      await page.getByTestId('nav-more').click();
      await page.getByTestId('more-receivers').click();
      await page.getByTestId('add-receiver').click();
      await page.getByTestId('add-receiver-name').fill('Larmcentralen i Åmål');
      await page.getByTestId('add-receiver-primary').fill('http://fel');
      await page.getByTestId('add-receiver-controller').fill('26317');
      await page.getByTestId('add-receiver-transport').selectOption('tcp');
      await page.getByTestId('add-receiver-submit').click();
      await page.getByText(sv['receivers.wrong']).waitFor();
      await shoot('receiver-wrong');
      await noBarrier();
      await page.getByTestId('add-receiver-primary').fill(centre.address);
      await page.getByTestId('add-receiver-submit').click();
      await page.getByTestId('test-receiver').click();
      await page.getByText(sv['receivers.test.taken.primary']).waitFor();
      expect(centre.taken.map(({ fields: { mty, stc } }) => `${mty} ${stc}`)).toContain('IN 0102');
      await centre.die();
      await page.getByTestId('test-receiver').click();
      await page.getByText(sv['receivers.test.no-answer'].split('{{')[0]!).waitFor();
      await page.getByTestId('change-receiver').click();
      await shoot('receivers');
      await page.emulateMedia({ colorScheme: 'light' });
      await noBarrier();
      await page.getByTestId('remove-receiver').click();
      await page.getByTestId('remove-receiver').click();
      await page.getByText(sv['receivers.none']).waitFor();
    } finally {
      page = people;
      await context.close();
    }
  });

  it('A6.1 installs: a service worker of its own, and a push that is shown by kind, and leads to the alarm at a press', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 800 }, permissions: ['notifications'] });
    const own = await context.newPage();
    own.setDefaultTimeout(15_000);
    // Added here: colleagues have been taken away above.
    await site.relay.addOperator({ email: 'push@example.se', name: 'Pia Push', role: 'operator' }, 'natt-och-frid-9');
    await signIn(own, { email: 'push@example.se', password: 'natt-och-frid-9' });
    const manifest = await (await own.request.get(`${site.relay.url}/manifest.webmanifest`)).json();
    for (const { src, type } of manifest.icons)
      expect((await own.request.get(`${site.relay.url}${src}`)).headers()['content-type']).toBe(type);
    const scope = await own.evaluate('navigator.serviceWorker.ready.then((ready) => ready.scope)');
    expect(scope).toBe(`${site.relay.url}/`);
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));

    const { unit } = await site.addHome('unit-push', 'Alen 9');
    const alarm = await unit.raise('fall', { code: 'lying-on-floor', figures: { lyingForSeconds: 15 } });
    const cdp = await context.newCDPSession(own);
    let registrationId = '';
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      registrationId = registrations[0]?.registrationId ?? registrationId;
    });
    await cdp.send('ServiceWorker.enable');
    await expect.poll(() => registrationId).not.toBe('');
    const data = JSON.stringify({ type: 'alarm', language: 'sv', kind: 'fall', alarm });
    await cdp.send('ServiceWorker.deliverPushMessage', { origin: site.relay.url, registrationId, data });
    const shown = () =>
      own.evaluate(`navigator.serviceWorker.ready
        .then((ready) => ready.getNotifications())
        .then((all) => all.map(({ title, body, tag }) => ({ title, body, tag })))`);
    await expect.poll(shown).toEqual([{ title: 'Larm: fall.', body: 'Öppna Nattfrid.', tag: alarm }]);
    // As far as Chromium lets without a desktop: the event of the press, on the notification that is shown.
    await worker.evaluate(`(async () => {
      const [notification] = await self.registration.getNotifications();
      self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
    })()`);
    await own.getByTestId('alarm-page').waitFor();
    expect(own.url()).toBe(`${site.relay.url}/alarm/${alarm}`);
    expect(await shown()).toEqual([]);

    await own.getByTestId('account').click();
    await own.getByTestId('ring-device').waitFor();
    if (shots) await own.screenshot({ path: `${shots}/ring-device-390.png` });
    // Without Google's push service nothing can be subscribed here: it is said, and nothing stands as turned on.
    await own.getByTestId('turn-on-push').click();
    await own.getByTestId('push-fault').waitFor();
    expect(await own.getByTestId('push-device').count()).toBe(0);
    await context.close();
  });

  it('A6.4 has a page for other systems: a webhook and a key, each shown once, tried and revoked', async () => {
    await site.relay.addOperator(
      { email: 'ada@example.se', name: 'Ada Min', role: 'administrator' },
      'natt-och-frid-8',
    );
    const coordinators = page;
    page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    page.setDefaultTimeout(15_000);
    await signIn(page, { email: 'ada@example.se', password: 'natt-och-frid-8' });
    await page.getByTestId('nav-more').click();
    await page.getByTestId('more-connections').click();
    await page.getByTestId('add-webhook').click();
    await page.getByTestId('add-webhook-submit').click();
    await page.getByText(sv['webhook.add.lacking']).waitFor();
    await page.getByTestId('add-webhook-name').fill('Trygghetslarm');
    await page.getByTestId('add-webhook-url').fill('https://10.0.0.7/hook');
    await page.getByTestId('add-webhook-submit').click();
    await page.getByTestId('add-webhook-fault').waitFor();
    await page.getByTestId('add-webhook-url').fill('https://webhook.invalid/hook');
    await page.getByTestId('add-webhook-submit').click();
    expect(await page.getByTestId('webhook-secret').textContent()).toMatch(/^whsec_.{44}$/);
    await page.getByTestId('try-webhook').click();
    await page.getByTestId('answers').waitFor();
    await page.getByTestId('add-key').click();
    await page.getByTestId('add-key-name').fill('Treserva');
    await page.getByTestId('scope-read:looks').check();
    await page.getByTestId('add-key-submit').click();
    const secret = (await page.getByTestId('key-secret').textContent()) ?? '';
    const asked = () => fetch(`${site.relay.url}/api/looks`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await asked()).status).toBe(200);
    await shoot('connections');
    await noBarrier();
    for (let press = 0; press < 2; press++) await page.getByTestId('revoke-key').click();
    await page.locator('[data-testid=api-key][data-state=revoked]').waitFor();
    expect((await asked()).status).toBe(401);
    await page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', 'light')`);
    await shoot('connections-light');
    await noBarrier();
    page = coordinators;
  });

  it('A5.6 an administrator, who sees no desk, finds what there is to do, and makes and ends an agreement', async () => {
    const ada = { email: 'ada.ros@example.se', name: 'Ada Ros', role: 'administrator' } as const;
    const word = staff.coordinator.password;
    await site.relay.addOperator(ada, word);
    await site.relay.addOrganisation({ organisation: 'larm', name: 'Larmcentralen', kind: 'operator' });
    const own = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    own.setDefaultTimeout(15_000);
    const before = page;
    page = own;
    await signIn(page, { email: ada.email, password: word });
    await page.getByTestId('start').waitFor();
    await shoot('start');
    await noBarrier();
    await page.getByTestId('start-organisation').click();
    await page.getByTestId('organisation').waitFor();
    await page.getByTestId('add-agreement').click();
    await page.getByLabel(sv['agreement.operator'], { exact: true }).selectOption('larm');
    await page.getByTestId('what-alarms').check();
    await page.getByLabel(sv['agreement.hoursFrom']).fill('22:00');
    await page.getByLabel(sv['agreement.hoursTo']).fill('06:00');
    await shoot('agreement-form');
    await noBarrier();
    await page.getByText(sv['agreement.add.submit']).click();
    const made = page.getByTestId('agreement');
    await made.waitFor();
    expect(await made.textContent()).toContain('Larmcentralen');
    expect(await made.textContent()).toContain('22:00');
    await shoot('agreement');
    await made.getByTestId('end-agreement').click();
    await made.getByTestId('end-agreement').click();
    await page.locator('[data-testid=agreement][data-over=true]').waitFor();
    await page.getByTestId('nav-people').click();
    // By now there are more people than are seen at once: a table, which is sorted and searched, and whose lines unfold.
    await page.getByTestId('sort-address').click();
    await page.getByTestId('sort-address').click();
    await page.locator('th[aria-sort=descending]').waitFor();
    expect(new URL(page.url()).searchParams.get('people-sort')).toBe('address');
    const addresses = await page.getByTestId('person-line').locator('td:nth-child(3)').allTextContents();
    expect(addresses).toEqual(addresses.toSorted().toReversed());
    await page.getByTestId('find-people').fill(staff.coordinator.name);
    await noBarrier();
    await page.getByTestId('person-line').getByTestId('unfold').click();
    const siv = personOf(staff.coordinator.email);
    await siv.getByTestId('person-more').click();
    await siv.getByTestId('role').selectOption('auditor');
    await siv.getByTestId('set-role').click();
    await siv.getByTestId('set-role').click();
    await siv.getByText(sv['role.auditor'], { exact: false }).first().waitFor();
    page = before;
    // Signed out: what was open was opened in the other role.
    await page.getByTestId('sign-in-email').waitFor();
  });
});

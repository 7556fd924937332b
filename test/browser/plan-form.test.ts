/** From an empty client to a plan in force, in a real browser: entered by keyboard at a human pace, signed there, taken by a unit; and each consent taken away. */
import { mkdirSync } from 'node:fs';
import { sv } from '@nattfrid/console/words/sv-all';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { barriers } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { type Home, openSite, type Site, staff } from './site.ts';

const chromium = findChromium(process.env);
if (!chromium) console.log('SKIPPED: the form of a client is not tried in a browser: there is no Chromium here.');
/** For whoever wants to look at the pages. */
const shots = process.env['NATTFRID_SCREENSHOTS'];

/** What a person takes for a key of a text, for a move to the next field or a tick, and to reach for the mouse. In ms. */
const pace = { key: 250, move: 400, reach: 1500 };
const typedWithin = 180_000;

let site: Site;
let browser: Browser;
let page: Page;
let home: Home;
const part = (name: string) => page.getByTestId(name);

async function signIn({ email, password }: { readonly email: string; readonly password: string }) {
  await page.goto(site.relay.url);
  await part('sign-in-email').fill(email);
  await part('sign-in-password').fill(password);
  await part('sign-in-submit').click();
  await part('account').waitFor();
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
/** Each screen in one theme, each theme on several: colours are a barrier too. */
async function noBarrier(name: string, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', '${theme}')`);
  await shoot(`${name}-${theme}`);
  expect([name, await barriers(page)]).toEqual([name, []]);
}

/** Types as somebody at a keyboard: every key is counted, and what it would take is added up instead of waited for. */
function hand() {
  const count = { keys: 0, moves: 0, points: 0 };
  const press = async (key: string) => {
    count.moves += 1;
    await page.keyboard.press(key);
  };
  return {
    count,
    press,
    async type(text: string) {
      count.keys += text.length;
      await page.keyboard.type(text);
    },
    /** On to a field by Tab, as often as it takes. */
    async to(name: string) {
      for (let tabs = 0; tabs < 40; tabs++) {
        const focused = await page.evaluate("document.activeElement?.getAttribute('data-testid')");
        if (focused === name) return;
        await press('Tab');
      }
      throw new Error(`No Tab leads to ${name}.`);
    },
    milliseconds: () => count.keys * pace.key + count.moves * pace.move + count.points * pace.reach,
  };
}

describe.skipIf(!chromium)('a client, from nothing to a plan in force', { timeout: 150_000 }, () => {
  beforeAll(async () => {
    site = await openSite([]);
    home = await site.addHome('enhet-7', 'Eken 4', undefined, 'Sovrum');
    browser = await openChromium(chromium ?? '');
    page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    page.setDefaultTimeout(40_000);
    await signIn(staff.coordinator);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('the municipality’s key is made on a screen, and its sheet is asked for before it is kept', async () => {
    await page.goto(`${site.relay.url}/keys`);
    await part('make-key').click();
    const words = await part('sheet-words').locator('li').allTextContents();
    expect(words).toHaveLength(24);
    expect(await part('keep-key').isDisabled()).toBe(true);
    await noBarrier('sheet', 'light');
    for (const number of [5, 22]) await part(`sheet-word-${number}`).fill(words[number - 1] ?? '');
    await part('keep-key').click();
    await page.locator('[data-testid=key-now][data-able=municipality]').waitFor();
    home.unit.planKey = (await part('public-key').textContent()) ?? '';
    await noBarrier('keys', 'dark');
    const held = await page.evaluate(`new Promise((resolve) => {
      const open = indexedDB.open('nattfrid-keys', 1);
      open.onsuccess = () => {
        const asked = open.result.transaction('keys').objectStore('keys').get('municipality-key');
        asked.onsuccess = () => resolve(asked.result.privateKey.extractable);
      };
    })`);
    expect(held).toBe(false);
  });

  it('A3.11 A5.11 Lidköping’s form is entered by keyboard in under three minutes', async () => {
    await page.goto(`${site.relay.url}/clients`);
    await part('new-client').click();
    await part('client-page').waitFor();
    await noBarrier('empty', 'light');
    const { type, press, to, count, milliseconds } = hand();
    const into = async (name: string, text: string) => {
      await to(name);
      await type(text);
    };
    const tick = async (name: string) => {
      await to(name);
      await press('Space');
    };
    await into('person-name', 'Greta Ek');
    await into('person-personalNumber', '193504122387');
    await into('person-address', 'Ågatan 4, 531 30 Lidköping');
    await into('person-telephone', '0510-123456');
    await into('decision-reference', 'SN 2026-311');
    await into('decision-by', 'Eva Ros, biståndsenheten');
    await tick('plan-fall');
    await tick('plan-leftRoom');
    await into('plan-leftMinutes', '20');
    await into('plan-leftFrom', '22');
    await into('plan-leftTo', '6');
    await tick('plan-notInBed');
    await into('plan-notInBedBy', '2330');
    await into('plan-times', '2345, 3');
    await into('plan-comment', 'Sover gärna i fåtöljen');
    await tick('consent-technology');
    await tick('consent-supervision');
    await tick('consent-livesAlone');
    await into('consent-folderVersion', '3');
    await into('card-fallback', 'Nattpatrullen');
    await into('card-telephone', '0510-770000');
    await into('plan-physicalTimes', '2345, 3');
    await to('client-home');
    await type('E');
    await page.waitForFunction("document.querySelector('[data-testid=plan-state]').dataset.state === 'complete'");
    await noBarrier('filled', 'dark');
    await to('sign');
    await press('Enter');
    await part('sign-words').waitFor();
    await noBarrier('signing', 'light');
    await to('sign-now');
    await press('Enter');
    await page.locator('[data-testid=plan-state][data-state=in-force]').waitFor();
    const taken = milliseconds();
    console.log(
      `Lidköping's form: ${count.keys} keys of text, ${count.moves} moves and ticks, ${count.points} reaches for the mouse: ${Math.round(taken / 1000)} s at ${pace.key} ms a key and ${pace.move} ms a move`,
    );
    expect(taken).toBeLessThan(typedWithin);
    expect(home.unit.plans.at(-1)).toMatchObject({
      client: 'Eken 4',
      windows: [{ from: '23:45' }, { from: '03:00' }],
      alarms: { leftRoom: { afterMinutes: 20, hours: { from: '22:00', to: '06:00' } }, notInBed: { by: '23:30' } },
      consents: { cohabitants: 'lives-alone' },
    });
    await noBarrier('in-force', 'dark');
  });

  it('A5.2 A7.10 the plan is printed for the client, with whom to call and how to stop', async () => {
    await page.getByRole('link', { name: sv['client.print'] }).click();
    await part('paper').getByText('Ring Nattpatrullen: 0510-770000').waitFor();
    await part('paper').getByText(sv['sheet.stop.words']).waitFor();
    await noBarrier('paper', 'light');
    await page.goBack();
  });

  it('A2.6 A6.3 each step of the card names who is told; a team that is taken away is told beside it and on the page of teams', async () => {
    const sign = async () => {
      await part('sign').click();
      await part('sign-now').click();
      await page.locator('[data-testid=plan-state][data-state=in-force]').waitFor();
    };
    const add = async (name: string, kind: 'desk' | 'car') => {
      const team = { name, kind, crew: 'single', looks: 'always', visits: 'always' };
      const answer = await page.request.post(`${site.relay.url}/api/teams`, { data: team });
      return ((await answer.json()) as { readonly team: string }).team;
    };
    const [patrol, operators] = [await add('Nattpatrull Norr', 'car'), await add('Operatörer', 'desk')];
    await page.reload();
    await part('card-to-1').selectOption(patrol);
    await part('card-within-1').fill('90');
    await part('card-chain').getByText(sv['client.chain.minutes']).waitFor();
    await part('card-within-1').fill('2');
    await part('card-add-step').click();
    // The next team is proposed.
    expect(await part('card-to-2').inputValue()).toBe(operators);
    await noBarrier('chain', 'light');
    await sign();
    await page.goto(`${site.relay.url}/teams`);
    await part('teams').getByText('Nattpatrull Norr').first().waitFor();
    await page.request.post(`${site.relay.url}/api/teams/${patrol}/remove`, { data: {} });
    await part('lost-teams').getByText('Eken 4').waitFor();
    await noBarrier('lost-team', 'dark');
    await page.goBack();
    await part('part-cards').getByText(sv['client.lacks.no-such-team']).first().waitFor();
    await noBarrier('chain-lost', 'dark');
    await part('card-remove-1').click();
    await sign();
  });

  for (const what of ['technology', 'supervision', 'lives-alone'] as const)
    it(`A7.1 A7.2 stops when ${what} is taken back, and is in force again with a new consent and signature`, async () => {
      if (!(await part('stop').isVisible())) await part('halt-open').click();
      const consent = what === 'lives-alone' ? 'all' : what;
      await part(`halt-what-${consent}`).check();
      for (let press = 0; press < 2; press++) await part('stop').click();
      await part('halt-told').waitFor();
      await part('halt-now').getByText('Stoppad').waitFor();
      expect(await part('plan-state').getAttribute('data-state')).not.toBe('in-force');
      if (what === 'technology') await noBarrier('stopped', 'light');
      const missing = what === 'lives-alone' ? ['technology', 'supervision', 'livesAlone'] : [what];
      for (const one of missing) await part(`consent-${one}`).check();
      await part('consent-folderVersion').fill('3');
      await part('sign').click();
      await part('sign-now').click();
      await page.locator('[data-testid=plan-state][data-state=in-force]').waitFor();
    });

  it('A7.1 a colleague’s browser signs nothing until the municipality’s key has signed for it, and then does', async () => {
    const lena = {
      email: 'lena@example.se',
      name: 'Lena Berg',
      role: 'coordinator',
      password: 'natt-och-frid-9',
    } as const;
    await site.relay.addOperator({ email: lena.email, name: lena.name, role: lena.role }, lena.password);
    const address = page.url();
    const own = page;
    page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    page.setDefaultTimeout(40_000);
    await signIn(lena);
    await page.goto(address);
    await part('cannot-sign').waitFor();
    expect(await part('sign').isDisabled()).toBe(true);
    const theirs = page;
    page = own;
    await page.goto(`${site.relay.url}/keys`);
    const holder = part('key-holder').filter({ hasText: lena.name });
    for (let press = 0; press < 2; press++) await holder.getByTestId('give-signer').click();
    await holder.getByTestId('has-signer').waitFor();
    page = theirs;
    await page.reload();
    await part('plan-comment').fill('Sover i fåtöljen på söndagar');
    await part('plan-times').fill('03:00');
    await part('sign').click();
    await part('sign-now').click();
    await page.locator('[data-testid=plan-state][data-state=in-force]').waitFor();
    expect(home.unit.plans.at(-1)?.windows).toMatchObject([{ from: '03:00' }]);
    page = own;
    await page.goto(address);
    await theirs.context().close();
  });

  it('is found in the list by name, in English as well, and A1.15 each way to show has its drawn example', async () => {
    await page.evaluate("localStorage.setItem('nattfrid.language', 'en')");
    await page.goto(`${site.relay.url}/clients`);
    await part('find-client').fill('greta');
    await part('client-entry').filter({ hasText: 'Greta Ek' }).waitFor();
    await noBarrier('list-en', 'dark');
    await part('client-entry').getByRole('link').click();
    for (const mode of ['silhouette', 'blur', 'blocks', 'clear'])
      await part('part-mode')
        .locator('label', { has: part(`mode-${mode}`) })
        .locator('svg')
        .waitFor();
    await noBarrier('client-en', 'light');
  });
});

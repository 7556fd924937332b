/** `npm run tasks`: five tasks of a night, played on the real console in a real browser; prints what each costs in clicks, keys and seconds. */
import { parseArgs } from 'node:util';
import { elapsed } from '@nattfrid/shared/time/clock';
import type { Locator, Page } from 'playwright-core';
import { findChromium } from '../../stand-ins/staff/chromium.ts';
import { findFfmpeg } from '../../support/ffmpeg.ts';
import { movingPictures } from '../../support/h264-stream.ts';
import { signIn } from '../../support/person.ts';
import { openChromium } from '../chromium.ts';
import { signInOn } from '../sign-in-on.ts';
import { type Home, openSite, type Site, staff } from '../site.ts';

const help = `Usage: npm run tasks

Whoever has just been shown the console does what a night asks: takes an alarm, makes a look, enters a plan, finds why a unit is silent,
hands a visit to a car. Each begins where one is when it comes up (the watch, or the page of clients), and ends when the console shows that it is done.
A click is a press of a button or a choice from a list; a key is one of a text, or Tab. Seconds are what a person would need at 1.5 s to see and
press and 0.25 s a key, and beside them what the console itself took.

Exit: 0 all were done; 1 one was not; 3 it cannot run on this machine.`;

/** What a person takes to see and press something, and for a key of a text. In seconds. */
const pace = { press: 1.5, key: 0.25 } as const;

interface Night {
  readonly site: Site;
  /** Whose plan is entered. */
  readonly planned: Home;
}

/** A hand on a page that counts what it does. */
function handOn(page: Page) {
  const count = { clicks: 0, keys: 0 };
  return {
    count,
    async press(what: Locator) {
      count.clicks += 1;
      await what.click();
    },
    async choose(what: Locator, label: string) {
      count.clicks += 2;
      await what.selectOption({ label });
    },
    async type(what: Locator, text: string) {
      count.clicks += 1;
      count.keys += text.length;
      await what.fill(text);
    },
    async key(key: string) {
      count.keys += 1;
      await page.keyboard.press(key);
    },
  };
}
type Hand = ReturnType<typeof handOn>;

interface Task {
  readonly name: string;
  readonly from: string;
  readonly by: keyof typeof staff;
  /** What a municipality has done before, and not for this. */
  readonly before?: (page: Page, night: Night) => Promise<void>;
  readonly play: (page: Page, hand: Hand) => Promise<void>;
}

const part = (page: Page, id: string) => page.getByTestId(id);

const tasks: readonly Task[] = [
  {
    name: 'take an alarm',
    ...{ from: '/', by: 'operator' },
    async play(page, { press }) {
      await press(part(page, 'take-alarm').first());
      await part(page, 'alarm-page').waitFor();
      await part(page, 'evidence').waitFor();
    },
  },
  {
    name: 'make a look, by keyboard',
    ...{ from: '/round', by: 'operator' },
    async play(page, { key }) {
      await part(page, 'round-next').waitFor();
      await key(' ');
      await part(page, 'round-open').waitFor();
      await page.waitForFunction('document.activeElement?.tagName !== "BUTTON"');
      await key(' ');
      await page.locator('[data-testid=picture][data-state=live]').waitFor();
      await page.locator('[data-testid=verdict-all-well]:enabled').waitFor();
      await key('a');
      await part(page, 'look-done').or(part(page, 'next-look')).first().waitFor();
    },
  },
  {
    name: 'enter a plan',
    ...{ from: '/clients', by: 'coordinator', before: keyFor },
    async play(page, { press, type, choose }) {
      await press(part(page, 'new-client'));
      await part(page, 'client-page').waitFor();
      for (const [field, text] of [
        ['person-name', 'Greta Ek'],
        ['person-personalNumber', '193504122387'],
        ['person-address', 'Ågatan 4, 531 30 Lidköping'],
        ['person-telephone', '0510-123456'],
        ['decision-reference', 'SN 2026-311'],
        ['decision-by', 'Eva Ros'],
      ] as const)
        await type(part(page, field), text);
      for (const tick of ['plan-fall', 'consent-technology', 'consent-supervision', 'consent-livesAlone'])
        await press(part(page, tick));
      await type(part(page, 'plan-times'), '2345, 3');
      await type(part(page, 'consent-folderVersion'), '3');
      await type(part(page, 'card-fallback'), 'Nattpatrullen');
      await type(part(page, 'card-telephone'), '0510-770000');
      await type(part(page, 'plan-physicalTimes'), '2345, 3');
      await choose(part(page, 'client-home'), 'Linden 2');
      await page.locator('[data-testid=plan-state][data-state=complete]').waitFor();
      await press(part(page, 'sign'));
      await part(page, 'sign-words').waitFor();
      await press(part(page, 'sign-now'));
      await page.locator('[data-testid=plan-state][data-state=in-force]').waitFor();
    },
  },
  {
    name: 'find why a unit is silent',
    ...{ from: '/', by: 'coordinator' },
    async play(page, { press }) {
      const cause = page.locator('[data-testid=watch-cause][data-cause=silent]');
      await press(cause.locator('summary'));
      await press(cause.getByRole('link').first());
      await part(page, 'home').waitFor();
      await press(part(page, 'serve-link').first());
      await part(page, 'serve').waitFor();
      await part(page, 'to-see-to').waitFor();
    },
  },
  {
    name: 'hand a visit to a car',
    ...{ from: '/', by: 'operator' },
    async play(page, { press, choose }) {
      await press(part(page, 'nav-visits'));
      await choose(part(page, 'visit-assign').first(), 'Bil 1');
      await page.locator('[data-testid=visit-assign]:has(option:checked:has-text("Bil 1"))').first().waitFor();
    },
  },
];

/** A night in which each of the tasks comes up. */
async function fill(site: Site): Promise<Night> {
  const [fallen, visited] = [
    await site.addHome('eken-4', 'Eken 4', { looks: 1 }, 'Sovrum'),
    await site.addHome('tallen-9', 'Tallen 9', { looks: 1 }, 'Sovrum'),
  ];
  const planned = await site.addHome('linden-2', 'Linden 2', undefined, 'Sovrum');
  await site.addHome('aspen-5', 'Aspen 5', { looks: 1 }, 'Sovrum');
  const silent = await site.addHome('ronnen-7', 'Rönnen 7', undefined, 'Sovrum');
  const siv = await signIn(site.relay, staff.coordinator.email, staff.coordinator.password);
  const bo = await signIn(site.relay, staff.colleague.email, staff.colleague.password);
  const line = { crew: 'single', telephone: '0500-12 34 56', looks: 'never', visits: 'always' } as const;
  await siv.call('addTeam', {}, { ...line, name: 'Bil 1', kind: 'car' });
  const evidence = { code: 'fell-from-standing', figures: { lyingForSeconds: 15, fellInSeconds: 0.8 } };
  const raise = async (home: typeof fallen) => {
    const alarm = await home.unit.raise('fall', evidence);
    while (!(await bo.desk()).alarms.some((one) => one.alarm === alarm)) await new Promise(setImmediate);
    return alarm;
  };
  const alarm = await raise(visited);
  await bo.call('takeAlarm', { alarm });
  await bo.call('closeAlarm', { alarm }, { verdict: 'help-needed', confirmed: true });
  await silent.unit[Symbol.asyncDispose]();
  await raise(fallen);
  return { site, planned };
}

const { values } = parseArgs({ options: { help: { type: 'boolean', default: false }, only: { type: 'string' } } });
if (values.help) {
  console.log(help);
  process.exit(0);
}
const chromium = findChromium(process.env);
const ffmpeg = findFfmpeg();
if (!chromium || !ffmpeg) {
  console.log(`tasks: nothing is played here, for there is no ${chromium ? 'ffmpeg' : 'Chromium'}.`);
  process.exit(3);
}
await using site = await openSite(await movingPictures(ffmpeg), { visitAfterSeconds: 86_400, silentAfterSeconds: 5 });
const night = await fill(site);
const browser = await openChromium(chromium);
let failed = false;
/** One browser for each person: a second one would be a console that a colleague has to confirm. */
const pages = new Map<string, Page>();
console.log(`${'task'.padEnd(30)} clicks  keys  a person's seconds  the console's own`);
try {
  for (const { name, from, by, before, play } of tasks) {
    if (values.only && !name.includes(values.only)) continue;
    const page = await pageOf(by);
    await before?.(page, night);
    await page.goto(site.relay.url + from);
    const hand = handOn(page);
    const began = elapsed();
    const fault = await play(page, hand).then(
      () => undefined,
      (error: Error) => error.message.split('\n').slice(0, 3).join(' '),
    );
    const took = (elapsed() - began) / 1000;
    const { clicks, keys } = hand.count;
    const person = clicks * pace.press + keys * pace.key;
    failed ||= fault !== undefined;
    console.log(
      `${name.padEnd(30)} ${String(clicks).padStart(6)} ${String(keys).padStart(5)} ${person.toFixed(1).padStart(19)} ${took.toFixed(1).padStart(18)}${fault ? `  NOT DONE: ${fault}` : ''}`,
    );
  }
} finally {
  await browser.close();
}
process.exitCode = failed ? 1 : 0;

async function pageOf(by: keyof typeof staff): Promise<Page> {
  const known = pages.get(by);
  if (known) return known;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'sv-SE' });
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  await signInOn(page, site.relay.url, staff[by]);
  pages.set(by, page);
  return page;
}

/** What a municipality does once and not for each plan: its key. */
async function keyFor(page: Page, { site: { relay }, planned }: Night): Promise<void> {
  await page.goto(`${relay.url}/keys`);
  await part(page, 'make-key').click();
  const words = await part(page, 'sheet-words').locator('li').allTextContents();
  for (const number of [5, 22]) await part(page, `sheet-word-${number}`).fill(words[number - 1] ?? '');
  await part(page, 'keep-key').click();
  await page.locator('[data-testid=key-now][data-able=municipality]').waitFor();
  planned.unit.planKey = (await part(page, 'public-key').textContent()) ?? '';
}

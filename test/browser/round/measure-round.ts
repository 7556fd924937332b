/** `npm run round`: one operator makes a round of simulated homes by keyboard in a real browser; prints keys, and seconds from each verdict to the next picture. */
import { parseArgs } from 'node:util';
import { elapsed } from '@nattfrid/shared/time/clock';
import type { Page } from 'playwright-core';
import { findChromium } from '../../stand-ins/staff/chromium.ts';
import { findFfmpeg } from '../../support/ffmpeg.ts';
import { movingPictures } from '../../support/h264-stream.ts';
import { openChromium } from '../chromium.ts';
import { signInOn } from '../sign-in-on.ts';
import type { SimulatedUnit } from '../simulated-unit.ts';
import { openSite, type Site, staff } from '../site.ts';

const help = `Usage: npm run round -- [--homes N]

One operator, N homes that are due at once (30 by default), a real relay and a real browser. The operator presses what there is to press
and thinks about nothing: what is left of ten minutes is for looking. Prints the keys that were pressed, the seconds from each verdict to the
next home's first picture (the middle one and the longest), how many units were asked before their key, and the whole.

Exit: 0 the round was made in ten minutes; 1 it was not, or something failed; 2 wrong options; 3 it cannot run on this machine.`;

const tenMinutes = 600_000;

function options(): { readonly homes: number } {
  try {
    const { values } = parseArgs({ options: { homes: { type: 'string', default: '30' }, help: { type: 'boolean' } } });
    if (values.help) {
      console.log(help);
      process.exit(0);
    }
    const homes = Number(values.homes);
    if (Number.isInteger(homes) && homes > 1 && homes <= 200) return { homes };
    console.error(`--homes takes a whole number from 2 to 200, and not ${values.homes}.\n\n${help}`);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${help}`);
  }
  process.exit(2);
}

async function makeRound(page: Page, site: Site, homes: number, calls: () => number): Promise<boolean> {
  const part = (id: string) => page.getByTestId(id);
  let keys = 0;
  let tooSoon = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  await page.goto(`${site.relay.url}/round`);
  await part('round-next').waitFor();
  const began = elapsed();
  await press(' ');
  await part('round-open').waitFor();
  await page.waitForFunction('document.activeElement?.tagName !== "BUTTON"');
  tooSoon += calls();
  await press(' ');
  const waits: number[] = [];
  let said = 0;
  for (let home = 1; home <= homes; home++) {
    const look = await part('look-page').elementHandle();
    await page.locator('[data-testid=picture][data-state=live]').waitFor();
    if (said > 0) waits.push(elapsed() - said);
    await page.locator('[data-testid=verdict-all-well]:enabled').waitFor();
    tooSoon += Math.max(0, calls() - home);
    said = elapsed();
    await press('a');
    if (home === homes) break;
    await part('next-look').waitFor();
    const before = page.url();
    await press(' ');
    await page.waitForURL((url) => url.href !== before);
    await look?.dispose();
  }
  await part('look-done').waitFor();
  const took = elapsed() - began;
  const sorted = waits.toSorted((a, b) => a - b);
  const second = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  console.log(`homes                                ${homes}
keys                                 ${keys} (${(keys / homes).toFixed(2)} a home)
from a verdict to the next picture   ${second(sorted[sorted.length >> 1] ?? 0)} in the middle, ${second(sorted.at(-1) ?? 0)} at most
units asked before their key         ${tooSoon}
the whole, without a thought         ${second(took)}
left of ten minutes for looking      ${second(Math.max(0, tenMinutes - took) / homes)} a home`);
  return took <= tenMinutes && tooSoon === 0;
}

const { homes } = options();
const chromium = findChromium(process.env);
const ffmpeg = findFfmpeg();
if (!chromium || !ffmpeg) {
  console.log(`round: nothing is measured here, for there is no ${chromium ? 'ffmpeg' : 'Chromium'}.`);
  process.exit(3);
}
await using site = await openSite(await movingPictures(ffmpeg));
const units: SimulatedUnit[] = [];
for (let home = 1; home <= homes; home++)
  units.push((await site.addHome(`home-${home}`, `Hem ${home}`, { looks: 1 }, 'Sovrum')).unit);
const browser = await openChromium(chromium);
try {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(60_000);
  await signInOn(page, site.relay.url, staff.operator);
  const calls = () => units.reduce((sum, unit) => sum + unit.calls, 0);
  process.exitCode = (await makeRound(page, site, homes, calls)) ? 0 : 1;
} finally {
  await browser.close();
}

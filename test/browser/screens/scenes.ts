/** What no address leads to: screens that somebody has to do something for. Each is brought about by hand, and then looked at as the others are. */
import type { Language } from '@nattfrid/console/words/language';
import { Statistics } from '@nattfrid/shared/desk/follow-up-view';
import type { Role } from '@nattfrid/shared/desk/role';
import { UnitWeek } from '@nattfrid/shared/desk/unit-week';
import type { Page } from 'playwright-core';
import { ofAMonth, ofAWeek } from './drawn-figures.ts';
import type { Municipality, Walker } from './municipality.ts';

export interface Scene {
  readonly name: string;
  /** Absent: before anybody has signed in. */
  readonly role?: Role;
  readonly where?: Walker['where'];
  /** Brings it about, and says when it stands. */
  readonly play: (
    page: Page,
    around: { readonly town: Municipality; readonly url: string; readonly language: Language },
  ) => Promise<void>;
}

const fall = { code: 'fell-from-standing', figures: { lyingForSeconds: 15, fellInSeconds: 0.8 } };
const out = { code: 'left-room', figures: { outForMinutes: 20 } };
const part = (page: Page, id: string) => page.getByTestId(id);
const live = (page: Page) => page.locator('[data-testid=picture][data-state=live]').first().waitFor();
const twice = async (page: Page, id: string) => {
  for (let press = 0; press < 2; press++) await part(page, id).first().click();
};
/** Three cards of one kind has a home at most, and a fourth alarm stands behind them: what a scene leaves open is of a kind of its own. */
async function lookAfterAlarm(page: Page, url: string, town: Municipality, kind: 'fall' | 'left-room'): Promise<void> {
  const alarm = await town.homes.eken.unit.raise(kind, kind === 'fall' ? fall : out);
  await page.goto(`${url}/alarm/${alarm}`);
  await part(page, 'take-alarm').click();
  await part(page, 'open-look').click();
}

export const scenes: readonly Scene[] = [
  { name: 'sign-in', play: (page) => part(page, 'sign-in-submit').waitFor() },
  {
    name: 'sign-in, wrong',
    async play(page) {
      await part(page, 'sign-in-email').fill('nobody@example.se');
      await part(page, 'sign-in-password').fill('nothing at all');
      await part(page, 'sign-in-submit').click();
      await page.getByRole('alert').first().waitFor();
    },
  },
  {
    name: 'this computer, tried',
    async play(page) {
      await part(page, 'this-computer').click();
      await part(page, 'try-computer').click();
      await part(page, 'computer-about').waitFor();
    },
  },
  {
    name: 'look, live',
    role: 'operator',
    async play(page, { url, town }) {
      await lookAfterAlarm(page, url, town, 'fall');
      await live(page);
      await town.homes.eken.unit.notice({ type: 'hard-to-see', why: 'small', offers: ['blur', 'blocks'] });
      await part(page, 'show-as-blur').waitFor();
      await part(page, 'how-to-read').locator('summary').click();
    },
  },
  {
    name: 'look, judged',
    role: 'operator',
    async play(page, { url, town }) {
      await lookAfterAlarm(page, url, town, 'left-room');
      await live(page);
      await page.locator('[data-testid=verdict-all-well]:enabled').click();
      await part(page, 'look-done').waitFor();
    },
  },
  {
    name: 'look, refused',
    role: 'operator',
    async play(page, { url, town }) {
      const { unit } = town.homes.eken;
      const { manner } = unit;
      unit.manner = { name: 'refuses', why: 'alarm-look-not-agreed' };
      await lookAfterAlarm(page, url, town, 'left-room');
      await part(page, 'refusal').waitFor();
      unit.manner = manner;
    },
  },
  {
    name: 'alarm, closed without a look',
    role: 'operator',
    async play(page, { url, town, language }) {
      // One more of a kind that waits already would be the same alarm.
      const alarm = await town.homes.hall.unit.raise(language === 'sv' ? 'left-room' : 'not-in-bed', out);
      await page.goto(`${url}/alarm/${alarm}`);
      await part(page, 'take-alarm').click();
      await part(page, 'close-alarm').locator('summary').first().click();
      await part(page, 'close-alarm').getByTestId('verdict-all-well').click({ timeout: 10_000 });
      await part(page, 'verdict-once-more').waitFor();
    },
  },
  {
    name: 'round, offered',
    role: 'operator',
    async play(page, { url }) {
      await page.goto(`${url}/round`);
      await part(page, 'round-home').first().waitFor();
      await page.keyboard.press(' ');
      await part(page, 'round-open').waitFor();
    },
  },
  {
    name: 'link, lost',
    role: 'operator',
    async play(page, { url }) {
      // The first stream falls silent, and no other is let through.
      let heard = 0;
      await page.routeWebSocket(/\/live/, (socket) => {
        if (heard > 0) return;
        socket.connectToServer().onMessage((words) => {
          if (heard++ < 3) socket.send(words);
        });
      });
      await page.goto(url);
      await part(page, 'stale-banner').waitFor({ timeout: 40_000 });
    },
  },
  {
    name: 'keys, the sheet',
    role: 'coordinator',
    where: 'empty',
    async play(page, { url }) {
      await page.goto(`${url}/keys`);
      await part(page, 'make-key').click();
      await part(page, 'sheet-words').waitFor();
    },
  },
  {
    name: 'people, a password shown once',
    role: 'coordinator',
    async play(page, { url }) {
      await page.goto(`${url}/people`);
      await page.getByTestId('person-line').filter({ hasText: 'bo@example.se' }).getByTestId('unfold').click();
      const bo = page.locator('[data-testid=person][data-email="bo@example.se"]');
      await bo.getByTestId('person-more').click();
      for (let press = 0; press < 2; press++) await bo.getByTestId('new-password').click();
      await bo.getByTestId('password').waitFor();
    },
  },
  {
    name: 'units, a token shown once',
    role: 'coordinator',
    async play(page, { url }) {
      await page.goto(`${url}/units/ronnen-7`);
      const rowan = page.locator('[data-unit=ronnen-7]');
      await rowan.getByTestId('unit-more').click();
      for (let press = 0; press < 2; press++) await rowan.getByTestId('new-token').click();
      await rowan.getByTestId('token').waitFor();
    },
  },
  {
    name: 'statistics, of a month',
    role: 'coordinator',
    async play(page, { url }) {
      await page.route('**/api/statistics?*', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: ofAMonth(Statistics.parse(await response.json())) });
      });
      await page.goto(`${url}/statistics`);
      await part(page, 'plot-within').waitFor();
      await part(page, 'plot-weeks').locator('summary').click();
    },
  },
  {
    name: 'unit, its week',
    role: 'coordinator',
    async play(page, { url }) {
      await page.route('**/api/units/*/week', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: ofAWeek(UnitWeek.parse(await response.json())) });
      });
      await page.goto(`${url}/units/ronnen-7`);
      await part(page, 'unit-week').locator('summary').click();
    },
  },
  {
    name: 'stopped from an alarm',
    role: 'operator',
    async play(page, { url, town }) {
      const alarm = await town.homes.bed.unit.raise('fall', fall);
      await page.goto(`${url}/alarm/${alarm}`);
      await part(page, 'halt-open').click();
      await twice(page, 'stop');
      await part(page, 'halt-told').waitFor();
    },
  },
];

/** What every person has, on every page. */
export const accountMenu: Scene['play'] = async (page, { url }) => {
  await page.goto(url);
  await part(page, 'account').click();
  await part(page, 'language').waitFor();
};

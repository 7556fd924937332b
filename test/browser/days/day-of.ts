/** What each role is there for, as deeds on the screen; and what the relay has to say afterwards where it was done. */
import { sv } from '@nattfrid/console/words/sv-all';
import type { Role } from '@nattfrid/shared/desk/role';
import type { Locator, Page } from 'playwright-core';
import type { Person } from '../../support/person.ts';
import type { Municipality } from '../screens/municipality.ts';

export interface Around {
  readonly page: Page;
  readonly town: Municipality;
  /** Of the relay, as this browser reaches it. */
  readonly url: string;
  /** Whoever's day it is, asking the relay without a screen; and a coordinator. */
  readonly self: Person;
  readonly coordinator: Person;
  /** A screen with a menu along the top, and a keyboard. */
  readonly wide: boolean;
}

export interface Deed {
  readonly name: string;
  readonly do: (around: Around) => Promise<unknown>;
  /** Asked until it is so. Absent: what was done is seen on the screen alone. */
  readonly holds?: (around: Around) => Promise<boolean>;
}

const fall = { code: 'fell-from-standing', figures: { lyingForSeconds: 15, fellInSeconds: 0.8 } };
const part = ({ page }: Around, id: string): Locator => page.getByTestId(id).first();
const press = (around: Around, id: string) => part(around, id).click();
const judged = ({ page }: Around, verdict: string) => page.locator(`[data-testid=verdict-${verdict}]:enabled`).click();
/** Every camera of the home: a look of which one has not shown is asked about once more. */
async function live({ page }: Around): Promise<void> {
  const pictures = page.locator('[data-testid=picture]');
  await pictures.and(page.locator('[data-state=live]')).first().waitFor();
  await pictures.and(page.locator(':not([data-state=live])')).waitFor({ state: 'detached' });
}
/** By the page «More», as whoever has no link to it from where they are. */
async function more(around: Around, page: string): Promise<void> {
  await press(around, 'nav-more');
  await press(around, `more-${page}`);
  await part(around, page).waitFor();
}
const main = (around: Around, page: string) => press(around, `nav-${page}`).then(() => part(around, page).waitFor());

export const dayOf: Readonly<Record<Role, readonly Deed[]>> = {
  operator: [
    {
      name: 'takes an alarm, looks, and sends help',
      async do(around) {
        const alarm = await around.town.homes.hall.unit.raise('fall', fall);
        await press(around, 'nav-watch');
        await around.page.locator(`[data-alarm="${alarm}"]`).getByTestId('take-alarm').click();
        await press(around, 'open-look');
        await live(around);
        await judged(around, 'help-needed');
        await around.page.locator('[data-testid=verdict-confirm]:enabled').click();
        await part(around, 'look-done').waitFor();
      },
      holds: async ({ self }) => (await self.desk()).visits.some(({ client }) => client === 'Björken 3'),
    },
    {
      name: 'makes the next look of the round: all is well',
      async do(around) {
        await more(around, 'round');
        await press(around, 'round-next');
        await press(around, 'round-open');
        await live(around);
        await judged(around, 'all-well');
        await part(around, 'look-done').waitFor();
      },
      holds: async ({ self }) =>
        (await self.desk()).looks.some(({ verdict, reason }) => verdict === 'all-well' && reason.type === 'window'),
    },
    {
      name: 'leaves a note to the next shift',
      async do(around) {
        await more(around, 'shifts');
        await around.page.getByTestId('shift-note').first().fill('Björken 3 har fått hjälp upp, titta en gång till.');
        await press(around, 'shift-hand-over');
      },
      holds: async ({ self }) =>
        (await self.desk()).night?.handovers.some(({ note }) => note.startsWith('Björken 3 har fått hjälp')) ?? false,
    },
  ],
  coordinator: [
    {
      name: 'gives a visit to a car',
      async do(around) {
        await main(around, 'visits');
        const whose = around.page.getByTestId('visit-card').filter({ hasText: 'Aspen 5' }).getByTestId('visit-assign');
        const cars = await whose.locator('option').allTextContents();
        await whose.selectOption({ label: cars.find((one) => one.includes('Bil 2')) ?? '' });
      },
      holds: async ({ self }) =>
        (await self.desk()).visits.some(({ client, team }) => client === 'Aspen 5' && team !== undefined),
    },
    {
      name: 'adds a colleague, and is told the password once',
      async do(around) {
        await main(around, 'people');
        await press(around, 'add-person');
        await part(around, 'add-person-name').fill('Nora Ny');
        await part(around, 'add-person-email').fill('nora@example.se');
        await press(around, 'add-person-submit');
        await part(around, 'add-person-password').waitFor();
      },
      holds: async ({ self }) => (await self.call('people')).people.some(({ email }) => email === 'nora@example.se'),
    },
    {
      name: 'reads what the nights have come to',
      do: (around) => more(around, 'statistics'),
    },
  ],
  'night-patrol': [
    {
      name: 'drives to a visit, is there, and tells how it went',
      async do(around) {
        await more(around, 'car');
        // The first on the list may be one that somebody is on the way to already.
        const steps = ['car-go', 'car-there', 'car.outcome.helped'].map((id) => part(around, id));
        for (const [index, step] of steps.entries()) {
          const now = steps.slice(index).reduce((any, one) => any.or(one));
          await now.first().waitFor();
          if (await step.isVisible()) await step.click();
        }
      },
      holds: async ({ self }) => (await self.desk()).visits.some(({ outcome }) => outcome === sv['car.outcome.helped']),
    },
  ],
  'case-officer': [
    {
      name: 'writes down a client, a decision and what is agreed to',
      async do(around) {
        await main(around, 'clients');
        await press(around, 'new-client');
        await part(around, 'client-page').waitFor();
        const lines = {
          ...{ 'person-name': 'Greta Ek', 'person-address': 'Ågatan 4, 531 30 Lidköping' },
          ...{ 'decision-reference': 'SN 2026-311', 'decision-by': 'Eva Ros, biståndsenheten' },
          'consent-folderVersion': '3',
        };
        for (const [name, text] of Object.entries(lines)) await part(around, name).fill(text);
        for (const one of ['technology', 'supervision', 'livesAlone']) await part(around, `consent-${one}`).check();
        await press(around, 'save-client');
      },
      async holds({ coordinator }) {
        const { clients } = await coordinator.call('clients');
        const greta = clients.find(({ name }) => name === 'Greta Ek');
        return (
          greta !== undefined && (await coordinator.call('client', { client: greta.client })).consents.length === 3
        );
      },
    },
  ],
  installer: [
    {
      name: 'opens the work order of a home',
      async do(around) {
        await main(around, 'work-orders');
        await around.page.getByTestId('order').filter({ hasText: 'Aspen 5' }).getByTestId('open-order').click();
        await part(around, 'work-order').waitFor();
      },
    },
    {
      name: 'finds how a unit is that is not well',
      async do(around) {
        await main(around, 'units');
        await around.page.getByRole('link', { name: 'Åkerbärsvägen 12 B' }).first().click();
        await press(around, 'serve-link');
        await part(around, 'serve').waitFor();
      },
    },
  ],
  support: [
    {
      name: 'sees what is wrong with a unit, and why',
      async do(around) {
        await main(around, 'units');
        await around.page.getByRole('link', { name: 'Åkerbärsvägen 12 B' }).first().click();
        await press(around, 'serve-link');
        await part(around, 'serve').waitFor();
      },
    },
    { name: 'reads what is to see to, of all homes', do: (around) => more(around, 'faults') },
  ],
  statistics: [
    {
      name: 'takes the figures home as a file',
      async do(around) {
        await more(around, 'statistics');
        const file = around.page.waitForEvent('download');
        await press(around, 'statistics-file');
        const path = await (await file).path();
        if (!path) throw new Error('No file came.');
      },
    },
    {
      name: 'writes down what a client has answered',
      async do(around) {
        await press(around, 'questionnaire');
        await part(around, 'feels-safe-5').check();
        await press(around, 'questionnaire-submit');
        await around.page.getByRole('status').last().waitFor();
      },
      holds: async ({ self }) => {
        const { figures } = await self.call('questionnaires', { from: '2020-01-01', until: '2100-01-01' });
        return figures.some(({ question, answers }) => question === 'feels-safe' && answers === 3);
      },
    },
  ],
  auditor: [
    {
      name: 'looks for what somebody has done in the log',
      async do(around) {
        await main(around, 'audit');
        await part(around, 'audit-chain').waitFor();
        await part(around, 'audit-line').waitFor();
      },
    },
    {
      name: 'judges the accesses of a check, and signs it off',
      async do(around) {
        await more(around, 'log-check');
        await part(around, 'check').waitFor();
        const left = around.page.getByTestId('check-in-order');
        for (let rest = await left.count(); rest > 0; rest--) {
          await left.first().click();
          await around.page.waitForFunction(
            `document.querySelectorAll('[data-testid=check-in-order]').length < ${rest}`,
          );
        }
        await part(around, 'sign-off-words').fill('Stickprovet är gjort.');
        await press(around, 'sign-off');
      },
      holds: async ({ self }) =>
        (await self.call('logChecks')).checks.some(({ signedOffBy }) => signedOffBy !== undefined),
    },
  ],
  administrator: [
    {
      name: 'makes a key for another system, and takes it back',
      async do(around) {
        await more(around, 'connections');
        await press(around, 'add-key');
        await part(around, 'add-key-name').fill('Lifecare');
        await part(around, 'scope-read:looks').check();
        await press(around, 'add-key-submit');
        await part(around, 'key-secret').waitFor();
        const card = around.page.getByTestId('api-key').filter({ hasText: 'Lifecare' });
        for (let twice = 0; twice < 2; twice++) await card.getByTestId('revoke-key').click();
      },
      holds: async ({ self }) =>
        (await self.call('connections')).keys.some(
          ({ name, revokedAt }) => name === 'Lifecare' && revokedAt !== undefined,
        ),
    },
  ],
};

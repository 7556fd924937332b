import { findChromium } from '../stand-ins/staff/chromium.ts';
import { signIn } from '../support/person.ts';
import { openChromium } from './chromium.ts';
import { openSite, staff } from './site.ts';

await using site = await openSite([]);
const browser = await openChromium(findChromium(process.env)!);
const anna = await signIn(site.relay, staff.operator.email, staff.operator.password);
const siv = await signIn(site.relay, staff.coordinator.email, staff.coordinator.password);
const room = {
  beds: [
    [
      [0.06, 0.52],
      [0.5, 0.44],
      [0.58, 0.6],
      [0.12, 0.76],
    ],
  ],
  exits: [
    [
      [0.79, 0.14],
      [0.93, 0.12],
      [0.93, 0.7],
      [0.79, 0.62],
    ],
  ],
  bathroomExits: [
    [
      [0.02, 0.1],
      [0.14, 0.12],
      [0.14, 0.46],
      [0.02, 0.5],
    ],
  ],
  floor: [
    [0.02, 0.72],
    [0.6, 0.5],
    [0.98, 0.66],
    [0.98, 0.98],
    [0.02, 0.98],
  ],
  masks: [],
};
const team = (
  await siv.call(
    'addTeam',
    {},
    { name: 'Centralen', kind: 'desk', crew: 'single', telephone: '0500-123 456', looks: 'always', visits: 'never' },
  )
).team;
await siv.call(
  'setAlarmLine',
  {},
  {
    steps: [{ to: 'everybody', withinMinutes: 3 }],
    words: 'Går med rollator. Ring på dörren tre gånger, hör dåligt.',
    fallback: { telephone: '0500-999 000', words: 'Ring jouren, de har nyckel' },
  },
);
const cases = [
  [
    'fall',
    { code: 'fell-from-standing', figures: { lyingForSeconds: 15, fellInSeconds: 0.8 }, place: 'beside-bed' },
    true,
  ],
  ['fall', { code: 'found-lying', figures: { lyingForSeconds: 95 }, place: 'in-doorway' }, true],
  ['fall', { code: 'sank-down', figures: { lyingForSeconds: 30 }, place: 'on-floor' }, true],
  ['fall', { code: 'fell-out-of-bed', figures: { lyingForSeconds: 30 } }, true],
  ['left-room', { code: 'left-to-bathroom', figures: { outForMinutes: 20 } }, true],
  ['left-room', { code: 'left-picture', figures: { outForMinutes: 20 } }, true],
  ['not-in-bed', { code: 'bed-unknown', figures: { minutesPastBedtime: 20 } }, true],
  ['fall', { code: 'fell-from-sitting', figures: { lyingForSeconds: 15 }, place: 'on-floor' }, false],
] as const;
const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
await page.goto(site.relay.url);
await page.getByTestId('sign-in-email').fill(staff.operator.email);
await page.getByTestId('sign-in-password').fill(staff.operator.password);
await page.getByTestId('sign-in-submit').click();
await page.getByTestId('watch').waitFor();
let n = 0;
for (const [kind, evidence, drawn] of cases) {
  n++;
  const { unit } = await site.addHome(`scen-${n}`, `Rönn ${n}`, { looks: 1 }, 'Sovrum');
  if (drawn) await anna.call('confirmRoom', { unit: `scen-${n}` }, { room });
  const alarm = await unit.raise(kind, evidence as never);
  await new Promise((r) => setTimeout(r, 400));
  if (n !== 2) await anna.call('takeAlarm', { alarm });
  await page.goto(`${site.relay.url}/alarm/${alarm}`);
  await page.getByTestId('alarm-scene').waitFor();
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/w/shots-alarm/alarm-${n}-dark.png`, fullPage: true });
  if (n < 5) {
    await page.evaluate(`document.documentElement.dataset.mantineColorScheme = 'light'`);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForTimeout(200);
    await page.screenshot({ path: `/tmp/w/shots-alarm/alarm-${n}-phone-light.png`, fullPage: n > 1 });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(`document.documentElement.dataset.mantineColorScheme = 'dark'`);
  } else await page.locator('[data-testid=alarm-scene]').screenshot({ path: `/tmp/w/shots-alarm/scene-${n}.png` });
}
await browser.close();

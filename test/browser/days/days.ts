/** `npm run days`: each role's day, played by whoever has it in a real browser, at a desk, on a phone, and over a bad network; exits with 1 where a deed fails. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Role } from '@nattfrid/shared/desk/role';
import { findChromium } from '../../stand-ins/staff/chromium.ts';
import { type Place, places } from './places.ts';
import { playDays } from './play-days.ts';

const help = `Usage: npm run days [-- --role ROLE]… [--place desk|phone|bad-network]… [--out FOLDER]

A municipality with something of everything, a real relay, a real Chromium. Whoever has each role signs in and does what the role is there
for: a look and an alarm, a visit, a plan, a unit to see to, the log's check. Each deed is held against what the relay says afterwards,
and not against the screen alone. bad-network: a phone, 300 ms each way, 128 kB a second, every connection cut once in the middle of a day.
--out: a picture where a deed failed. About ten minutes on two cores.
`;
const { values } = parseArgs({
  options: {
    role: { type: 'string', multiple: true },
    place: { type: 'string', multiple: true },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(help);
else process.exitCode = await days();

async function days(): Promise<number> {
  const chromium = findChromium(process.env);
  if (!chromium) {
    console.error('There is no Chromium here: name one in NATTFRID_CHROMIUM, or run scripts/setup.');
    return 2;
  }
  const out = values.out === undefined ? undefined : resolve(values.out);
  if (out) mkdirSync(out, { recursive: true });
  const roles = Role.options.filter((role) => values.role?.includes(role) ?? true);
  const chosen = (Object.keys(places) as Place[]).filter((place) => values.place?.includes(place) ?? true);
  const failed: string[] = [];
  for (const place of chosen) {
    console.log(`\n${place}: ${places[place].words}`);
    await playDays({
      chromium,
      place,
      roles,
      out,
      told: ({ role, deed, seconds, fault }) => {
        console.log(`  ${role.padEnd(14)} ${deed.padEnd(62)} ${seconds.toFixed(1).padStart(6)} s  ${fault ?? 'done'}`);
        if (fault) failed.push(`${place}, ${role}: ${deed}`);
      },
    });
  }
  console.log(failed.length === 0 ? '\nEvery deed was done.' : `\n${failed.length} failed:\n${failed.join('\n')}`);
  return failed.length === 0 ? 0 : 1;
}

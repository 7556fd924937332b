/** `npm run night`: whole nights of a municipality on a moved clock, with what can go wrong in them; exits with 1 where one does not hold. */
import { parseArgs } from 'node:util';
import { openProgress } from '@nattfrid/simulator/progress';
import { staffedNight } from './staffed-night.ts';

const help = `Usage: npm run night -- [--date DATE]… [--seed N] [--homes N]

A night with 65 homes and 110 looks, three operators and two cars, from six in the evening to seven in the morning, on a moved clock
against a real relay: units are cut off, people fall, cameras are covered, the relay is restarted, operators leave. In the morning each
agreed look has been made or has led to a visit, each alarm is closed by a person, nothing stands there twice, and no home has two visits
at once. By default an ordinary night and the two odd ones: 2026-11-21, 2026-10-24 and 2027-03-27. About three minutes each.
`;

const { values } = parseArgs({
  options: {
    date: { type: 'string', multiple: true, default: ['2026-11-21', '2026-10-24', '2027-03-27'] },
    seed: { type: 'string', default: '1' },
    homes: { type: 'string', default: '65' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(help);
else process.exitCode = await nights();

async function nights(): Promise<number> {
  let broken = 0;
  for (const date of values.date) {
    using progress = openProgress();
    const started = performance.now();
    const night = await staffedNight({
      ...{ date, homes: Number(values.homes), operators: 3, cars: 2, seed: Number(values.seed), withFaults: true },
      ...{ begins: 5, lasts: 13, progress: (share: number) => progress.report(date, share) },
    });
    progress.clear();
    const [taken, there] = [night.taken, night.there].map(
      ([middle, most]) => `${middle.toFixed(1)} (${most.toFixed(1)})`,
    );
    console.log(
      `${date}: ${night.looks} looks of ${night.agreed}, ${night.retries} retries, ${night.missed} missed; ${night.alarms} alarms, taken in ${taken} min; ${night.visits} visits, there in ${there} min, median (longest); ${((performance.now() - started) / 1000).toFixed(0)} s`,
    );
    for (const words of night.broken) console.log(`  does not hold: ${words}`);
    if (night.wrong.length > 0)
      console.log(`  refused to people meanwhile: ${night.wrong.length}, such as «${night.wrong[0]}»`);
    broken += night.broken.length;
  }
  return broken === 0 ? 0 : 1;
}

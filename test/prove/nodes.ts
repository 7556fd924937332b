/**
 * `npm run prove:nodes`: kills a node, PostgreSQL or NATS at random, many times in a storm of alarms and looks, and counts what is lost,
 * doubled, or late.
 */
import { parseArgs } from 'node:util';
import { checkAudit } from '@nattfrid/relay/audit/check-audit';
import { openToRead } from '@nattfrid/relay/store/database';
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { milliseconds, printDuration, seconds } from '@nattfrid/shared/time/duration';
import { natsMissing } from '../stand-ins/nats/nats.ts';
import { postgresMissing } from '../stand-ins/postgres/postgres.ts';
import { type Gap, openStormLooks } from './nodes/looks.ts';
import { openProvenSite, type ProvenSite } from './nodes/site.ts';
import { openStormUnit, type StormUnit } from './nodes/unit.ts';

const help = `Usage: npm run -s prove:nodes -- [--times N] [--units N] [--looks N]

Three nodes on PostgreSQL and NATS of this machine, all of them processes of their own; one of the five is killed N times (100).
Exit: 0 nothing lost, doubled or late; 1 something was; 2 wrong arguments`;
const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '100' },
    units: { type: 'string', default: '12' },
    looks: { type: 'string', default: '3' },
    help: { type: 'boolean', short: 'h' },
  },
});

/** What is promised after each kill. */
const [backWithin, liveWithin] = [seconds(10), seconds(5)];
const between = (from: number, to: number) => milliseconds(from + (to - from) * Math.random());

async function main(): Promise<number> {
  if (values.help) return say(help, 0);
  const missing = postgresMissing() ?? natsMissing();
  if (missing) return say(missing, 1);
  const [times, many, looksAtOnce] = [values.times, values.units, values.looks].map(Number) as [number, number, number];
  if (![times, many, looksAtOnce].every((one) => Number.isInteger(one) && one > 0) || looksAtOnce >= many)
    return say(help, 2);
  await using stack = new AsyncDisposableStack();
  const site = stack.use(await openProvenSite(3, many));
  const units = site.units.map((one) => openStormUnit(one, site.addresses));
  stack.defer(() => {
    for (const unit of units) unit.stop();
  });
  const alarms = clock.every(milliseconds(700), () => {
    units[looksAtOnce + Math.floor(Math.random() * (units.length - looksAtOnce))]?.raise();
  });
  await settle(units, seconds(60));
  const looks = openStormLooks(looksAtOnce, site, units.slice(0, looksAtOnce));
  await clock.sleep(seconds(5));
  const back: number[] = [];
  const gaps: Gap[] = [];
  for (let time = 1; time <= times; time += 1) {
    const one = site.killables[Math.floor(Math.random() * site.killables.length)]!;
    await one.kill();
    const down = between(500, 2500);
    const starting = clock.sleep(down).then(() => one.start());
    // Connections that were lost are noticed in a moment.
    await clock.sleep(milliseconds(200));
    const length = await settle(units, seconds(60));
    await starting;
    back.push(length ?? Number.POSITIVE_INFINITY);
    await clock.sleep(between(2500, 5000));
    const now = looks.gaps();
    gaps.push(...now);
    const longest = Math.max(0, ...now.filter(({ failed }) => !failed).map((gap) => gap.length));
    say(
      `${String(time).padStart(4)}  ${one.name.padEnd(10)}  down ${printDuration(down)}, units back after ${printDuration(milliseconds(length ?? -1))}, longest gap of a look ${printDuration(milliseconds(longest))}`,
    );
  }
  alarms[Symbol.dispose]();
  await looks.stop();
  gaps.push(...looks.gaps());
  const until = elapsed() + 60_000;
  while (units.some(({ waiting }) => waiting > 0) && elapsed() < until) await clock.sleep(milliseconds(200));
  return judge(site, units, { back, gaps, opened: looks.opened, refused: looks.refused });
}

/** @returns how long until every unit has a connection; undefined: not within `within` */
async function settle(units: readonly StormUnit[], within: number): Promise<number | undefined> {
  const began = elapsed();
  while (units.some(({ awaySince }) => awaySince !== undefined)) {
    if (elapsed() - began > within) return undefined;
    await clock.sleep(milliseconds(50));
  }
  return elapsed() - began;
}

interface Seen {
  readonly back: readonly number[];
  readonly gaps: readonly Gap[];
  readonly opened: number;
  readonly refused: number;
}

async function judge(
  site: ProvenSite,
  units: readonly StormUnit[],
  { back, gaps, opened, refused }: Seen,
): Promise<number> {
  const acknowledged = units.flatMap((unit) => unit.acknowledged);
  const db = openToRead(site.database);
  const rows = await db.selectFrom('alarms').select(['alarm']).execute();
  // Of one that says the same again and again the relay makes one alarm, and keeps each in it.
  const held = await db.selectFrom('held_alarms').select(['alarm']).execute();
  const visits = await db.selectFrom('visits').selectAll().execute();
  await db.destroy();
  const kept = [...rows, ...held].map(({ alarm }) => alarm);
  const lost = acknowledged.filter((alarm) => !kept.includes(alarm));
  const doubled = kept.length - new Set(kept).size + (acknowledged.length - new Set(acknowledged).size);
  const waiting = units.reduce((sum, unit) => sum + unit.waiting, 0);
  const late = back.filter((length) => length > backWithin);
  const dark = gaps.filter(({ length, failed }) => !failed && length > liveWithin);
  const { whole, words } = await checkAudit(site.database, undefined);
  const sorted = [...back].sort((one, other) => one - other);
  const print = (length: number | undefined) => (length === undefined ? 'none' : printDuration(milliseconds(length)));
  say(`
kills                                  ${back.length}
alarms acknowledged                    ${acknowledged.length}
  lost after they were acknowledged    ${lost.length}
  there twice                          ${doubled}
  not acknowledged at the end          ${waiting}
visits                                 ${visits.length}
units back: half / nine tenths / last  ${print(sorted[Math.floor(sorted.length / 2)])} / ${print(sorted[Math.floor(sorted.length * 0.9)])} / ${print(sorted.at(-1))}
  later than ${printDuration(backWithin)}                     ${late.length}
looks opened                           ${opened} (${refused} could not be)
  gaps longer than 1 s                 ${gaps.length}, the longest ${print(Math.max(0, ...gaps.map(({ length }) => length)))}
  dark for longer than ${printDuration(liveWithin)}            ${dark.length}
audit log                              ${words.split('\n')[0]}`);
  const isWell = lost.length + doubled + waiting + late.length + dark.length === 0 && whole;
  if (!isWell) console.error(site.lines());
  return isWell ? 0 : 1;
}

function say(words: string, code = 0): number {
  console.log(words);
  return code;
}

process.exitCode = await main();

/** Kills a node, PostgreSQL or NATS at random, with SIGKILL and in a storm, again and again. */
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Dice } from '../../bench/staffed-night/dice.ts';
import type { Gap } from './looks.ts';
import { openProvenSite } from './site.ts';
import { judgeStorm, openStorm, printLines, printMs } from './storm.ts';

/** What is promised after each kill. */
const [backWithin, liveWithin] = [seconds(10), seconds(5)];

/** @returns whether all that is promised has held */
export async function proveKills(
  {
    times,
    homes,
    looksAtOnce,
    logs,
  }: {
    readonly logs?: string | undefined;
    readonly times: number;
    readonly homes: number;
    readonly looksAtOnce: number;
  },
  dice: Dice,
): Promise<boolean> {
  await using site = await openProvenSite({ nodes: 3, homes, logs });
  await using storm = await openStorm(site, looksAtOnce);
  await clock.sleep(seconds(5));
  const back: number[] = [];
  const gaps: Gap[] = [];
  const killed = new Map<string, number>();
  for (let time = 1; time <= times; time += 1) {
    const one = dice.one(site.killables);
    await one.kill();
    killed.set(one.name, (killed.get(one.name) ?? 0) + 1);
    const down = dice.between(500, 2500);
    const starting = clock.sleep(milliseconds(down)).then(() => one.start());
    // Connections that were lost are noticed in a moment.
    await clock.sleep(milliseconds(200));
    const length = await storm.unitsAreBack(seconds(60));
    await starting;
    back.push(length ?? Number.POSITIVE_INFINITY);
    await clock.sleep(milliseconds(dice.between(2500, 5000)));
    const now = storm.looks.gaps();
    gaps.push(...now);
    const longest = Math.max(0, ...now.filter(({ failed }) => !failed).map((gap) => gap.length));
    console.log(
      `${String(time).padStart(4)}  ${one.name.padEnd(10)}  down ${printMs(down)}, units back after ${printMs(length)}, longest gap of a look ${printMs(longest)}`,
    );
  }
  await storm.calm(seconds(60));
  gaps.push(...storm.looks.gaps());
  const { isWell, lines } = await judgeStorm(site, storm);
  const late = back.filter((length) => length > backWithin);
  const dark = gaps.filter(({ length, failed }) => !failed && length > liveWithin);
  const sorted = back.toSorted((one, other) => one - other);
  const share = (part: number) => printMs(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]);
  console.log(
    `\n${printLines([
      ['kills', `${back.length}: ${[...killed].map(([name, many]) => `${name} ${many}`).join(', ')}`],
      ...lines,
      ['units back: half / nine tenths / last', `${share(0.5)} / ${share(0.9)} / ${share(1)}`],
      [`  later than ${printMs(backWithin)}`, String(late.length)],
      [
        'gaps of looks longer than 1 s',
        `${gaps.length}, the longest ${printMs(Math.max(0, ...gaps.map(({ length }) => length)))}; ${gaps.filter(({ failed }) => failed).length} failed into a visit or were settled`,
      ],
      [`  dark for longer than ${printMs(liveWithin)}`, String(dark.length)],
    ])}`,
  );
  const isAllWell = isWell && late.length + dark.length === 0;
  if (!isAllWell) console.error(site.lines());
  return isAllWell;
}

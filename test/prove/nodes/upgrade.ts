/**
 * A rolling upgrade in a storm: one node after the other is stopped as systemd stops it, the main one last, and comes back as another build,
 * as docs/operating.md says.
 */
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { openProvenSite } from './site.ts';
import { judgeStorm, longestWaits, openStorm, printLines, printMs } from './storm.ts';

/** A picture at a screen is at most so old, and so is the newest one that is there. */
const picturesWithin = seconds(2);
/** systemd waits for so long (relay/systemd). */
const stopsWithin = seconds(30);

/** @param trees folders of the builds that take turns; undefined: this one. The first is where it begins @returns whether all that is promised has held */
export async function proveUpgrade(
  {
    times,
    homes,
    looksAtOnce,
    logs,
  }: {
    readonly times: number;
    readonly homes: number;
    readonly looksAtOnce: number;
    readonly logs?: string | undefined;
  },
  trees: readonly [string | undefined, string | undefined],
): Promise<boolean> {
  await using site = await openProvenSite({ nodes: 3, homes, logs, tree: trees[0] });
  await using storm = await openStorm(site, looksAtOnce);
  await clock.sleep(seconds(8));
  const undecided: number[] = [];
  const stopping: number[] = [];
  const gaps: number[] = [];
  let oldest = 0;
  for (let time = 1; time <= times; time += 1) {
    const main = await site.main();
    const inTurn = site.nodes.toSorted((one, other) => Number(one.name === main) - Number(other.name === main));
    for (const node of inTurn) {
      const isMain = (await site.main()) === node.name;
      storm.looks.gaps();
      storm.looks.oldest();
      const from = elapsed();
      node.become(trees[time % 2]);
      await node.stop();
      const stopped = elapsed() - from;
      await node.start();
      await storm.unitsAreBack(seconds(30));
      await storm.isDecided(seconds(30));
      // The next one when this one is known to all, and looks have gone on for a while.
      while (!(await site.main()) && elapsed() - from < 60_000) await clock.sleep(milliseconds(200));
      await clock.sleep(seconds(5));
      const found = longestWaits(storm, from);
      const dark = Math.max(0, ...storm.looks.gaps().flatMap(({ length, failed }) => (failed ? [] : [length])));
      const old = storm.looks.oldest();
      undecided.push(found.undecided);
      stopping.push(stopped);
      gaps.push(dark);
      oldest = Math.max(oldest, old);
      console.log(
        `${String(time).padStart(4)}  ${node.name}${isMain ? ', which was main' : ''}: stopped in ${printMs(stopped)}, nothing decided for ${printMs(found.undecided)}, an alarm saved after ${printMs(found.saved)}, longest gap of a look ${printMs(dark)}, oldest picture ${printMs(old)}`,
      );
    }
  }
  await storm.calm(seconds(60));
  const { isWell, lines } = await judgeStorm(site, storm);
  const most = (all: readonly number[]) => Math.max(0, ...all);
  console.log(
    `\n${printLines([
      ['nodes replaced', String(stopping.length)],
      ...lines,
      ['stopped within', printMs(most(stopping))],
      ['longest time without a decision', printMs(most(undecided))],
      ['longest time without a picture at a screen (over 1 s)', most(gaps) === 0 ? 'none' : printMs(most(gaps))],
      ['oldest picture that came to a screen', printMs(oldest)],
    ])}`,
  );
  const isAllWell = isWell && most(gaps) <= picturesWithin && oldest <= picturesWithin && most(stopping) <= stopsWithin;
  if (!isAllWell) console.error(site.lines());
  return isAllWell;
}

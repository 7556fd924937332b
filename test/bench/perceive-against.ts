/** Runs perception of an earlier commit and of this tree in turns, on one core, at the speed of life, and prints what each costs. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openProgress } from '@nattfrid/simulator/progress';
import type { Case } from './case.ts';
import { median } from './median.ts';
import { onOneCore } from './own-process.ts';
import type { RealTimeCost, RealTimeTask } from './real-time.ts';
import { commitOf, root, treeOf } from './tree-of.ts';

const run = promisify(execFile);

/** @param rounds times that both are run; the median counts. @returns exit code */
export async function benchPerceiveAgainst(commit: string, cases: readonly Case[], rounds: number): Promise<number> {
  const found = await commitOf(commit);
  if (!found) {
    console.error(`There is no commit ${commit} in this repository.`);
    return 2;
  }
  await using then = await treeOf(found);
  await run(process.execPath, ['models/build.ts'], { cwd: then.folder });
  using progress = openProgress();
  const costs = new Map<string, { readonly before: RealTimeCost[]; readonly now: RealTimeCost[] }>();
  for (let round = 1; round <= rounds; round++)
    for (const [file, own] of Map.groupBy(cases, (one) => one.file))
      for (const build of ['before', 'now'] as const) {
        progress.report(`round ${round} of ${rounds}: ${build === 'before' ? commit : 'this tree'}, ${file}`);
        const program = join(build === 'before' ? then.folder : root, 'test/bench/real-time.ts');
        const task: RealTimeTask = { file, cases: own, loop: true };
        for (const cost of await onOneCore<readonly RealTimeCost[]>(program, task)) {
          const both = costs.get(cost.name) ?? { before: [], now: [] };
          both[build].push(cost);
          costs.set(cost.name, both);
        }
      }
  progress.clear();
  const words = `median of ${rounds} rounds, in turns, both on the same one core at the speed of life, nobody looking`;
  console.log(`watching one camera: ${commit.slice(0, 12)} beside this tree; ${words}\n`);
  console.log(row('case', 'build', 'decoded/s', 'looked at/s', 'agent %', 'decoder %', 'sum %', 'MB'));
  for (const [name, { before, now }] of costs) {
    const [a, b] = [medianOf(before), medianOf(now)];
    for (const [build, one] of [
      [commit.slice(0, 12), a],
      ['this tree', b],
    ] as const)
      console.log(
        row(
          ...([name, build, one.decoded.toFixed(1), one.analysed.toFixed(1), one.agent.toFixed(1)] as const),
          ...[one.decoder.toFixed(1), (one.agent + one.decoder).toFixed(1), one.megabytes.toFixed(0)],
        ),
      );
    const share = (of: (cost: RealTimeCost) => number) => (of(b) / of(a)).toFixed(2);
    const sum = share((one) => one.agent + one.decoder);
    const memory = share((one) => one.megabytes);
    console.log(
      row(
        '',
        'ratio',
        '',
        share((one) => one.analysed),
        share((one) => one.agent),
        '',
        sum,
        memory,
      ),
    );
  }
  return 0;
}

/** Each figure's own median. */
function medianOf(costs: readonly RealTimeCost[]): RealTimeCost {
  const middle = (of: (cost: RealTimeCost) => number) => median(costs.map(of));
  return {
    name: costs[0]?.name ?? '',
    seconds: middle((one) => one.seconds),
    decoded: middle((one) => one.decoded),
    analysed: middle((one) => one.analysed),
    dropped: middle((one) => one.dropped),
    agent: middle((one) => one.agent),
    decoder: middle((one) => one.decoder),
    megabytes: middle((one) => one.megabytes),
    peak: middle((one) => one.peak),
  };
}

const row = (first: string, ...cells: readonly string[]): string =>
  [first.padEnd(18), ...cells.map((cell) => cell.padStart(14))].join('').trimEnd();

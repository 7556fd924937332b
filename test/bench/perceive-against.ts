/** Runs perception of an earlier commit and of this tree in turns, on one core, at the speed of life, and prints what each costs. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { openProgress } from '@nattfrid/simulator/progress';
import type { Case } from './case.ts';
import { median } from './median.ts';
import { onOneCore } from './own-process.ts';
import type { RealTimeCost, RealTimeTask } from './real-time.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** @param rounds times that both are run; the median counts. @returns exit code */
export async function benchPerceiveAgainst(commit: string, cases: readonly Case[], rounds: number): Promise<number> {
  const found = await run('git', ['-C', root, 'rev-parse', '--verify', `${commit}^{commit}`]).catch(() => undefined);
  if (!found) {
    console.error(`There is no commit ${commit} in this repository.`);
    return 2;
  }
  await using then = await treeOf(found.stdout.trim());
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

/** The commit in a folder of its own, with this tree's npm packages, and the models built as it builds them. */
async function treeOf(commit: string): Promise<AsyncDisposable & { readonly folder: string }> {
  await using made = new AsyncDisposableStack();
  const above = made.adopt(await mkdtemp(join(tmpdir(), 'nattfrid-then-')), (path) => rm(path, { recursive: true }));
  const folder = join(above, 'tree');
  await run('git', ['-C', root, 'worktree', 'add', '--detach', folder, commit]);
  made.defer(() => run('git', ['-C', root, 'worktree', 'remove', '--force', folder]).then(() => {}));
  await linkPackages(join(root, 'node_modules'), join(folder, 'node_modules'));
  await run(process.execPath, ['models/build.ts'], { cwd: folder });
  const all = made.move();
  return { folder, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Packages of others are this tree's; our own are the folder's. */
async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(join(to, '@nattfrid'), { recursive: true });
  for (const name of await readdir(from)) {
    if (name === '@nattfrid') continue;
    await symlink(join(from, name), join(to, name));
  }
  for (const name of await readdir(join(from, '@nattfrid'))) {
    const target = await readlink(join(from, '@nattfrid', name));
    await symlink(resolve(to, '@nattfrid', target), join(to, '@nattfrid', name));
  }
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

/** The measuring program: over each link, looks of an earlier commit and of this tree in turns, from the press to the first picture. */
import { readFileSync } from 'node:fs';
import { asFault } from '@nattfrid/shared/fault/fault';
import { openProgress } from '@nattfrid/simulator/progress';
import { openConsole, type Player } from '../console-player.ts';
import { disturbance } from '../disturbance.ts';
import { homeAddress } from '../network.ts';
import { ping } from '../ping.ts';
import { openLine, profiles } from '../profile.ts';
import { remoteNetwork } from '../remote-network.ts';
import { median } from '../sample.ts';
import { openBrowser, wait } from '../screen.ts';
import { openTrialHome, type TrialHome } from '../trial-home.ts';
import type { FirstTask, WatchedBuild } from './build.ts';
import { measureOnePicture } from './floor.ts';
import { type PageMark, type ProgramMark, stageNames, type Timeline, timelineOf } from './timeline.ts';

interface Side {
  readonly name: string;
  readonly build: WatchedBuild;
  readonly home: TrialHome;
  readonly player: Player;
}

interface Looked {
  /** Milliseconds. */
  readonly first: number;
  readonly timeline: Timeline | undefined;
}

const modes = ['clear', 'silhouette'] as const;
type Mode = (typeof modes)[number];
/** Milliseconds that a look goes on after its first picture. */
const watched = 400;
/** Milliseconds until the programs have written their marks. */
const written = 600;

async function measure(task: FirstTask): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const leave = () => void stack.disposeAsync().finally(() => process.exit(1));
  process.once('SIGTERM', leave);
  process.once('disconnect', leave);
  const progress = stack.use(openProgress());
  const network = stack.use(remoteNetwork());
  await network.shape(openLine);
  const browser = stack.adopt(await openBrowser(task.chromium), (one) => one.close());
  const sides: Side[] = [];
  for (const [index, build] of task.builds.entries()) {
    progress.report(`${build.name}: starting relay, unit and camera`);
    const { clip, certificate, key, inHome } = task;
    const home = stack.use(
      await openTrialHome({ folder: `${task.folder}/home-${index}`, clip, certificate, key, inHome, build }),
    );
    const player = await openConsole(browser, home.home.address, home.home.logIns[0], 'marks.js');
    // Only one of them works while looks are counted.
    await home.agree({ mode: 'clear', watch: 'looks-only' });
    sides.push({ name: build.name, build, home, player });
  }
  const [{ player } = never()] = sides;
  progress.report('coding and decoding one picture');
  const one = await measureOnePicture(player.screen.page);
  progress.clear();
  const { coding, decoding } = one;
  console.log(
    `one picture by itself: coded in ${coding.toFixed(1)} ms, decoded in ${decoding.toFixed(1)} ms; medians below\n`,
  );

  for (const profile of profiles.filter(({ name }) => task.only.length === 0 || task.only.includes(name))) {
    const disturbed = disturbance();
    const found = new Map(modes.map((mode) => [mode, new Map<Side, Looked[]>(sides.map((side) => [side, []]))]));
    for (let round = 0; round < task.rounds; round++)
      // The first in one round is the last in the next.
      for (const side of round % 2 === 0 ? sides : sides.toReversed())
        for (const mode of modes) {
          progress.report(`${profile.name}, round ${round + 1}: ${side.name}, ${mode}`);
          await network.shape(openLine);
          await side.home.agree({ mode, watch: 'always' });
          await side.home.hideCode(mode === 'silhouette');
          await network.shape(profile.shape);
          for (let look = 0; look < task.openings; look++) {
            const looked = await lookOnce(side);
            if (looked) found.get(mode)?.get(side)?.push(looked);
          }
          await network.shape(openLine);
          await side.home.agree({ mode, watch: 'looks-only' });
        }
    await network.shape(profile.shape);
    const [{ home } = never()] = sides;
    const round = median((await ping(homeAddress, home.echoPort, 50)).times);
    progress.clear();
    const floor = round + coding + decoding;
    console.log(`${profile.name}: ${profile.words}`);
    console.log(
      `  floor ${floor.toFixed(0)} ms: once there and back ${round.toFixed(1)}, one picture coded and decoded`,
    );
    for (const mode of modes) print(mode, sides, found.get(mode) ?? new Map(), floor);
    console.log(`  ${disturbed()}\n`);
  }
}

async function lookOnce({ build, home, player }: Side): Promise<Looked | undefined> {
  const { page } = player.screen;
  await page.evaluate('nattfridMarks.splice(0)');
  const opening = await player.look(watched);
  await wait(written);
  const drawnAt = opening?.drawn[0]?.at;
  if (!opening || drawnAt === undefined) {
    console.error(`… no picture came; the unit said last:\n${home.home.agent.lines.slice(-5).join('\n')}`);
    return undefined;
  }
  const marks = (await page.evaluate('nattfridMarks.splice(0)')) as readonly PageMark[];
  const { clickedAt } = opening;
  const within = (path: string) => marksIn(path).filter(({ at }) => at >= clickedAt && at <= drawnAt);
  const timeline = timelineOf({
    ...{ clickedAt, drawnAt, home: homeAddress, page: marks },
    unit: within(build.marks.agent),
    relay: within(build.marks.relay),
  });
  return { first: drawnAt - clickedAt, timeline };
}

const marksIn = (path: string): readonly ProgramMark[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line));

function print(mode: Mode, sides: readonly Side[], found: ReadonlyMap<Side, readonly Looked[]>, floor: number): void {
  const firsts = sides.map((side) => (found.get(side) ?? []).map(({ first }) => first));
  const medians = firsts.map(median);
  const quick = firsts.map(quickest);
  const words = sides.map(({ name }, index) => `${name} ${(medians[index] ?? 0).toFixed(0)} ms`).join(', ');
  const counts = sides.map((side) => (found.get(side) ?? []).length).join(' and ');
  const above = medians.map((one) => (one - floor).toFixed(0)).join(' and ');
  console.log(`\n  ${mode}: ${words}; ratio ${ratio(medians)} (${counts} looks; ${above} ms above the floor)`);
  console.log(
    `    the quickest quarter: ${quick.map((one) => one.toFixed(0)).join(' and ')} ms, ratio ${ratio(quick)}`,
  );
  const lines = sides.map((side) => (found.get(side) ?? []).flatMap(({ timeline }) => timeline ?? []));
  console.log(row('ms: median (quickest quarter)', ...sides.map(({ name }) => name)));
  stageNames.forEach((name, stage) => {
    console.log(row(name, ...lines.map((all) => figure(all.map(({ stages }) => stages[stage] ?? 0)))));
  });
  const sums = lines.map((all) => stageNames.map((_, stage) => all.map(({ stages }) => stages[stage] ?? 0)));
  const sumOf = (of: (values: readonly number[]) => number) => (stages: readonly number[][]) =>
    stages.reduce((sum, values) => sum + of(values), 0);
  console.log(
    row(
      'all of them, added up',
      ...sums.map((one) => `${sumOf(median)(one).toFixed(0)} (${sumOf(quickest)(one).toFixed(0)})`),
    ),
  );
  console.log(row('bytes of the first picture', ...lines.map((all) => figure(all.map(({ bytes }) => bytes)))));
  const asked = lines.map((all) => figure(all.flatMap(({ screenAsked }) => screenAsked ?? [])));
  console.log(row('(beside: screen asked for after)', ...asked));
  console.log(row('looks whose way is known', ...lines.map((all) => `${all.length}`)));
}

const ratio = ([before = 0, now = 0]: readonly number[]): string => (now / before).toFixed(2);
/** What other programs take of the machine makes looks slower and none quicker: of a quarter of them the slowest. */
const quickest = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length / 4) - 1)] ?? 0;
const figure = (values: readonly number[]): string =>
  values.length === 0 ? '–' : `${median(values).toFixed(0)} (${quickest(values).toFixed(0)})`;
const row = (first: string, ...cells: readonly string[]): string =>
  `    ${first.padEnd(36)}${cells.map((cell) => cell.padStart(16)).join('')}`;
const never = (): never => {
  throw new TypeError('there are two builds');
};

try {
  await measure(JSON.parse(process.argv[2] ?? '{}') as FirstTask);
} catch (error) {
  console.error(`live: ${asFault(error).message}`);
  process.exitCode = 1;
}

/**
 * What the console costs a browser with hundreds of homes: bytes on the wire and time of the main thread for the first load of the watch and
 * for an hour's worth of units telling how they are, and ms from a click to the page; beside an earlier commit in the same run.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { openProgress } from '@nattfrid/simulator/progress';
import { alarmsOf, municipalityNight } from '@nattfrid/stand-ins/night/municipality-night';
import { chromiumArgs, findChromium } from '@nattfrid/stand-ins/staff/chromium';
import { openWay, type Way } from '@nattfrid/stand-ins/way';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { startProcess } from './bench-process.ts';
import type { FromRelay, FromUnits, ToRelay, ToUnits } from './console/messages.ts';
import { median } from './median.ts';
import { commitOf, root, treeOf } from './tree-of.ts';

const run = promisify(execFile);
const pages = ['visits', 'units', 'clients', 'people', 'audit', 'more', 'watch'] as const;
const rounds = 3;
/** After the watch is shown: what a page does then is counted apart, until it fetches nothing more ahead. */
const settles = seconds(10);
/** Bytes in two seconds that no file is fetched with; longest wait for it. */
const [hushed, longestSettling] = [4000, seconds(60)];
const beats = 30_000;
/** A machine that has other work to do is waited for: what is measured is the page's own. */
const patience = 240_000;

interface Costs {
  readonly script: number;
  readonly firstScript: number;
  readonly shown: number;
  readonly firstBytes: number;
  readonly firstMain: number;
  readonly thenBytes: number;
  readonly thenMain: number;
  readonly updateBytes: number;
  readonly updateMain: number;
  readonly homesMain: number;
  readonly clicks: ReadonlyMap<string, number>;
  /** MB of the page's own memory once its garbage is collected: at the start of the night, and at these hours of it. */
  readonly heap: readonly number[];
}

/** Hours of a night, and how many times faster than life its beats are told. */
const [nightAt, nightSpeed] = [[0, 1, 2, 4, 6, 8] as const, 60];

interface Asked {
  readonly against?: string | undefined;
  readonly homes: number;
  readonly alarms: number;
  /** A night of 8 h on the watch as well, in eight minutes. */
  readonly night: boolean;
}

/** @returns exit code */
export async function benchConsole({ against, homes, alarms, night }: Asked): Promise<number> {
  const executablePath = findChromium(process.env);
  if (!executablePath) {
    console.error('There is no Chromium on this machine. Name one in NATTFRID_CHROMIUM.');
    return 3;
  }
  const commit = against === undefined ? undefined : await commitOf(against);
  if (against !== undefined && commit === undefined) {
    console.error(`There is no commit ${against} in this repository.`);
    return 2;
  }
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'nattfrid-console-')), (path) =>
    rm(path, { recursive: true }),
  );
  using progress = openProgress();
  const found: [string, Costs][] = [];
  const trees: (readonly [string, string])[] = [['this tree', root]];
  if (commit !== undefined) {
    progress.report(`${against}: its tree`);
    trees.unshift([commit.slice(0, 12), stack.use(await treeOf(commit)).folder]);
  }
  for (const [name, tree] of trees) {
    progress.report(`${name}: building the console`);
    const built = join(folder, name.replace(' ', '-'));
    await buildConsole(tree, built);
    found.push([
      name,
      await costsOf({ tree, built, homes, alarms, executablePath, night }, (at) => progress.report(`${name}: ${at}`)),
    ]);
  }
  progress.clear();
  print(found, homes, alarms);
  return 0;
}

async function buildConsole(tree: string, out: string): Promise<void> {
  const vite = join(tree, 'node_modules/vite/bin/vite.js');
  const words = [vite, 'build', join(tree, 'relay/console'), '--outDir', out, '--emptyOutDir', '--logLevel', 'error'];
  await run(process.execPath, words, { cwd: tree, env: { ...process.env, NODE_ENV: 'production' } });
}

async function costsOf(
  parts: {
    readonly tree: string;
    readonly built: string;
    readonly homes: number;
    readonly alarms: number;
    readonly executablePath: string;
    readonly night: boolean;
  },
  at: (what: string) => void,
): Promise<Costs> {
  const { tree, built, executablePath } = parts;
  await using stack = new AsyncDisposableStack();
  at('a relay with its homes');
  const relay = stack.use(startProcess<ToRelay, FromRelay>('console/relay-process.ts', [tree, built]));
  const { address, token, email, password } = await relay.hear('open');
  const homes = municipalityNight(parts.homes).map(({ silentFor: _, ...home }) => home);
  relay.tell({ type: 'fill', homes, alarms: alarmsOf(homes, parts.alarms, 3) });
  await relay.hear('filled');
  at('its units');
  const units = stack.use(startProcess<ToUnits, FromUnits>('console/units.ts'));
  units.tell({ type: 'connect', address, token, units: homes.map(({ unit }) => unit) });
  await units.hear('connected');
  units.tell({ type: 'beat', every: beats });
  const way = stack.use(await openWay(address, clock));
  const browser = stack.adopt(await chromium.launch({ executablePath, args: [...chromiumArgs] }), (one) => one.close());
  // What a service worker keeps for a network that fails is fetched once, and is no part of a load.
  const anew = (state?: Awaited<ReturnType<BrowserContext['storageState']>>) =>
    browser.newContext({
      serviceWorkers: 'block',
      viewport: { width: 1440, height: 900 },
      ...(state && { storageState: state }),
    });
  at('signing in');
  const first = await anew();
  first.setDefaultTimeout(patience);
  const door = await first.newPage();
  await door.goto(way.url, { timeout: patience });
  await door.locator('input[type=email]').fill(email);
  await door.locator('input[type=password]').fill(password);
  await door.locator('button[type=submit]').click();
  await door.getByTestId('watch').waitFor({ timeout: patience });
  const state = await first.storageState();
  await first.close();

  at('the first load');
  const context = await anew(state);
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const meter = await mainThread(page);
  const began = performance.now();
  const [bytes0, main0] = [way.down, await meter()];
  await page.goto(way.url, { timeout: patience });
  await page.getByTestId('watch').waitFor({ timeout: patience });
  const shown = performance.now() - began;
  const [bytes1, main1] = [way.down, await meter()];
  await clock.sleep(settles);
  await untilHushed(way);
  const [bytes2, main2] = [way.down, await meter()];
  at('updates');
  await clock.sleep(milliseconds(beats));
  const [bytes3, main3] = [way.down, await meter()];
  at('clicks');
  const clicks = new Map<string, number[]>(pages.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of pages.filter((one) => one !== 'units')) clicks.get(name)?.push(await clickTo(page, name));
  // Last: one that does not come within a minute stands still, and so does everything after it.
  at('the page of homes');
  for (let round = 0; round < rounds; round++) {
    const took = await within(clickTo(page, 'units'));
    clicks.get('units')?.push(took);
    if (Number.isNaN(took)) break;
    await clickTo(page, 'watch');
  }
  const isThere = !Number.isNaN(clicks.get('units')?.at(-1)) && !Number.isNaN(await within(clickTo(page, 'units')));
  const homesMain = isThere ? await overABeat(meter) : Number.NaN;
  const heap: number[] = [];
  if (parts.night) {
    await clickTo(page, 'watch');
    units.tell({ type: 'beat', every: beats / nightSpeed });
    let hour = 0;
    for (const next of nightAt) {
      at(`the night: ${next} of 8 h`);
      await clock.sleep(milliseconds((hours(next) - hours(hour)) / nightSpeed));
      hour = next;
      heap.push(await heapOf(page));
    }
  }
  const minutes = beats / 60_000;
  return {
    ...(await scriptsOf(built)),
    shown,
    firstBytes: bytes1 - bytes0,
    firstMain: main1 - main0,
    thenBytes: bytes2 - bytes1,
    thenMain: main2 - main1,
    updateBytes: (bytes3 - bytes2) / minutes,
    updateMain: (main3 - main2) / minutes,
    homesMain: homesMain / minutes,
    clicks: new Map([...clicks].map(([name, all]) => [name, median(all)])),
    heap,
  };
}

async function untilHushed(way: Way): Promise<void> {
  const until = clock.steady() + longestSettling;
  for (let before = -hushed; way.down - before > hushed && clock.steady() < until; ) {
    before = way.down;
    await clock.sleep(seconds(2));
  }
}

/** @returns ms of processor that the page's main thread has used so far, whatever else the machine does */
async function mainThread(page: Page): Promise<() => Promise<number>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}

async function overABeat(meter: () => Promise<number>): Promise<number> {
  await clock.sleep(seconds(3));
  const before = await meter();
  await clock.sleep(milliseconds(beats));
  return (await meter()) - before;
}

/** @returns NaN where it takes longer than a minute */
const within = (asked: Promise<number>): Promise<number> =>
  Promise.race([asked.catch(() => Number.NaN), clock.sleep(seconds(60)).then(() => Number.NaN)]);

/** @returns ms until the page is there and painted */
const clickTo = (page: Page, name: string): Promise<number> =>
  page.evaluate(
    `new Promise((told) => {
      const began = performance.now();
      document.querySelector('[data-testid=nav-${name}]').click();
      const look = () => {
        if (!document.querySelector('main [data-testid=${name}]')) return requestAnimationFrame(look);
        requestAnimationFrame(() => setTimeout(() => told(performance.now() - began)));
      };
      look();
    })`,
  );

/** Compressed as they are by whoever compresses: all that a browser may fetch, and what the page itself names. */
async function scriptsOf(built: string): Promise<{ readonly script: number; readonly firstScript: number }> {
  const page = await readFile(join(built, 'index.html'), 'utf8');
  const files = (await readdir(join(built, 'assets'))).filter((name) => name.endsWith('.js'));
  const sizes = new Map<string, number>();
  const texts = new Map<string, string>();
  for (const name of files) {
    const text = await readFile(join(built, 'assets', name), 'utf8');
    texts.set(name, text);
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    sizes.set(name, brotliCompressSync(text, { params }).length);
  }
  const first = new Set(files.filter((name) => page.includes(name)));
  for (const name of first)
    for (const [, more = ''] of (texts.get(name) ?? '').matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
      first.add(more);
  const sum = (names: Iterable<string>) => [...names].reduce((all, name) => all + (sizes.get(name) ?? 0), 0);
  return { script: sum(files), firstScript: sum(first) };
}

function print(found: readonly (readonly [string, Costs])[], homes: number, alarms: number): void {
  console.log(
    `The console with ${homes} units that each tell every 30 s how they are, and ${alarms} alarms in the database.`,
  );
  console.log('Main thread: ms of processor. Bytes: on the wire. Click to shown: median of three, as a coordinator.\n');
  const row = (name: string, of: (costs: Costs) => number, digits = 0, goal?: string) => {
    const values = found.map(([, costs]) => of(costs));
    const [before, now] = values.length > 1 ? values : [undefined, values[0]];
    const ratio = before === undefined || now === undefined ? '' : (now / before).toFixed(3);
    console.log(
      [
        name.padEnd(46),
        ...values.map((value) => (Number.isNaN(value) ? '> 1 min' : value.toFixed(digits)).padStart(14)),
        ratio.padStart(10),
        `  ${goal ?? ''}`,
      ]
        .join('')
        .trimEnd(),
    );
  };
  console.log(
    ['', ...found.map(([name]) => name), found.length > 1 ? 'ratio' : '']
      .map((cell, index) => (index === 0 ? cell.padEnd(46) : cell.padStart(index > found.length ? 10 : 14)))
      .join(''),
  );
  row('first load: kB until the watch is shown', ({ firstBytes }) => firstBytes / 1000, 1, 'goal: 0.25');
  row('first load: ms of main thread', ({ firstMain }) => firstMain, 0, 'goal: 0.25');
  row('first load: ms by the clock', ({ shown }) => shown);
  row('after it, with what is fetched ahead: kB', ({ thenBytes }) => thenBytes / 1000, 1);
  row('after it: ms of main thread', ({ thenMain }) => thenMain);
  row('updates, a minute: kB', ({ updateBytes }) => updateBytes / 1000, 1, 'goal: 0.25');
  row('updates, a minute: ms of main thread (watch)', ({ updateMain }) => updateMain, 0, 'goal: 0.25');
  row('updates, a minute: ms of main thread (homes)', ({ homesMain }) => homesMain, 0, 'goal: 0.25');
  row('script of the first page, kB (brotli)', ({ firstScript }) => firstScript / 1000, 1, 'goal: 250');
  row('all scripts, kB (brotli)', ({ script }) => script / 1000, 1);
  for (const name of pages)
    row(`click to shown: ${name}, ms`, ({ clicks }) => clicks.get(name) ?? Number.NaN, 0, 'goal: 100');
  for (const [index, hour] of nightAt.entries())
    if (found.some(([, { heap }]) => heap.length > 0))
      row(`memory of the page after ${hour} h of a night, MB`, ({ heap }) => heap[index] ?? Number.NaN, 1);
}

/**
 * What a connected unit costs the relay's process: thousands of paired units as in the field (TLS with a certificate, MQTT in a WebSocket,
 * a second WebSocket that stands by) that announce and beat, and a console that hears their alarms; beside an earlier commit and
 * Debian's mosquitto, in one run.
 */
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { openProgress } from '@nattfrid/simulator/progress';
import type { programs } from '../../packaging/program.ts';
import { startProcess } from './bench-process.ts';
import { median } from './median.ts';
import { brokerMissing, openBroker } from './nodes/broker.ts';
import { desk } from './nodes/filled-relay.ts';
import type { FromFiller, FromRelay, FromUnits, Held, Place, ToRelay, ToUnits } from './nodes/messages.ts';
import { commitOf, root, treeOf } from './tree-of.ts';

const beats = 30_000;
const settles = seconds(5);
/** Alarms that come as they do on a bad night, to see how late they are; then as many as are taken. */
const [calm, calmASecond, underWay] = [200, 20, 64];
/** Units that are there before anything is counted, at most: with them come all of the program's code, and its tables. */
const atFirst = 200;

interface Costs {
  /** Bytes for each unit: all of the process after its garbage is collected, and as it stands; of these JavaScript's, and beside them. */
  readonly resident: number;
  readonly standing: number;
  readonly heap: number;
  readonly committed: number;
  readonly external: number;
  /** ms of processor: of a unit that comes, of one that is there for a minute, of one alarm. */
  readonly comes: number;
  readonly minute: number;
  readonly alarm: number;
  readonly comesASecond: number;
  readonly alarmsASecond: number;
  readonly middle: number;
  readonly late: number;
  readonly missing: number;
  readonly cutOff: number;
}

interface Asked {
  readonly against?: string | undefined;
  readonly units: number;
  readonly minutes: number;
  readonly rounds: number;
  /** Leaves out mosquitto. */
  readonly alone: boolean;
  /** Folder for a profile of the minute and a snapshot of the heap; what is measured then costs more. */
  readonly profile?: string | undefined;
}

/** One whose units are counted: a relay's process, or mosquitto's. */
interface Side extends AsyncDisposable {
  readonly place: Place;
  readonly desk?: { readonly address: string; readonly email: string; readonly password: string };
  held(swept: boolean): Promise<Held>;
  /** @param name of files without their endings @returns what ends and writes it: a profile of the processor, and what lies in the heap */
  profile?(name: string): () => Promise<void>;
}

/** @returns exit code */
export async function benchNodes(asked: Asked): Promise<number> {
  const { against, units, rounds, alone } = asked;
  const commit = against === undefined ? undefined : await commitOf(against);
  if (against !== undefined && commit === undefined) {
    console.error(`There is no commit ${against} in this repository.`);
    return 2;
  }
  await using stack = new AsyncDisposableStack();
  using progress = openProgress();
  const sides: { readonly name: string; readonly open: () => Promise<Side> }[] = [];
  if (commit !== undefined) {
    progress.report(`${against}: its tree`);
    const { folder } = stack.use(await treeOf(commit));
    sides.push({ name: commit.slice(0, 8), open: () => openRelay(folder, units) });
  }
  sides.push({ name: 'this tree', open: () => openRelay(root, units) });
  const missing = alone ? 'left out' : brokerMissing();
  if (!missing) sides.push({ name: 'mosquitto', open: () => openFloor(units) });
  const found = new Map<string, Costs[]>(sides.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++)
    for (const { name, open } of sides) {
      const at = (what: string) => progress.report(`round ${round} of ${rounds}, ${name}: ${what}`);
      at('it starts');
      await using side = await open();
      found.get(name)?.push(await costsOf(side, asked, at));
    }
  progress.clear();
  print(
    [...found].map(([name, all]) => [name, middle(all)] as const),
    asked,
  );
  if (missing && !alone) console.log(`\nNo floor beside it: ${missing}.`);
  return 0;
}

async function openRelay(tree: string, units: number): Promise<Side> {
  await using made = new AsyncDisposableStack();
  const folder = made.adopt(mkdtempSync(join(tmpdir(), 'nattfrid-bench-')), (path) =>
    rmSync(path, { recursive: true, force: true }),
  );
  using filler = startProcess<never, FromFiller>('nodes/fill-relay.ts', [tree, folder, String(units)]);
  const filled = await filler.hear('filled');
  const { programs: its } = (await import(`${tree}/packaging/program.ts`)) as { programs: typeof programs };
  const relay = made.use(
    startProcess<ToRelay, FromRelay>('nodes/relay-process.ts', [tree, folder], {
      flags: ['--expose-gc', ...its.relay.start.flags],
      environment: { ...its.relay.start.environment, ...preloaded(its.relay.start.allocator) },
    }),
  );
  const { units: address, ...at } = await relay.hear('open');
  const all = made.move();
  return {
    place: { units: address, ...filled },
    desk: { ...desk, address: at.address },
    async held(swept) {
      relay.tell({ type: 'measure', swept });
      return (await relay.hear('held')).held;
    },
    profile(folder) {
      const file = join(folder, tree === root ? 'now' : 'then');
      relay.tell({ type: 'profile', file });
      return async () => {
        relay.tell({ type: 'profiled' });
        await relay.hear('profiled');
      };
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** As `packaging/starter.ts` does it. An earlier commit names none. */
function preloaded(allocator: string | undefined): NodeJS.ProcessEnv {
  const [found] = allocator === undefined ? [] : globSync(`/usr/lib/*/${allocator}`);
  if (allocator !== undefined && !found)
    console.error(`${allocator} is not installed: memory is that of the C library.`);
  return found === undefined ? {} : { LD_PRELOAD: found };
}

async function openFloor(units: number): Promise<Side> {
  const broker = await openBroker(units);
  return {
    place: broker.place,
    held: async () => broker.held(),
    [Symbol.asyncDispose]: () => broker[Symbol.asyncDispose](),
  };
}

async function costsOf(side: Side, asked: Asked, at: (what: string) => void): Promise<Costs> {
  const { minutes } = asked;
  const first = Math.min(atFirst, Math.floor(asked.units / 2));
  const many = asked.units - first;
  using units = startProcess<ToUnits, FromUnits>('nodes/units.ts', [], { flags: ['--max-old-space-size=8192'] });
  const { place, desk } = side;
  // What the first ones cost is the program's: its code, and its tables.
  units.tell({ type: 'connect', place, upTo: first, ...(desk && { desk }) });
  await units.hear('connected');
  units.tell({ type: 'beat', every: beats / 10 });
  await clock.sleep(settles);
  units.tell({ type: 'beat', every: beats });
  const empty = await side.held(true);
  at('units come');
  units.tell({ type: 'connect', place, upTo: asked.units, ...(desk && { desk }) });
  const { ms } = await units.hear('connected');
  const came = await side.held(false);
  at('units beat');
  units.tell({ type: 'beat', every: beats });
  // Each has beaten once, and what comes with the first is over.
  await clock.sleep(milliseconds(beats + settles));
  const before = await side.held(false);
  const profile = asked.profile === undefined ? undefined : side.profile?.(asked.profile);
  await clock.sleep(milliseconds(minutes * 60_000));
  const after = await side.held(false);
  const swept = await side.held(true);
  at('alarms');
  const some = Math.min(calm, Math.floor(many / 2));
  units.tell({ type: 'alarms', from: 0, count: some, aSecond: calmASecond });
  const late = await units.hear('alarmed');
  const quiet = await side.held(false);
  units.tell({ type: 'alarms', from: some, count: asked.units - some, underWay });
  const storm = await units.hear('alarmed');
  const stormed = await side.held(false);
  // Last: the snapshot holds the process up for so long that its units are cut off.
  await profile?.();
  const ages = late.ages.toSorted((a, b) => a - b);
  return {
    resident: (swept.resident - empty.resident) / many,
    standing: (after.resident - empty.resident) / many,
    heap: (swept.heap - empty.heap) / many,
    committed: (swept.committed - empty.committed) / many,
    external: (swept.external - empty.external) / many,
    comes: (came.cpu - empty.cpu) / many,
    minute: (after.cpu - before.cpu) / asked.units / minutes,
    alarm: (stormed.cpu - quiet.cpu) / Math.max(1, storm.ages.length),
    comesASecond: (1000 * many) / ms,
    alarmsASecond: (1000 * storm.ages.length) / storm.ms,
    middle: median(ages),
    late: ages[Math.ceil(ages.length * 0.99) - 1] ?? Number.NaN,
    missing: late.missing + storm.missing,
    cutOff: storm.cutOff,
  };
}

const middle = (all: readonly Costs[]): Costs => {
  const of = (name: keyof Costs) => median(all.map((one) => one[name]));
  const names = Object.keys(all[0] ?? {}) as (keyof Costs)[];
  return Object.fromEntries(names.map((name) => [name, of(name)])) as unknown as Costs;
};

function print(found: readonly (readonly [string, Costs])[], { against, units, minutes, rounds }: Asked): void {
  console.log(
    `${units} units, each with two connections (TLS 1.3 with its certificate, WebSocket): one of MQTT that beats every 30 s, one that stands by.`,
  );
  console.log(
    `Of the ${rounds > 1 ? `process alone, median of ${rounds} rounds in turns` : 'process alone'}; a minute is one of ${minutes} after the first beats.\n`,
  );
  const names = found.map(([name]) => name);
  const isAgainst = against !== undefined;
  const line = (cells: readonly string[]) =>
    console.log(
      cells
        .map((cell, index) => (index === 0 ? cell.padEnd(58) : cell.padStart(12)))
        .join('')
        .trimEnd(),
    );
  line(['', ...names, ...(isAgainst ? ['ratio'] : [])]);
  const row = (name: string, of: (costs: Costs) => number, digits: number) => {
    const values = found.map(([, costs]) => of(costs));
    const [before = Number.NaN, now = Number.NaN] = values;
    const words = values.map((value) => (Number.isNaN(value) ? '-' : value.toFixed(digits)));
    line([name, ...words, ...(isAgainst ? [(now / before).toFixed(2)] : [])]);
  };
  row('memory of a unit, kB: resident, garbage collected', ({ resident }) => resident / 1000, 1);
  row('memory of a unit, kB: resident, as it stands', ({ standing }) => standing / 1000, 1);
  row("  of it JavaScript's objects", ({ heap }) => heap / 1000, 1);
  row('  of it set aside for these, in use or not', ({ committed }) => committed / 1000, 1);
  row('  of it buffers beside them', ({ external }) => external / 1000, 1);
  row('a unit that is there and beats: ms of processor a minute', ({ minute }) => minute, 2);
  row('a unit that comes: ms of processor', ({ comes }) => comes, 2);
  row('units that come, a second (by the clock)', ({ comesASecond }) => comesASecond, 0);
  row('an alarm to a console: ms of processor', ({ alarm }) => alarm, 2);
  row('alarms to a console, a second (by the clock)', ({ alarmsASecond }) => alarmsASecond, 0);
  row(`from unit to console, ms: half of them (${calmASecond} a second)`, (costs) => costs.middle, 1);
  row('from unit to console, ms: 99 of 100', ({ late }) => late, 1);
  row('alarms that did not come within 20 s', ({ missing }) => missing, 0);
  row('connections that were cut off', ({ cutOff }) => cutOff, 0);
}

/**
 * Faults between three nodes, PostgreSQL and NATS, each in a network namespace of its own: late, lost, doubled and overtaking packets, cuts in
 * one direction and in both, two nodes without the third, clocks that differ. In a storm, at random, one after the other.
 */
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Dice } from '../../bench/staffed-night/dice.ts';
import { type FaultyNetwork, openFaultyNetwork, type WayFault } from './network.ts';
import { clocksMissing, nodeNames, openProvenSite, type ProvenSite } from './site.ts';
import { type Judged, judgeStorm, longestWaits, openStorm, printLines, printMs } from './storm.ts';

/** Who is who when a fault begins. */
interface Cast {
  readonly main: string;
  readonly doors: readonly [string, string];
  readonly network: FaultyNetwork;
  readonly site: ProvenSite;
  readonly dice: Dice;
}

interface Fault {
  readonly kind: string;
  begin(cast: Cast): Promise<string>;
}

const cut: WayFault = { cut: true };
const services = ['NATS', 'PostgreSQL'] as const;
const nameOf = { NATS: 'nats', PostgreSQL: 'postgres' } as const;

async function both({ network }: Cast, one: string, other: string, fault: WayFault): Promise<void> {
  await network.way(one, other, fault);
  await network.way(other, one, fault);
}

/** All ways of the node, or of all. */
async function everywhere(cast: Cast, fault: WayFault): Promise<void> {
  const all = [cast.main, ...cast.doors, 'nats', 'postgres'];
  for (const from of all) for (const to of all) if (from !== to) await cast.network.way(from, to, fault);
}

/** A pair that speaks with each other. */
function pairOf({ main, doors, dice }: Cast): readonly [string, string] {
  const door = dice.one(doors);
  return dice.one([
    [main, 'nats'],
    [main, 'postgres'],
    [door, 'nats'],
    [door, 'postgres'],
    [door, main],
  ] as const);
}

const shaped = (kind: string, fault: (dice: Dice) => WayFault): Fault => ({
  kind,
  async begin(cast) {
    const given = fault(cast.dice);
    if (cast.dice.roll() < 0.3) {
      await everywhere(cast, given);
      return `everywhere, ${JSON.stringify(given)}`;
    }
    const [one, other] = pairOf(cast);
    await both(cast, one, other, given);
    return `${one} and ${other}, ${JSON.stringify(given)}`;
  },
});

const cutOff = (kind: string, pick: (cast: Cast) => readonly [string, string], way: 'to' | 'from' | 'both'): Fault => ({
  kind,
  async begin(cast) {
    const [one, other] = pick(cast);
    if (way !== 'from') await cast.network.way(one, other, cut);
    if (way !== 'to') await cast.network.way(other, one, cut);
    return way === 'both' ? `${one} | ${other}` : way === 'to' ? `${one} -x-> ${other}` : `${one} <-x- ${other}`;
  },
});

const split = (third: 'main' | 'door'): Fault => ({
  kind: `two nodes without the third, which is ${third === 'main' ? 'main' : 'none'}`,
  async begin(cast) {
    const { main, doors, dice } = cast;
    const alone = third === 'main' ? main : dice.one(doors);
    const others = [main, ...doors].filter((one) => one !== alone);
    const withIt = services.filter(() => dice.roll() < 0.5);
    for (const other of others) await both(cast, alone, other, cut);
    for (const service of services)
      for (const one of withIt.includes(service) ? others : [alone]) await both(cast, one, nameOf[service], cut);
    return `${alone} alone, with ${withIt.length === 0 ? 'no service' : withIt.join(' and ')}`;
  },
});

const door = ({ doors, dice }: Cast) => dice.one(doors);
const faults: readonly Fault[] = [
  shaped('late: 200 ± 100 ms', () => ({ delay: 200, jitter: 100 })),
  shaped('5 to 30 % lost', (dice) => ({ loss: Math.round(dice.between(5, 30)) / 100 })),
  shaped('doubled and overtaking', () => ({ delay: 20, jitter: 20, twice: 0.2, overtakes: 0.3 })),
  ...services.flatMap((service) => [
    cutOff(`main node and ${service} cut`, ({ main }) => [main, nameOf[service]], 'both'),
    cutOff(`main node is not heard by ${service}`, ({ main }) => [main, nameOf[service]], 'to'),
    cutOff(`main node does not hear ${service}`, ({ main }) => [main, nameOf[service]], 'from'),
    cutOff(`door and ${service} cut`, (cast) => [door(cast), nameOf[service]], 'both'),
    cutOff(`door and ${service}, one way`, (cast) => [door(cast), nameOf[service]], 'to'),
  ]),
  cutOff('door and main node cut', (cast) => [door(cast), cast.main], 'both'),
  cutOff('door and main node, one way', (cast) => [door(cast), cast.main], 'from'),
  split('main'),
  split('door'),
  {
    kind: 'clocks off by up to five minutes',
    async begin({ main, doors, site, dice }) {
      const off = [main, ...doors].map((name) => [name, Math.round(dice.between(-300, 300))] as const);
      for (const [name, by] of off) site.nodes.find((one) => one.name === name)?.clockOff(by);
      // Whoever is main next has another clock.
      if (dice.roll() < 0.7) {
        const one = site.nodes.find(({ name }) => name === main);
        await one?.kill();
        await one?.start();
      }
      return off.map(([name, by]) => `${name} ${by} s`).join(', ');
    },
  },
];

interface Seen {
  times: number;
  undecided: number;
  answered: number;
  saved: number;
  heard: number;
  back: number;
  dark: number;
  failed: number;
  oldest: number;
  shown: number;
  open: number;
  whole: number;
}

/** After a fault is over everything goes on within. */
const wholeWithin = seconds(30);
/** A screen that no node can reach with a word is shown a look no longer than so after its end. */
const shownAtMost = seconds(12);

/** @returns whether all that is promised has held */
export async function proveFaults(
  {
    times,
    homes,
    looksAtOnce,
    logs,
    only,
  }: {
    readonly logs?: string | undefined;
    readonly times: number;
    readonly homes: number;
    readonly looksAtOnce: number;
    readonly only?: string | undefined;
  },
  dice: Dice,
): Promise<boolean> {
  await using network = await openFaultyNetwork([...nodeNames(3), 'postgres', 'nats']);
  await using site = await openProvenSite({ nodes: 3, homes, network, logs });
  noteWriters(site);
  await using storm = await openStorm(site, looksAtOnce);
  await clock.sleep(seconds(5));
  const missing = clocksMissing();
  if (missing) console.log(missing);
  const chosen = faults.filter(
    ({ kind }) => (only === undefined || kind.includes(only)) && !(missing && kind.startsWith('clocks')),
  );
  const seen = new Map<string, Seen>();
  let rest: Fault[] = [];
  for (let time = 1; time <= times; time += 1) {
    // Each as often as any other, in an order that nobody knows.
    if (rest.length === 0) rest = [...chosen];
    const fault = dice.one(rest);
    rest = rest.filter((one) => one !== fault);
    const main = (await site.main()) ?? (await lastMain(site)) ?? 'node-1';
    const doors = nodeNames(3).filter((name) => name !== main) as unknown as Cast['doors'];
    for (const unit of storm.units) unit.outages();
    storm.looks.oldest();
    storm.consoles.answered();
    const from = elapsed();
    const words = await fault.begin({ main, doors, network, site, dice });
    await clock.sleep(milliseconds(dice.between(4000, 14_000)));
    await network.heal();
    const healed = elapsed();
    await storm.unitsAreBack(wholeWithin);
    await storm.isDecided(wholeWithin);
    while (!(storm.consoles.allHear && (await site.main())) && elapsed() - healed < wholeWithin)
      await clock.sleep(milliseconds(200));
    const whole = elapsed() - healed;
    await clock.sleep(milliseconds(dice.between(2000, 4000)));
    const gaps = storm.looks.gaps();
    const waits = longestWaits(storm, from);
    const ended = storm.looks.afterEnd();
    const one: Seen = {
      times: 1,
      ...waits,
      answered: storm.consoles.answered(),
      back: Math.max(0, ...storm.units.flatMap((unit) => unit.outages())),
      dark: Math.max(0, ...gaps.filter(({ failed }) => !failed).map(({ length }) => length)),
      failed: gaps.filter(({ failed }) => failed).length,
      oldest: storm.looks.oldest(),
      shown: Math.max(0, ...ended.shown),
      open: Math.max(0, ...ended.open),
      whole,
    };
    seen.set(fault.kind, together(seen.get(fault.kind), one));
    console.log(
      `${new Date().toISOString().slice(11, 19)} ${String(time).padStart(4)}  ${fault.kind}: ${words}; main was ${main}. Nothing decided for ${printMs(one.undecided)}, an answer after ${printMs(one.answered)}; saved after ${printMs(one.saved)}, on a screen after ${printMs(one.heard)}, unit back ${printMs(one.back)}, look dark ${printMs(one.dark)}, shown after its end ${printMs(one.shown)}, whole ${printMs(one.whole)} after the fault`,
    );
  }
  await storm.calm(seconds(60));
  const { isWell, lines } = await judgeStorm(site, storm);
  const writers = judgeWriters(site);
  const all = [...seen.values()].reduce<Seen | undefined>(together, undefined);
  console.log(`\n${tableOf(seen)}\n\n${printLines([...lines, ...writers.lines])}`);
  const isLate = all === undefined || all.whole > wholeWithin || all.shown > shownAtMost;
  if (isLate)
    console.log(
      `Not within ${printMs(wholeWithin)} after a fault, or shown for longer than ${printMs(shownAtMost)} after its end.`,
    );
  const isAllWell = isWell && writers.isWell && !isLate;
  if (!isAllWell) console.error(site.lines());
  return isAllWell;
}

async function lastMain(site: ProvenSite): Promise<string | undefined> {
  for (let tries = 0; tries < 25; tries += 1) {
    const main = await site.main();
    if (main) return main;
    await clock.sleep(milliseconds(200));
  }
  return undefined;
}

function together(before: Seen | undefined, one: Seen): Seen {
  if (!before) return { ...one };
  const most = (name: keyof Seen) => Math.max(before[name], one[name]);
  return {
    times: before.times + one.times,
    failed: before.failed + one.failed,
    undecided: most('undecided'),
    answered: most('answered'),
    saved: most('saved'),
    heard: most('heard'),
    back: most('back'),
    dark: most('dark'),
    oldest: most('oldest'),
    shown: most('shown'),
    open: most('open'),
    whole: most('whole'),
  };
}

function tableOf(seen: ReadonlyMap<string, Seen>): string {
  const head = [
    'fault',
    'times',
    'nothing decided',
    'a person’s answer',
    'alarm saved',
    'on a screen',
    'unit back',
    'look live',
    'failed',
    'oldest picture',
    'shown after end',
    'unit knows of the end',
    'whole after it',
  ];
  const rows = [...seen].map(([kind, one]) => [
    kind,
    String(one.times),
    ...[one.undecided, one.answered, one.saved, one.heard, one.back, one.dark].map(printMs),
    String(one.failed),
    ...[one.oldest, one.shown, one.open, one.whole].map(printMs),
  ]);
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Each line of the audit log says from which node it was written, and who was main then. */
function noteWriters(site: ProvenSite): void {
  site.sql(`
    create schema proof;
    create table proof.written (number bigserial, node text, term bigint);
    create function proof.note() returns trigger language plpgsql as $$ begin
      insert into proof.written (node, term) select coalesce(host(inet_client_addr()), 'here'), term from nattfrid_nodes.main where slot = 1;
      return null;
    end $$;
    create trigger note after insert on nattfrid.audit for each row execute function proof.note();`);
}

/** In one term one node writes, and after it none of an earlier. */
function judgeWriters(site: ProvenSite): Judged {
  const [terms, many] = site.sql("select count(distinct term) || '|' || count(*) from proof.written").split('|');
  const both = Number(
    site.sql(
      'select count(*) from (select term from proof.written group by term having count(distinct node) > 1) as two',
    ),
  );
  const back = Number(
    site.sql(
      'select count(*) from (select term, lag(term) over (order by number) as before from proof.written) as all_of_them where term < before',
    ),
  );
  return {
    isWell: both === 0 && back === 0 && Number(many) > 0,
    lines: [
      ['main nodes one after the other', `${terms}, with ${many} lines in the audit log`],
      ['  two that saved in one term', String(both)],
      ['  one that saved after the next', String(back)],
    ],
  };
}

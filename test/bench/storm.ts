/** Kills relay and units at random points of a storm of alarms, fills the relay's disk, steps its clock, and counts what is lost. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openAudit } from '@nattfrid/relay/audit/audit';
import { lookAt } from '@nattfrid/relay/backup/look-at';
import { openStore } from '@nattfrid/relay/store/database';
import { addUnit } from '@nattfrid/relay/units/add-unit';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { freePort } from '@nattfrid/stand-ins/free-port';
import { type Child, openChild } from './storm/child.ts';
import { openStormDisk } from './storm/disk.ts';
import { openFalseClock } from './storm/false-clock.ts';
import { inSeconds, tellFigures } from './storm/figures.ts';
import { alarmsIn, openLedger } from './storm/ledger.ts';
import type { UnitTask } from './storm/unit.ts';

const many = 20;
/** Silence is counted as the product counts it, so many times faster. */
const faster = 15;
const [lateAfter, silentAfter, beat, promised] = [45, 90, 30, 180].map((real) => real / faster) as [
  number,
  number,
  number,
  number,
];
const downFor = 15;
const findingEvery = 4;
const diskMegabytes = 32;
const steps = [-3600, -300, 0, 600, 7200];
const longestSettling = 120;
const programs = {
  relay: fileURLToPath(import.meta.resolve('@nattfrid/relay/main')),
  unit: fileURLToPath(new URL('storm/unit.ts', import.meta.url)),
};
const between = (from: number, to: number) => from + (to - from) * Math.random();
const any = <One>(list: readonly One[]): One => list[Math.floor(Math.random() * list.length)]!;

interface StormUnit {
  readonly name: string;
  readonly child: Child;
  startedAt: number;
  up: boolean;
  /** It runs, and has been without the relay since then. */
  lostAt: number | undefined;
  empty: boolean;
  /** It is to stay down for now. */
  down: boolean;
}

/** @param kills how many in all, of relay and units @returns exit code: 0, also where something was lost: the figures say so */
export async function storm(kills: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-storm-'));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const disk = stack.use(openStormDisk(join(folder, 'disk'), diskMegabytes));
  const wall = openFalseClock(join(folder, 'clock'));
  const database = join(disk.folder, 'relay.sqlite');
  const port = await freePort();
  const ledger = openLedger();
  const recoveries = { relay: [] as number[], unit: [] as number[], link: [] as number[] };
  let relayDownAt: number | undefined;
  const away = { since: undefined as number | undefined, inAll: 0 };
  const relayHeard = (line: string) => {
    if (!line.startsWith('http')) return;
    if (away.since !== undefined) away.inAll += elapsed() - away.since;
    away.since = undefined;
    // It has said its address: it is open, and counts silences from here.
    ledger.free();
  };

  const relay = stack.use(
    openChild(programs.relay, [], { ...process.env, ...relaySettings(database, port), ...wall?.environment }, (line) =>
      relayHeard(line),
    ),
  );
  const units: StormUnit[] = [];
  const heard = (unit: StormUnit, line: string) => {
    ledger.heard(unit.name, line);
    if (line === 'down') {
      unit.up = false;
      unit.lostAt ??= elapsed();
    }
    if (line === 'empty') unit.empty = true;
    if (line !== 'up') return;
    unit.up = true;
    recoveries.unit.push(elapsed() - unit.startedAt);
    // Only the first connection after its own start is its own recovery.
    unit.startedAt = Number.POSITIVE_INFINITY;
    if (unit.lostAt !== undefined) recoveries.link.push(elapsed() - unit.lostAt);
    unit.lostAt = undefined;
    // The first unit that is connected again shows that the relay is back.
    if (relayDownAt === undefined) return;
    recoveries.relay.push(elapsed() - relayDownAt);
    relayDownAt = undefined;
  };
  for (const task of await newUnits(database, folder, port)) {
    const env = { ...process.env };
    const unit: StormUnit = {
      name: task.unit,
      child: stack.use(openChild(programs.unit, [JSON.stringify(task)], env, (line) => heard(unit, line))),
      ...{ startedAt: 0, up: false, lostAt: undefined, empty: false, down: false },
    };
    units.push(unit);
  }
  const startUnit = (unit: StormUnit) => {
    unit.down = false;
    ledger.back(unit.name);
    unit.startedAt = elapsed();
    unit.child.start();
  };

  say(`${many} units, ${kills} kills; findings of each about every ${findingEvery} s.`);
  say(
    `Silence is counted ${faster} times faster than it is by default: late after ${lateAfter} s, silent after ${silentAfter} s, a beat each ${beat} s; «3 minutes» is ${promised} s.`,
  );
  say(
    disk.small
      ? `The relay's disk has ${diskMegabytes} MB, fills up and empties.`
      : 'SKIPPED: a disk that fills up: only root may mount one.',
  );
  say(
    wall
      ? `The relay's wall clock steps by ${steps.join(', ')} s beside the true time.`
      : 'SKIPPED: a clock that steps: faketime is not there (Debian: faketime).',
  );
  const began = elapsed();
  relay.start();
  for (const unit of units) startUnit(unit);
  while (!units.every((one) => one.up)) await clock.sleep(seconds(0.2));
  say(`All are connected after ${inSeconds(elapsed() - began)}.\n`);

  const looking = every(0.5, () => ledger.look(database));
  const weather = [
    disk.small &&
      every(12, async () => {
        disk.small?.fill();
        await clock.sleep(seconds(4));
        disk.small?.empty();
        ledger.free();
      }),
    wall && every(17, async () => wall.step(any(steps))),
  ];
  const killed = { relay: 0, unit: 0 };
  const returns: Promise<void>[] = [];
  for (let kill = 0; kill < kills; kill++) {
    await clock.sleep(seconds(between(0.5, 3.5)));
    if (Math.random() < 0.3) {
      killed.relay++;
      await relay.kill();
      // Lines of before the kill have been heard by now.
      await clock.sleep(seconds(0.05));
      relayDownAt ??= elapsed();
      away.since ??= elapsed();
      for (const unit of units) unit.up = false;
      await clock.sleep(seconds(between(0, 1)));
      relay.start();
      continue;
    }
    const unit = any(units.filter((one) => !one.down));
    killed.unit++;
    unit.down = true;
    unit.up = false;
    await unit.child.kill();
    unit.lostAt = undefined;
    const long = Math.random() < 0.35;
    if (long) ledger.fellSilent(unit.name);
    returns.push(clock.sleep(seconds(long ? downFor : between(0.2, 1))).then(() => startUnit(unit)));
  }
  await Promise.all(returns);
  for (const one of weather) await one?.[Symbol.asyncDispose]();
  disk.small?.empty();
  wall?.step(0);

  const calmAt = elapsed();
  for (const unit of units) unit.empty = false;
  while (elapsed() - calmAt < longestSettling * 1000 && !units.every((one) => one.empty)) {
    for (const unit of units) unit.child.write('calm');
    await clock.sleep(seconds(0.5));
  }
  const settled = elapsed() - calmAt;
  await looking[Symbol.asyncDispose]();
  await ledger.look(database);
  for (const unit of units) await unit.child.kill();
  await relay.kill();

  const { audit } = await lookAt(database);
  const timesOut = { kills: killed, lastedFor: calmAt - began, settled, ended: relay.ended, away: away.inAll };
  const allEmpty = units.every((one) => one.empty);
  tellFigures({ ledger, there: await alarmsIn(database), recoveries, audit, promised, allEmpty, ...timesOut });
  return 0;
}

const say = (line: string): void => console.log(line);

function every(everySeconds: number, run: () => Promise<void> | void): AsyncDisposable {
  const ended = new AbortController();
  const going = (async () => {
    for (;;) {
      await clock.sleep(seconds(everySeconds), ended.signal).catch(() => {});
      if (ended.signal.aborted) return;
      await run();
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      ended.abort();
      await going;
    },
  };
}

function relaySettings(database: string, port: number): NodeJS.ProcessEnv {
  return {
    NATTFRID_DATABASE: database,
    NATTFRID_SECRET: randomBytes(24).toString('hex'),
    NATTFRID_PORT: String(port),
    NATTFRID_LOG_LEVEL: 'silent',
    NATTFRID_LATE_AFTER_SECONDS: String(lateAfter),
    NATTFRID_SILENT_AFTER_SECONDS: String(silentAfter),
  };
}

async function newUnits(database: string, folder: string, port: number): Promise<readonly UnitTask[]> {
  await using store = await openStore(database);
  const audit = openAudit(store, clock);
  const tasks: UnitTask[] = [];
  for (let number = 1; number <= many; number++) {
    const unit = `unit-${number}` as UnitId;
    const added = await addUnit({ store, audit, clock }, { unit, client: `Home ${number}`, publicKey: 'k'.repeat(43) });
    if (added instanceof Fault) throw added;
    tasks.push({
      unit,
      token: added.token,
      relay: `http://127.0.0.1:${port}`,
      database: join(folder, `${unit}.sqlite`),
      heartbeatSeconds: beat,
      findingEverySeconds: findingEvery,
    });
  }
  return tasks;
}

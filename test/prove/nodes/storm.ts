/** A storm over a site: alarms and looks without end, people at consoles, and what has become of all of it. */
import { checkAudit } from '@nattfrid/relay/audit/check-audit';
import { openToRead } from '@nattfrid/relay/store/database';
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, printDuration, seconds } from '@nattfrid/shared/time/duration';
import { openStormConsoles, type StormConsoles } from './consoles.ts';
import { openStormLooks, type StormLooks } from './looks.ts';
import type { ProvenSite } from './site.ts';
import { openStormUnit, type StormUnit } from './unit.ts';

export interface Storm extends AsyncDisposable {
  readonly units: readonly StormUnit[];
  readonly looks: StormLooks;
  readonly consoles: StormConsoles;
  /** @returns milliseconds until every unit has a connection; undefined: not within this time */
  unitsAreBack(within: Duration): Promise<number | undefined>;
  /** @returns milliseconds until everything that was raised before is saved; undefined: not within this time */
  isDecided(within: Duration): Promise<number | undefined>;
  /** Raises nothing more, and waits until what is under way is over. */
  calm(within: Duration): Promise<void>;
}

const alarmEvery = milliseconds(700);

/** @param looksAtOnce so many are open at any time; fewer than there are units */
export async function openStorm(site: ProvenSite, looksAtOnce: number): Promise<Storm> {
  await using stack = new AsyncDisposableStack();
  const units = site.units.map((one) => openStormUnit(one, site.addresses));
  stack.defer(() => {
    for (const unit of units) unit.stop();
  });
  const [watched, others] = [units.slice(0, looksAtOnce), units.slice(looksAtOnce)];
  const anyone = () => others[Math.floor(Math.random() * others.length)]!;
  const alarms = stack.use(clock.every(alarmEvery, () => void anyone().raise()));
  const isWatched = (unit: string) => watched.some((one) => one.unit === unit);
  const consoles = openStormConsoles(site.addresses.length, site, isWatched);
  stack.defer(() => consoles.stop());
  const until = async (is: () => boolean, within: Duration, every = milliseconds(50)) => {
    const began = elapsed();
    while (!is()) {
      if (elapsed() - began > within) return undefined;
      await clock.sleep(every);
    }
    return elapsed() - began;
  };
  const unitsAreBack = (within: Duration) =>
    until(() => units.every(({ awaySince }) => awaySince === undefined), within);
  await unitsAreBack(seconds(60));
  const looks = openStormLooks(looksAtOnce, site, watched);
  stack.defer(() => looks.stop());
  const owned = stack.move();
  return {
    units,
    looks,
    consoles,
    unitsAreBack,
    isDecided(within) {
      anyone().raise();
      const raised = units.flatMap(({ alarms: all }) =>
        [...all.values()].filter(({ savedAt }) => savedAt === undefined),
      );
      return until(() => raised.every(({ savedAt }) => savedAt !== undefined), within, milliseconds(20));
    },
    async calm(within) {
      alarms[Symbol.dispose]();
      await looks.stop();
      await until(() => units.every(({ waiting }) => waiting === 0), within);
      // What was saved last is on its way to the screens.
      const saved = units.flatMap(({ alarms: all }) => [...all.keys()]);
      await until(() => saved.every((alarm) => consoles.heard.has(alarm)), seconds(15));
      consoles.stop();
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Longest waits of alarms that were saved since `from`, or wait still; and the longest time in which none was saved; in milliseconds. */
export function longestWaits({ units, consoles }: Storm, from: number) {
  const now = elapsed();
  let [saved, heard] = [0, 0];
  const moments = units.flatMap(({ alarms }) => [...alarms.values()].flatMap(({ savedAt }) => savedAt ?? []));
  const all = [from, ...moments.filter((at) => at >= from).toSorted((one, other) => one - other), now];
  const undecided = Math.max(...all.slice(1).map((at, index) => at - (all[index] ?? at)));
  for (const { alarms } of units)
    for (const [alarm, { raisedAt, savedAt = now }] of alarms) {
      if (savedAt < from) continue;
      saved = Math.max(saved, savedAt - raisedAt);
      const heardAt = consoles.heard.get(alarm);
      if (heardAt !== undefined && heardAt >= from) heard = Math.max(heard, heardAt - raisedAt);
    }
  return { saved, heard, undecided };
}

export interface Judged {
  readonly isWell: boolean;
  /** Lines of a table: what, and how much. */
  readonly lines: readonly (readonly [string, string])[];
}

/** What holds after every storm, whatever was done to the nodes: nothing is lost or doubled, everything was on a screen, and the log is one chain. */
export async function judgeStorm(site: ProvenSite, { units, consoles, looks }: Storm): Promise<Judged> {
  const acknowledged = units.flatMap((unit) => unit.acknowledged);
  const db = openToRead(site.database);
  const rows = await db.selectFrom('alarms').select(['alarm']).execute();
  // Of one that says the same again and again the relay makes one alarm, and keeps each in it.
  const held = await db.selectFrom('held_alarms').select(['alarm', 'into_alarm']).execute();
  const visits = await db.selectFrom('visits').select('visit').execute();
  const made = await db.selectFrom('looks').select(['unit', 'alarm']).where('alarm', 'is not', null).execute();
  await db.destroy();
  const into = new Map(held.map(({ alarm, into_alarm }) => [alarm, into_alarm]));
  const kept = [...rows, ...held].map(({ alarm }) => alarm);
  const all = new Set(kept);
  const lost = acknowledged.filter((alarm) => !all.has(alarm));
  const doubled = kept.length - all.size + (acknowledged.length - new Set(acknowledged).size);
  const unheard = acknowledged.filter(
    (alarm) => !consoles.heard.has(alarm) && !consoles.heard.has(into.get(alarm) ?? ''),
  );
  const waiting = units.reduce((sum, unit) => sum + unit.waiting, 0);
  const twice = made.length - new Set(made.map(({ unit, alarm }) => `${unit} ${alarm}`)).size;
  const besides = units.flatMap((unit) => unit.besides);
  const { whole, words } = await checkAudit(site.database, undefined);
  return {
    isWell: lost.length + doubled + unheard.length + waiting + twice === 0 && whole,
    lines: [
      ['alarms acknowledged', String(acknowledged.length)],
      ['  lost after they were acknowledged', String(lost.length)],
      ['  there twice', String(doubled)],
      ['  on no operator’s screen', String(unheard.length)],
      ['  not acknowledged at the end', String(waiting)],
      ['  not answered in 20 s, and said again', String(units.reduce((sum, unit) => sum + unit.unanswered, 0))],
      ['  closed by a person', String(consoles.closed)],
      ['visits', String(visits.length)],
      ['looks opened', `${looks.opened} (${looks.refused} could not be)`],
      ['  made twice for one alarm', String(twice)],
      ['  refused, as the unit had not heard of the end of another', String(besides.length)],
      ['audit log', words.split('\n')[0] ?? ''],
    ],
  };
}

export const printMs = (length: number | undefined): string =>
  length === undefined || !Number.isFinite(length) ? 'never' : printDuration(milliseconds(length));

export const printLines = (lines: Judged['lines']): string => {
  const widest = Math.max(...lines.map(([what]) => what.length));
  return lines.map(([what, much]) => `${what.padEnd(widest)}  ${much}`).join('\n');
};

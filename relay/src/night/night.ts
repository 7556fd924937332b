/** The night as it is staffed, watched: who has gone with something in hand, and which window has too many looks for those at work. */
import { nightOf } from '@nattfrid/shared/desk/night-of';
import type { NightView } from '@nattfrid/shared/desk/night-view';
import { firstOrganisation } from '@nattfrid/shared/desk/organisation';
import { workLoad } from '@nattfrid/shared/desk/work-load';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import type { Alarms } from '../alarms/alarms.ts';
import type { Looks } from '../looks/looks.ts';
import type { Operators } from '../operators/operators.ts';
import type { Rounds } from '../round/round.ts';
import { openAlarms } from '../store/alarms-table.ts';
import type { Db, Store } from '../store/database.ts';
import { fromMemory } from '../store/from-memory.ts';
import { looksInState } from '../store/looks-table.ts';
import { findOperator } from '../store/operators-table.ts';
import { allUnits } from '../store/units-table.ts';
import type { Teams } from '../teams/teams.ts';
import type { Hub } from '../tell/hub.ts';
import type { Visits } from '../visits/visits.ts';

export interface Night {
  view(db: Db): Promise<NightView>;
  /** To every console: the whole of it. */
  tell(): Promise<NightView>;
  /** Somebody has joined or left: visits find their car, and the consoles are told. @param left who has left the last team */
  crewsChanged(left?: { readonly id: string; readonly name: string }): Promise<NightView>;
  tick(): Promise<void>;
  /** Each window that those on shift cannot finish is told once. */
  checkLoad(): Promise<void>;
}

const measured = hours(12);

export function openNight(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly teams: Teams;
  readonly rounds: Rounds;
  readonly alarms: Alarms;
  readonly visits: Visits;
  readonly looks: Looks;
  readonly operators: Pick<Operators, 'sessions'>;
  readonly canSave: () => boolean;
}): Night {
  const { store, clock, hub, teams, rounds, alarms, visits, looks, operators, canSave } = parts;
  const signedIn = fromMemory(operators.sessions);
  const toldShort = new Set<string>();
  const view = async (db: Db): Promise<NightView> => ({ ...(await teams.view(db)), reserved: rounds.reserved });

  // One after the other: an older view is never told after a newer one.
  let telling: Promise<NightView> | undefined;
  function tell(): Promise<NightView> {
    const before = telling?.catch(() => undefined) ?? Promise.resolve(undefined);
    telling = before
      .then(() => view(store.db))
      .then((night) => {
        hub.tell({ type: 'night', night });
        return night;
      });
    return telling;
  }

  async function leave({ id, name }: { readonly id: string; readonly name: string }): Promise<void> {
    await rounds.gone(id);
    const again = await alarms.left(id);
    const open = (await looksInState(store.db, ['asked', 'open', 'awaiting-verdict'])).flatMap((look): LookId[] =>
      'opened' in look && look.opened?.operator.id === id ? [look.facts.look] : [],
    );
    if (again.length === 0 && open.length === 0) return;
    const organisation = (await findOperator(store.db, id))?.organisation ?? firstOrganisation;
    const left = { who: name, organisation, at: printInstant(clock.now()), alarms: again, looks: open };
    hub.tell({ type: 'left-in-hand', left });
  }

  /** Operators who have an alarm and are signed in nowhere. */
  async function holdersGone(present: ReadonlySet<string>) {
    const gone = new Map<string, string>();
    for (const alarm of await openAlarms(store.db))
      if (alarm.name === 'taken' && alarm.taken.id !== undefined && !present.has(alarm.taken.id))
        if (alarm.facts.chain?.name === 'in-hand' && alarm.facts.chain.doing === 'taken')
          gone.set(alarm.taken.id, alarm.taken.by);
    return [...gone].map(([id, name]) => ({ id, name }));
  }

  async function crewsChanged(left?: { readonly id: string; readonly name: string }): Promise<NightView> {
    await store.write((tx) => visits.crewsChanged(tx));
    if (left) await leave(left);
    return tell();
  }

  return {
    view,
    tell,
    crewsChanged,
    async tick() {
      if (!canSave()) return;
      const sessions = await signedIn();
      if (await rounds.tick(sessions)) await tell();
      const over = await teams.endOver(sessions);
      if (over.length > 0) await crewsChanged();
      for (const one of over) if (teams.teamsOf(one.id).length === 0) await leave(one);
      for (const one of await holdersGone(new Set(sessions.values()))) await leave(one);
    },
    async checkLoad() {
      const now = clock.now();
      const views = await looks.onDesk(store.db, after(now, milliseconds(-measured)));
      const night = await view(store.db);
      const units = new Map((await allUnits(store.db)).map(({ unit, organisation }) => [unit, organisation]));
      for (const organisation of new Set(units.values())) {
        const own = views.filter(({ unit }) => units.get(unit) === organisation);
        for (const load of workLoad(own, nightOf(night, organisation), now)) {
          // By when it closes: an open window begins now, each time anew.
          const name = `${load.until} ${organisation}`;
          if (!load.short || toldShort.has(name)) continue;
          toldShort.add(name);
          hub.tell({ type: 'short-of-hands', organisation, load });
        }
      }
      const over = printInstant(after(now, minutes(-1)));
      for (const name of toldShort) if (name < over) toldShort.delete(name);
    },
  };
}

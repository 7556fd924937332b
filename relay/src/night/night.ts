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
import type { Audit } from '../audit/audit.ts';
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
  /** Sessions may have ended: shifts end with them, and what was in hand is everybody's again. @param out who has just signed out */
  sessionsOver(out?: Leaver): Promise<void>;
  /** Somebody goes on in another session: nobody has left. */
  moved(from: string): void;
  tick(): Promise<void>;
  /** Each window that those on shift cannot finish is told once. */
  checkLoad(): Promise<void>;
}

interface Leaver {
  readonly id: string;
  readonly name: string;
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
  readonly audit: Audit;
  /** Whether a screen of theirs follows the desk now. */
  readonly isSeen: (operator: string) => boolean;
  readonly canSave: () => boolean;
}): Night {
  const { store, clock, hub, audit, teams, rounds, alarms, visits, looks, operators, canSave } = parts;
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
    if (await rounds.gone(id)) await tell();
    const again = await alarms.left(id, async (tx, alarm) => {
      await audit.append(tx, 'relay', 'alarm-let-go', alarm, { why: 'left', of: name, operator: id });
    });
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

  let before: ReadonlyMap<string, string> = new Map();
  /**
   * Whoever has signed out here, and is signed in elsewhere only where no screen of theirs follows the desk: a computer that was
   * forgotten keeps no alarm from the others.
   */
  async function signedOutHere(sessions: ReadonlyMap<string, string>, leaver: Leaver | undefined) {
    const present = new Set(sessions.values());
    const out = [...before].flatMap(([session, id]) =>
      !sessions.has(session) && present.has(id) && !parts.isSeen(id) ? [id] : [],
    );
    before = sessions;
    // Who came and went between two looks at the sessions.
    if (leaver && !parts.isSeen(leaver.id)) out.push(leaver.id);
    const found = await Promise.all([...new Set(out)].map((id) => findOperator(store.db, id)));
    return found.flatMap((one) => (one ? [{ id: one.id, name: one.name }] : []));
  }

  async function sessionsOver(out?: Leaver): Promise<void> {
    if (!canSave()) return;
    const sessions = await signedIn();
    const over = await teams.endOver(sessions);
    if (over.length > 0) await crewsChanged();
    for (const one of over) if (teams.teamsOf(one.id).length === 0) await leave(one);
    const gone = await holdersGone(new Set(sessions.values()));
    for (const one of [...gone, ...(await signedOutHere(sessions, out))]) await leave(one);
  }
  // One after the other: what has ended is found once.
  let ending: Promise<void> = Promise.resolve();

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
      if (await rounds.tick(await signedIn())) await tell();
    },
    moved(from) {
      const others = new Map(before);
      others.delete(from);
      before = others;
    },
    sessionsOver(out) {
      ending = ending.catch(() => {}).then(() => sessionsOver(out));
      return ending;
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

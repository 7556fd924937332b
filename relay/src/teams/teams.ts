/** Teams and cars, and who is in which: a shift is joined from one session and ends with it. What one tells the next is kept until it is read. */
import type { ActionCard } from '@nattfrid/shared/care/action-card';
import type { NightView, ShiftView, TeamAsked, TeamView } from '@nattfrid/shared/desk/night-view';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { TeamId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import {
  endShift,
  findHandover,
  handoversOnDesk,
  insertHandover,
  insertShift,
  markHandoverRead,
  moveShift,
  type OpenShift,
  openShifts,
} from '../store/shifts-table.ts';
import { allTeams, deleteTeam, findLine, saveLine, saveTeam } from '../store/teams-table.ts';
import type { Crews } from '../visits/which-car.ts';

/** Who does it. */
export interface AtWork {
  readonly id: string;
  readonly name: string;
  readonly organisation: Organisation;
  readonly session: string;
}

export interface Teams {
  /** Teams, and those in which somebody is, as they are now. */
  crews(): Crews;
  /** The team that somebody is in, a car before a desk. */
  teamOf(operator: string): TeamView | undefined;
  teamsOf(operator: string): readonly TeamView[];
  all(organisation: Organisation): readonly TeamView[];
  add(by: AtWork, asked: TeamAsked): Promise<TeamView>;
  change(by: AtWork, team: TeamId, asked: TeamAsked): Promise<TeamView | Fault>;
  remove(by: AtWork, team: TeamId): Promise<Fault | undefined>;
  join(by: AtWork, team: TeamId): Promise<Fault | undefined>;
  leave(by: AtWork, team: TeamId, note: string | undefined): Promise<Fault | undefined>;
  handOver(by: AtWork, team: TeamId, note: string): Promise<Fault | undefined>;
  read(by: AtWork, handover: string): Promise<Fault | undefined>;
  line(db: Db, organisation: Organisation): Promise<ActionCard | undefined>;
  setLine(by: AtWork, line: ActionCard): Promise<Fault | undefined>;
  /** Ends the shifts whose session is over. @returns whose they were */
  endOver(sessions: ReadonlyMap<string, string>): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Somebody has signed in anew where they had locked a computer: their shift goes on. */
  moved(from: string, to: string): Promise<void>;
  view(db: Db): Promise<Omit<NightView, 'reserved'>>;
}

/** How long a note is still shown to everybody after somebody has read it. */
const shownAfterRead = hours(12);

export async function openTeams(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly newId: () => string;
}): Promise<Teams> {
  const { store, clock, audit, newId } = parts;
  let teams = await allTeams(store.db);
  let shifts = await openShifts(store.db);

  const own = (by: AtWork, team: TeamId): TeamView | Fault =>
    teams.find((one) => one.team === team && one.organisation === by.organisation) ??
    new Fault('not-found', 'There is no such team.');
  const shiftOf = (operator: string, team: TeamId) =>
    shifts.find((one) => one.operator === operator && one.team === team);

  /** In memory once it is on the disk. */
  async function write(deed: (tx: Tx) => Promise<void>): Promise<void> {
    const read = await store.write(async (tx) => {
      await deed(tx);
      return { teams: await allTeams(tx.db), shifts: await openShifts(tx.db) };
    });
    teams = read.teams;
    shifts = read.shifts;
  }

  async function save(by: AtWork, team: TeamView, what: 'team-added' | 'team-changed'): Promise<TeamView> {
    await write(async (tx) => {
      await audit.append(tx, by.name, what, team.team, { team: team.name, operator: by.id });
      await saveTeam(tx.db, team);
    });
    return team;
  }

  async function noted(tx: Tx, by: AtWork, team: TeamId, note: string): Promise<void> {
    const handover = newId();
    await audit.append(tx, by.name, 'handed-over', team, { handover, operator: by.id });
    const { organisation, name, id } = by;
    await insertHandover(tx.db, { handover, team, organisation, by: name, byId: id, note }, clock.now());
  }

  return {
    crews: () => ({ teams, staffed: new Set(shifts.map(({ team }) => team)) }),
    teamOf: (operator) => inTeams(teams, shifts, operator)[0],
    teamsOf: (operator) => inTeams(teams, shifts, operator),
    all: (organisation) => teams.filter((one) => one.organisation === organisation),
    add: (by, asked) => save(by, { team: newId() as TeamId, organisation: by.organisation, ...asked }, 'team-added'),
    async change(by, team, asked) {
      const known = own(by, team);
      if (known instanceof Fault) return known;
      return save(by, { team, organisation: by.organisation, ...asked }, 'team-changed');
    },
    async remove(by, team) {
      const known = own(by, team);
      if (known instanceof Fault) return known;
      const inIt = shifts.find((one) => one.team === team);
      if (inIt) return new Fault('not-now', `${inIt.who} is in this team. They leave it first.`);
      await write(async (tx) => {
        await audit.append(tx, by.name, 'team-removed', team, { team: known.name, operator: by.id });
        await deleteTeam(tx.db, team);
      });
      return undefined;
    },
    async join(by, team) {
      const known = own(by, team);
      if (known instanceof Fault) return known;
      const before = shiftOf(by.id, team);
      if (before?.session === by.session) return undefined;
      await write(async (tx) => {
        await audit.append(tx, by.name, 'shift-joined', team, { team: known.name, operator: by.id });
        if (before) return moveShift(tx.db, before.shift, by.session);
        const { id: operator, name: who, organisation, session } = by;
        const shift = { shift: newId(), team, operator, who, organisation, session, joinedAt: clock.now() };
        return insertShift(tx.db, shift);
      });
      return undefined;
    },
    async leave(by, team, note) {
      const shift = shiftOf(by.id, team);
      if (!shift) return new Fault('not-now', 'You are not in this team.');
      await write(async (tx) => {
        await audit.append(tx, by.name, 'shift-left', team, { why: 'left', operator: by.id });
        if (note) await noted(tx, by, team, note);
        await endShift(tx.db, shift.shift, clock.now(), 'left');
      });
      return undefined;
    },
    async handOver(by, team, note) {
      const known = own(by, team);
      if (known instanceof Fault) return known;
      await write((tx) => noted(tx, by, team, note));
      return undefined;
    },
    async read(by, handover) {
      const known = await findHandover(store.db, handover);
      if (!known || known.organisation !== by.organisation) return new Fault('not-found', 'There is no such note.');
      if (known.byId === by.id) return new Fault('not-now', 'Your own note waits for somebody else to read it.');
      if (known.readBy) return undefined;
      await write(async (tx) => {
        await audit.append(tx, by.name, 'handover-read', handover, { operator: by.id });
        await markHandoverRead(tx.db, handover, by.name, clock.now());
      });
      return undefined;
    },
    line: findLine,
    async setLine(by, line) {
      const unknown = line.steps.find(({ to }) => to !== 'everybody' && own(by, to) instanceof Fault);
      if (unknown) return new Fault('request-invalid', `There is no team ${unknown.to}: choose one that there is.`);
      await write(async (tx) => {
        const steps = String(line.steps.length);
        await audit.append(tx, by.name, 'alarm-line-set', by.organisation, { steps, operator: by.id });
        await saveLine(tx.db, by.organisation, line);
      });
      return undefined;
    },
    async endOver(sessions) {
      const over = shifts.filter(({ session }) => !sessions.has(session));
      if (over.length === 0) return [];
      await write(async (tx) => {
        for (const { shift, team, operator, who } of over) {
          await audit.append(tx, 'relay', 'shift-left', team, { why: 'session-over', of: who, operator });
          await endShift(tx.db, shift, clock.now(), 'session-over');
        }
      });
      return [...new Map(over.map(({ operator, who }) => [operator, { id: operator, name: who }])).values()];
    },
    async moved(from, to) {
      const theirs = shifts.filter(({ session }) => session === from);
      if (theirs.length === 0) return;
      await write(async (tx) => {
        for (const { shift } of theirs) await moveShift(tx.db, shift, to);
      });
    },
    async view(db) {
      const since = after(clock.now(), milliseconds(-shownAfterRead));
      return { teams, shifts: shifts.map(shiftView), handovers: await handoversOnDesk(db, since) };
    },
  };
}

const shiftView = ({ shift, team, organisation, who, operator, joinedAt }: OpenShift): ShiftView => ({
  shift,
  team,
  organisation,
  who,
  operatorId: operator,
  since: printInstant(joinedAt),
});

function inTeams(teams: readonly TeamView[], shifts: readonly OpenShift[], operator: string): readonly TeamView[] {
  const own = new Set(shifts.filter((one) => one.operator === operator).map(({ team }) => team));
  return teams.filter(({ team }) => own.has(team)).toSorted((a, b) => a.kind.localeCompare(b.kind));
}

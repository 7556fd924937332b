/** Software at work on its way to units: every half a minute each rollout is looked at, kept, and told on; a unit's own word moves it. */
import { UpdateGroup as Groups, type UpdateGroup, type Updates } from '@nattfrid/shared/desk/rollout-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { isNewer } from '@nattfrid/shared/domain/version';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, hours } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import type { ServiceAnswer } from '@nattfrid/shared/wire/service-call';
import type { Audit } from '../audit/audit.ts';
import { begin, type Fleet, goOn, heard, next, type Rollout, sent, stop, type UnitState } from '../record/rollout.ts';
import type { Serve } from '../serve/serve.ts';
import { openAlarms } from '../store/alarms-table.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { allRollouts, saveRollout, saveUpdateGroup, updateGroups } from '../store/rollouts-table.ts';
import { allUnits, type UnitRow } from '../store/units-table.ts';
import { type Release, type Releases, releasePath } from './releases.ts';

interface Who {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
}

export interface Rollouts {
  updates(organisation: string): Promise<Updates>;
  begin(version: string, who: Who): Promise<Updates | Fault>;
  stop(version: string, who: Who): Promise<Updates | Fault>;
  setGroup(unit: UnitId, group: UpdateGroup, who: Who): Promise<Updates>;
  /** What a unit has said of an update. */
  answered(tx: Tx, unit: UnitId, answer: ServiceAnswer): Promise<void>;
  tick(): Promise<void>;
  /** Version of the newest release; undefined: none is known. */
  readonly newest: string | undefined;
}

export function openRollouts(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly serve: Pick<Serve, 'call'>;
  readonly releases: Releases;
  readonly isHere: (unit: UnitId) => boolean;
  readonly soak: Duration;
}): Rollouts {
  const { store, clock, audit, serve, releases, isHere, soak } = parts;
  let newest: string | undefined;

  async function fleetOf(db: Db, organisation: string): Promise<readonly (Fleet & Pick<UnitRow, 'client'>)[]> {
    const groupOf = await updateGroups(db);
    const going = (await openAlarms(db)).filter(({ facts }) => facts.endedAt === undefined);
    const alarmed = new Set(going.map(({ facts }) => facts.unit));
    const rows = (await allUnits(db)).filter((one) => one.organisation === organisation);
    return rows.map(({ unit, client, announced, vitals }) => ({
      ...{ unit, client, agent: announced?.agent, group: groupOf(unit), isHere: isHere(unit) },
      isBusy: alarmed.has(unit) || vitals?.lookOpen === true,
    }));
  }

  async function updates(organisation: string): Promise<Updates> {
    const known = await releases.all();
    newest = known[0]?.version;
    const { kept, fleet } = await store.read(async (db) => ({
      kept: (await allRollouts(db)).filter((one) => one.organisation === organisation),
      fleet: await fleetOf(db, organisation),
    }));
    const rollouts = new Map(kept.map(({ rollout }) => [rollout.version, rollout]));
    const last = known.map(({ version }) => rollouts.get(version)).find((one) => one !== undefined);
    return {
      soakHours: soak / hours(1),
      rollouts: known.map((release) => rolloutView(release, rollouts.get(release.version), fleet, soak)),
      units: fleet.map(({ unit, client, agent, group }) => ({
        ...{ unit, group, client },
        ...(agent !== undefined && { agent }),
        ...(last?.given[unit] && { state: last.given[unit].state }),
      })),
    };
  }

  async function decide(version: string, who: Who, to: (before: Rollout | undefined) => Rollout | undefined) {
    const found = (await releases.all()).some((one) => one.version === version);
    if (!found) return new Fault('not-found', `There is no release ${version} in the folder of updates.`);
    await store.write(async ({ db }) => {
      const before = (await allRollouts(db)).find(
        (one) => one.organisation === who.organisation && one.rollout.version === version,
      );
      const rollout = to(before?.rollout);
      if (rollout) await saveRollout(db, { organisation: who.organisation, rollout });
    });
    return updates(who.organisation);
  }

  /** As it stands when it is saved: a person may have stopped it, or a unit answered, since it was looked at. */
  function change<Out>(organisation: string, version: string, to: (now: Rollout) => readonly [Rollout, Out]) {
    return store.write(async ({ db }): Promise<Out | undefined> => {
      const kept = await allRollouts(db);
      const found = kept.find((one) => one.organisation === organisation && one.rollout.version === version);
      if (!found) return undefined;
      const [rollout, out] = to(found.rollout);
      if (rollout !== found.rollout) await saveRollout(db, { organisation, rollout });
      return out;
    });
  }

  async function step(organisation: string, { version, bytes, sha256 }: Release): Promise<void> {
    const fleet = await store.read((db) => fleetOf(db, organisation));
    const decided = await change(organisation, version, (before) => {
      const [rollout, due] = next(before, fleet, soak, clock.now());
      return [rollout, { due, isHalted: rollout.state === 'halted' && before.state === 'going' }];
    });
    if (decided?.isHalted) await audit.write('relay', 'update-stopped', version, { why: 'too-many-failed' });
    const unit = decided?.due;
    if (unit === undefined) return;
    const asking = { type: 'update', version, bytes, sha256, path: releasePath(version) } as const;
    const called = await serve.call(unit, asking, { id: 'relay', name: 'relay' });
    // One that has just left is asked another time.
    if (!(called instanceof Fault))
      await change(organisation, version, (now) => [sent(now, unit, called.call, clock.now()), undefined]);
  }

  return {
    updates,
    async begin(version, who) {
      await audit.write(who.name, 'update-begun', version, { operator: who.id });
      return decide(version, who, (before) => (before ? goOn(before, who.name) : begin(version, who.name)));
    },
    async stop(version, who) {
      await audit.write(who.name, 'update-stopped', version, { operator: who.id });
      return decide(version, who, (before) => before && stop(before, who.name));
    },
    async setGroup(unit, group, who) {
      await audit.write(who.name, 'update-group-set', unit, { group, operator: who.id });
      await store.write(({ db }) => saveUpdateGroup(db, unit, group));
      return updates(who.organisation);
    },
    async answered(tx, unit, answer) {
      const state = stateOf(answer);
      if (state === undefined || answer.call === undefined) return;
      for (const { organisation, rollout } of await allRollouts(tx.db)) {
        const now = heard(rollout, unit, answer.call, state, clock.now());
        if (now !== rollout) await saveRollout(tx.db, { organisation, rollout: now });
      }
    },
    async tick() {
      const known = await releases.all();
      newest = known[0]?.version;
      const going = (await store.read(allRollouts)).filter(({ rollout }) => rollout.state === 'going');
      for (const { organisation, rollout } of going) {
        const release = known.find(({ version }) => version === rollout.version);
        if (release) await step(organisation, release);
      }
    },
    get newest() {
      return newest;
    },
  };
}

/** @returns undefined: it says nothing of how an update has gone */
function stateOf(answer: ServiceAnswer): UnitState | undefined {
  if (answer.type === 'refused')
    return answer.why === 'look-open' || answer.why === 'alarm-goes-on' || answer.why === 'busy' ? 'waits' : 'failed';
  if (answer.type !== 'updating') return undefined;
  return answer.state === 'well' ? 'well' : answer.state === 'back' ? 'failed' : 'under-way';
}

function rolloutView(
  { version, bytes }: Release,
  rollout: Rollout | undefined,
  fleet: readonly Fleet[],
  soak: Duration,
) {
  const stateIn = (unit: UnitId) => rollout?.given[unit]?.state;
  return {
    ...{ version, bytes, state: rollout?.state ?? ('ready' as const) },
    ...(rollout && { by: rollout.by, group: rollout.group }),
    ...(rollout?.state === 'going' &&
      rollout.wellSince !== undefined && { nextAt: printInstant(after(rollout.wellSince, soak)) }),
    groups: Groups.options.map((group) => {
      const mine = fleet.filter((one) => one.group === group);
      return {
        ...{ group, all: mine.length },
        well: mine.filter(({ agent }) => agent !== undefined && !isNewer(version, agent)).length,
        underWay: mine.filter(({ unit }) => stateIn(unit) === 'under-way').length,
        failed: mine.filter(({ unit }) => stateIn(unit) === 'failed').length,
      };
    }),
  };
}

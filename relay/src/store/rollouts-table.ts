/** The only SQL about software that is given out to units. */
import { UpdateGroup } from '@nattfrid/shared/desk/rollout-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Rollout } from '../record/rollout.ts';
import type { Db } from './database.ts';

export interface KeptRollout {
  readonly organisation: string;
  readonly rollout: Rollout;
}

export const allRollouts = async (db: Db): Promise<readonly KeptRollout[]> =>
  (await db.selectFrom('rollouts').selectAll().execute()).map(({ organisation, body }) => ({
    organisation,
    rollout: JSON.parse(body) as Rollout,
  }));

export async function saveRollout(db: Db, { organisation, rollout }: KeptRollout): Promise<void> {
  const body = JSON.stringify(rollout);
  await db
    .insertInto('rollouts')
    .values({ organisation, version: rollout.version, body })
    .onConflict((conflict) => conflict.columns(['organisation', 'version']).doUpdateSet({ body }))
    .execute();
}

/** A unit that stands in none is in the last. */
export async function updateGroups(db: Db): Promise<(unit: UnitId) => UpdateGroup> {
  const rows = await db.selectFrom('update_groups').selectAll().execute();
  const groups = new Map(rows.map((row) => [row.unit, UpdateGroup.safeParse(row.update_group).data ?? 'rest']));
  return (unit) => groups.get(unit) ?? 'rest';
}

export async function saveUpdateGroup(db: Db, unit: UnitId, group: UpdateGroup): Promise<void> {
  await db
    .insertInto('update_groups')
    .values({ unit, update_group: group })
    .onConflict((conflict) => conflict.column('unit').doUpdateSet({ update_group: group }))
    .execute();
}

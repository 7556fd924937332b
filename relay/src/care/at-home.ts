/** What the relay alone knows of a unit's home while somebody looks: the place, and the comment of the plan in force. In memory. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { AtHome } from '../looks/view.ts';
import type { Sealer } from '../personal/sealer.ts';
import { carePlansOn } from '../store/care-plans-table.ts';
import type { Store } from '../store/database.ts';
import { allUnits } from '../store/units-table.ts';
import { formOf } from './around-client.ts';

export interface AtHomes {
  of(unit: UnitId): AtHome | undefined;
  /** After another plan governs, or the units are others. */
  refresh(): Promise<void>;
}

export function openAtHomes({
  store,
  sealer,
  log,
}: {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly log: Logger;
}): AtHomes {
  let known: ReadonlyMap<UnitId, AtHome> = new Map();
  let told = false;

  async function comments(): Promise<ReadonlyMap<UnitId, string>> {
    const found = new Map<UnitId, string>();
    for (const row of await carePlansOn(store.db)) {
      if (row.plan.name !== 'in-force') continue;
      const comment = formOf(sealer, row)?.comment;
      if (comment) for (const { unit } of row.plan.signed.units) found.set(unit, comment);
    }
    return found;
  }

  return {
    of: (unit) => known.get(unit),
    async refresh() {
      let commented: ReadonlyMap<UnitId, string> = new Map();
      try {
        commented = await comments();
        told = false;
      } catch (error) {
        // A look goes on without its comment, rather than not at all.
        if (!told) log.error('The comments of plans cannot be read', { words: asFault(error).message });
        told = true;
      }
      known = new Map(
        (await allUnits(store.db)).map(({ unit, place }) => [unit, { place, comment: commented.get(unit) }] as const),
      );
    },
  };
}

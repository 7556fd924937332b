/** The room in use, and the watch over how the real one drifts from it; each needs the other. */
import type { Room } from '@nattfrid/shared/domain/room';
import type { RoomProposal } from '@nattfrid/shared/domain/room-proposal';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { AccessTable } from '../store/access-table.ts';
import type { RoomTable } from '../store/room-table.ts';
import { keepRoom, type RoomKeeper } from './keep-room.ts';
import { type RoomWatch, watchRoom } from './watch-room.ts';

export function openRoom(parts: {
  readonly table: RoomTable;
  readonly access: Pick<AccessTable, 'write'>;
  /** From the unit's settings. */
  readonly configured: Room;
  readonly propose: (proposal: RoomProposal) => void;
  readonly clock: Clock;
  readonly log: Logger;
}): { readonly keeper: RoomKeeper; readonly watch: RoomWatch } {
  const { table, access, configured, propose, clock, log } = parts;
  const keeper = keepRoom({ table, access, configured, clock, log, changed: () => watch.confirmed() });
  const watch = watchRoom({ keeper, table, propose, log });
  return { keeper, watch };
}

/** Watches the room, not the people: passes on proposals, and tells drift from the confirmed room. */
import type { Gap, Observed } from '@nattfrid/shared/domain/observation';
import type { RoomDrift } from '@nattfrid/shared/domain/room-drift';
import type { RoomProposal } from '@nattfrid/shared/domain/room-proposal';
import { openNews } from '@nattfrid/shared/lifetime/news';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Cells } from '../perceive/cells.ts';
import type { RoomTable } from '../store/room-table.ts';
import { glanceEvery } from './camera-drift.ts';
import { type DriftEvent, drifting, driftsOf, Remembered } from './drift.ts';
import type { RoomKeeper } from './keep-room.ts';
import { proposing } from './propose.ts';

export interface RoomWatch {
  /** @param cells the picture's luma in coarse cells, masked; computed now and then. Must not be kept. */
  see(observation: Observed | Gap, cells: () => Cells): void;
  /** A person has confirmed the room as it stands now. */
  confirmed(): void;
  readonly changes: readonly RoomDrift[];
  /** Resolves when `changes` become others, or on abort. */
  changed(signal: AbortSignal): Promise<void>;
}

export function watchRoom(given: {
  readonly keeper: Pick<RoomKeeper, 'room' | 'version'>;
  readonly table: Pick<RoomTable, 'landmarks' | 'saveLandmarks'>;
  readonly propose: (proposal: RoomProposal) => void;
  readonly log: Logger;
}): RoomWatch {
  const { keeper, table, propose, log } = given;
  let gathered = proposing.initial;
  const remembered = read(table.landmarks(), keeper.version, log);
  const drift = drifting(remembered);
  let state = drift.initial;
  let glancedAt: Instant | undefined;
  const news = openNews();

  const step = (event: DriftEvent) => {
    const [next, effects] = drift.step(state, event);
    state = next;
    for (const effect of effects) {
      if (effect.type === 'learnt') {
        table.saveLandmarks(JSON.stringify(effect.remembered));
        continue;
      }
      const what = effect.drifts.map(({ type }) => type).join(' ');
      if (effect.drifts.length > 0) log.warn('The room is not as it was confirmed', { what });
      else log.info('The room is as it was confirmed');
      news.tell();
    }
  };
  return {
    see(observation, cells) {
      const [next, told] = proposing.step(gathered, observation);
      gathered = next;
      for (const { proposal } of told) {
        const { beds, exits, floor } = proposal;
        log.info('Room proposed', { beds: beds.length, exits: exits.length, floor: floor !== undefined });
        propose(proposal);
      }
      if (observation.type === 'gap' || keeper.version === undefined) return;
      const due = glancedAt === undefined || observation.at - glancedAt >= glanceEvery || observation.things;
      if (!due) return;
      glancedAt = observation.at;
      step({ type: 'seen', observation, cells: cells(), beds: keeper.room.beds });
    },
    confirmed() {
      if (keeper.version !== undefined) step({ type: 'confirmed', version: keeper.version });
    },
    get changes() {
      return driftsOf(state);
    },
    changed: news.next,
  };
}

/** @returns undefined for another version, or what cannot be read: it is learnt anew */
function read(stored: string | undefined, version: number | undefined, log: Logger): Remembered | undefined {
  if (stored === undefined || version === undefined) return undefined;
  try {
    const remembered = Remembered.parse(JSON.parse(stored));
    return remembered.version === version ? remembered : undefined;
  } catch {
    log.warn('How the room looked when it was confirmed cannot be read; it is learnt anew');
    return undefined;
  }
}

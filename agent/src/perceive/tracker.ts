/**
 * Pure. The same person keeps the same number, and nobody vanishes without a reason.
 *
 * Who is not seen any more is carried where they were last seen; they are let go when the place is again as the remembered room,
 * when they went out at the picture's edge or through an exit, when two turn out to be one, or when nobody was ever sure of them.
 */
import type { Gone } from '@nattfrid/shared/domain/observation';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { movementsOf } from './movement.ts';
import type { Tracks, Watched } from './track.ts';
import { adopt } from './track-birth.ts';
import { letGo } from './track-deletion.ts';
import { merge } from './track-merging.ts';
import { follow } from './track-update.ts';

export const tracking: Machine<Tracks, Watched, Gone> = {
  initial: { at: undefined, nextId: 1, tracks: [] },
  step(state, watched) {
    const dt = state.at === undefined ? 0 : Math.min(2, (watched.at - state.at) / 1000);
    const movements = movementsOf(watched.noticed, watched.aspect);
    const seen = state.tracks.map((track) => follow(track, watched, movements, dt));
    const [joined, nextId] = adopt(seen, state.nextId, watched, movements);
    const [apart, merged] = merge(joined, watched.at);
    const [kept, gone] = letGo(apart, watched, dt);
    return [{ at: watched.at, nextId, tracks: kept }, [...merged, ...gone]];
  },
};

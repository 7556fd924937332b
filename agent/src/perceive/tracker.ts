/**
 * Pure. Multi-object tracker: track update, birth, merging and deletion, in this order, for each picture.
 *
 * A track that is not seen any more stays in its last box. It is deleted when the box shows the empty room again, when the person left
 * at the picture's edge or through an exit, when it merges with another, or when it was never confirmed.
 */
import type { Gone } from '@nattfrid/shared/domain/observation';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { movementsOf } from './movement.ts';
import type { TrackerInput, Tracks } from './track.ts';
import { startTracks } from './track-birth.ts';
import { deleteTracks } from './track-deletion.ts';
import { mergeTracks } from './track-merging.ts';
import { updateTrack } from './track-update.ts';

export const tracker: Machine<Tracks, TrackerInput, Gone> = {
  initial: { at: undefined, nextId: 1, tracks: [] },
  step(state, input) {
    const dt = state.at === undefined ? 0 : Math.min(2, (input.at - state.at) / 1000);
    const movements = movementsOf(input.scene, input.aspect);
    const seen = state.tracks.map((track) => updateTrack(track, input, movements, dt));
    const [joined, nextId] = startTracks(seen, state.nextId, input, movements);
    const [apart, merged] = mergeTracks(joined, input.at);
    const [kept, gone] = deleteTracks(apart, input, dt);
    return [{ at: input.at, nextId, tracks: kept }, [...merged, ...gone]];
  },
};

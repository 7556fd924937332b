/** Pure. Track deletion: when a track that is not seen any more ends, and why. */
import type { Gone } from '@nattfrid/shared/domain/observation';
import { meanIn } from './cells.ts';
import { changedIn, knownIn } from './region-proposal.ts';
import { hasStirred } from './still-body.ts';
import { secondsUnseen, type Track, type TrackerInput } from './track.ts';
import { followed, isAtEdge, isInExit } from './way-out.ts';

/** Seconds after which an occluded track is merged: it was one body all along. */
const longestHidden = 5;

export function deleteTracks(
  tracks: readonly Track[],
  input: TrackerInput,
  dt: number,
): readonly [readonly Track[], readonly Gone[]] {
  const kept: Track[] = [];
  const gone: Gone[] = [];
  for (const track of tracks) {
    const next = secondsUnseen(track, input.at) > 0 ? { ...track, emptyFor: emptyFor(track, input, dt) } : track;
    const why = deletionReason(next, input);
    if (why)
      gone.push({
        track: next.id,
        why,
        ...(why === 'merged' && next.occludedBy !== undefined ? { into: next.occludedBy.track } : {}),
      });
    else kept.push(next);
  }
  return [kept, gone];
}

/** Seconds for which the box has shown the learnt background without motion; 0 as soon as it does not. */
function emptyFor(track: Track, { scene }: TrackerInput, dt: number): number {
  const { change } = scene;
  if (scene.relit) return 0;
  const known = knownIn(track.box, change);
  const changed = changedIn(track.box, change);
  const moving = meanIn(track.box, change.width, change.height, scene.moving);
  return known > 0.15 && changed < 0.08 && moving < 0.05 ? track.emptyFor + dt : 0;
}

function deletionReason(track: Track, input: TrackerInput): Gone['why'] | undefined {
  const unseen = secondsUnseen(track, input.at);
  if (unseen <= 0) return undefined;
  if (!track.confirmed && unseen > 1.5) return 'never-sure';
  if (track.occludedBy && (input.at - track.occludedBy.since) / 1000 > longestHidden) return 'merged';
  if (unseen > 2 && track.emptyFor > 1.5) return atWayOut(track, input) ? 'edge' : 'empty';
  if (unseen > 0.8 && atWayOut(track, input) && wasGoing(track, input) && !isLevel(track, input.aspect))
    return stillThere(track, input) ? undefined : 'edge';
  return undefined;
}

/** The track moved when it was last seen, and since: one that lay or sat still at the edge has not left, and nobody leaves without moving. */
const wasGoing = ({ anchor, seenAt, box }: Track, { at, scene }: TrackerInput): boolean =>
  seenAt - anchor.at < 2000 && hasStirred(box, scene, (at - seenAt) / 1000 + justBefore);

/** Seconds by which the last motion of somebody who leaves may precede the last look at them. */
const justBefore = 0.5;

function stillThere({ box }: Track, { scene }: TrackerInput): boolean {
  return knownIn(box, scene.change) > 0.3 && changedIn(box, scene.change) > 0.3;
}

const atWayOut = ({ box }: Track, { exits }: TrackerInput): boolean =>
  isAtEdge(box, followed) || isInExit(box, exits, followed);

const isLevel = ({ box, body }: Track, aspect: number): boolean =>
  body?.axis ? body.axis.tilt > 55 : box.width * aspect > 1.2 * box.height;

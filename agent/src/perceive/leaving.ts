/** Pure. When a track that is not seen any more may be let go, and why (track deletion). */
import type { Gone } from '@nattfrid/shared/domain/observation';
import { shareIn } from './cells.ts';
import { changedIn, knownIn } from './places.ts';
import { seenLast, type Track, type Watched } from './track.ts';
import { followed, isAtEdge, isInExit } from './way-out.ts';

/** Seconds after which nobody stands behind anybody any more: it was one body all along. */
const longestHidden = 5;

export function letGo(
  tracks: readonly Track[],
  watched: Watched,
  dt: number,
): readonly [readonly Track[], readonly Gone[]] {
  const kept: Track[] = [];
  const gone: Gone[] = [];
  for (const track of tracks) {
    const next = seenLast(track, watched.at) > 0 ? { ...track, emptyFor: emptyFor(track, watched, dt) } : track;
    const why = reasonToGo(next, watched);
    if (why)
      gone.push({
        track: next.id,
        why,
        ...(why === 'merged' && next.behind !== undefined ? { into: next.behind.track } : {}),
      });
    else kept.push(next);
  }
  return [kept, gone];
}

/** Grows while the place looks as the remembered room, shrinks to nothing when it does not. */
function emptyFor(track: Track, { noticed }: Watched, dt: number): number {
  const { change } = noticed;
  if (noticed.jumped) return 0;
  const known = knownIn(track.box, change);
  const changed = changedIn(track.box, change);
  const moving = shareIn(track.box, change.width, change.height, noticed.moving);
  return known > 0.15 && changed < 0.08 && moving < 0.05 ? track.emptyFor + dt : 0;
}

function reasonToGo(track: Track, watched: Watched): Gone['why'] | undefined {
  const unseen = seenLast(track, watched.at);
  if (unseen <= 0) return undefined;
  if (!track.sure && unseen > 1.5) return 'never-sure';
  if (track.behind && (watched.at - track.behind.since) / 1000 > longestHidden) return 'merged';
  if (unseen > 2 && track.emptyFor > 1.5) return atWayOut(track, watched) ? 'edge' : 'empty';
  if (unseen > 0.8 && atWayOut(track, watched) && wasGoing(track) && !isLevel(track, watched.aspect))
    return stillThere(track, watched) ? undefined : 'edge';
  return undefined;
}

/** Somebody who lay or sat still at the picture's edge, and is not understood for a moment, has gone nowhere. */
const wasGoing = ({ anchor, seenAt }: Track): boolean => seenAt - anchor.at < 2000;

function stillThere({ box }: Track, { noticed }: Watched): boolean {
  return knownIn(box, noticed.change) > 0.3 && changedIn(box, noticed.change) > 0.3;
}

const atWayOut = ({ box }: Track, { exits }: Watched): boolean =>
  isAtEdge(box, followed) || isInExit(box, exits, followed);

const isLevel = ({ box, body }: Track, aspect: number): boolean =>
  body?.axis ? body.axis.tilt > 55 : box.width * aspect > 1.2 * box.height;

/**
 * Pure. Two tracks on parts of one body (a head and what lies under the blanket, a leg and the trunk): whoever turns up within somebody,
 * or round them, and was never seen apart from them, is of one body with them.
 */
import { type Box, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { Instant } from '@nattfrid/shared/time/instant';
import { secondsUnseen, type Track } from './track.ts';

/** Share of the smaller box that lies in the larger one: of one body with it; and apart from it. */
const [within, apart] = [0.7, 0.2];
/** Seconds after which a track that is not seen says nothing of where its body is. */
const lately = 1;

/** The person whom a new box is a part of, or the whole of; what may be furniture takes nobody up. */
export const wholeOf = (tracks: readonly Track[], box: Box, at: Instant): Track | undefined =>
  tracks.find(
    (one) =>
      one.confirmed && !one.occludedBy && secondsUnseen(one, at) < lately && overlapCoefficient(one.box, box) > within,
  );

export const isPart = (one: Track, other: Track): boolean =>
  (one.partOf === other.id || other.partOf === one.id) && overlapCoefficient(one.box, other.box) > within;

/** Whoever has been seen apart from the one that they seemed a part of is somebody else. */
export const withoutApart = (tracks: readonly Track[], at: Instant): readonly Track[] =>
  tracks.map((track) => {
    const whole = tracks.find((one) => one.id === track.partOf);
    if (!whole || secondsUnseen(whole, at) > 0 || secondsUnseen(track, at) > 0) return track;
    if (overlapCoefficient(whole.box, track.box) >= apart) return track;
    const { partOf: _, ...free } = track;
    return free;
  });

/** The earlier track goes on; where the later one is larger and as convincing a body, in its place. */
export function asOne(first: Track, second: Track): Track {
  const larger = second.box.width * second.box.height > first.box.width * first.box.height;
  const isBetter = second.seenAt >= first.seenAt && larger && second.poseConfidence >= first.poseConfidence;
  if (!isBetter) return first;
  const { partOf: _, ...free } = second;
  const { id, confirmed, moved, lives, bornAt, certainty, partOf } = first;
  return {
    ...free,
    ...(partOf === undefined ? {} : { partOf }),
    ...{ id, bornAt },
    confirmed: confirmed || second.confirmed,
    moved: moved || second.moved,
    lives: lives || second.lives,
    certainty: Math.max(certainty, second.certainty),
  };
}

/** Pure. Track merging: two tracks on one body become one; two people who cross become one visible and one occluded track. */
import { iou, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { Gone } from '@nattfrid/shared/domain/observation';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { withoutBody } from './measurement-update.ts';
import { asOne, isPart, withoutApart } from './part-of.ts';
import { secondsUnseen, type Track } from './track.ts';

/** Of two tracks on one body the confirmed one stays, else the older. */
export function mergeTracks(tracks: readonly Track[], at: Instant): readonly [readonly Track[], readonly Gone[]] {
  const kept: Track[] = [];
  const gone: Gone[] = [];
  for (const track of withoutApart(tracks, at).toSorted(
    (a, b) => Number(b.confirmed) - Number(a.confirmed) || a.id - b.id,
  )) {
    const same = kept.findIndex((one) => sameBody(one, track, at) || isPart(one, track));
    const one = kept[same];
    if (!one || track.occludedBy) kept.push(track);
    else if (isPart(one, track)) {
      const [first, second] = one.id < track.id ? [one, track] : [track, one];
      gone.push({ track: second.id, why: 'merged', into: first.id });
      kept[same] = asOne(first, second);
    } else if (secondsUnseen(one, at) === 0 && isOneOfTwo(track, one, at)) kept.push(occluded(track, one.id, at));
    else {
      gone.push({ track: track.id, why: 'merged', into: one.id });
      if (track.seenAt > one.seenAt)
        kept[same] = {
          ...track,
          id: one.id,
          confirmed: one.confirmed || track.confirmed,
          moved: one.moved || track.moved,
          bornAt: one.bornAt,
        };
    }
  }
  return [kept.sort((a, b) => a.id - b.id), gone];
}

/** A confirmed track of some age, or with another velocity, is a second person; a second track on one body is young and moves with it. */
const isOneOfTwo = (track: Track, one: Track, at: Instant): boolean =>
  track.confirmed &&
  (at - track.bornAt > 3000 ||
    Math.hypot(track.velocity[0] - one.velocity[0], track.velocity[1] - one.velocity[1]) > 0.15);

/** The occluded track waits in its last box. */
const occluded = (track: Track, behind: number, at: Instant): Track =>
  withoutBody({ ...track, seenAt: instant(at - 1), velocity: [0, 0], occludedBy: { track: behind, since: at } });

function sameBody(a: Track, b: Track, at: Instant): boolean {
  if (secondsUnseen(a, at) > 0 && secondsUnseen(b, at) > 0) return false;
  return iou(a.box, b.box) > 0.55 || (overlapCoefficient(a.box, b.box) > 0.85 && iou(a.box, b.box) > 0.3);
}

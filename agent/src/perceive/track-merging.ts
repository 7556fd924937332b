/** Pure. Two tracks in one place: one body seen twice, or one person behind another. */
import { cover, overlap } from '@nattfrid/shared/domain/geometry';
import type { Gone } from '@nattfrid/shared/domain/observation';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { withoutBody } from './gating.ts';
import { seenLast, type Track } from './track.ts';

/** Two tracks on one body become one: the one that was sure, else the older. */
export function merge(tracks: readonly Track[], at: Instant): readonly [readonly Track[], readonly Gone[]] {
  const kept: Track[] = [];
  const gone: Gone[] = [];
  for (const track of tracks.toSorted((a, b) => Number(b.sure) - Number(a.sure) || a.id - b.id)) {
    const same = kept.findIndex((one) => sameBody(one, track, at));
    const one = kept[same];
    if (!one || track.behind) kept.push(track);
    else if (seenLast(one, at) === 0 && isOneOfTwo(track, one, at)) kept.push(hidden(track, one.id, at));
    else {
      gone.push({ track: track.id, why: 'merged', into: one.id });
      if (track.seenAt > one.seenAt)
        kept[same] = {
          ...track,
          id: one.id,
          sure: one.sure || track.sure,
          moved: one.moved || track.moved,
          born: one.born,
        };
    }
  }
  return [kept.sort((a, b) => a.id - b.id), gone];
}

/** Two tracks that lived apart, or come from different ways, are two people; a second track on one body is young and moves with it. */
const isOneOfTwo = (track: Track, one: Track, at: Instant): boolean =>
  track.sure &&
  (at - track.born > 3000 ||
    Math.hypot(track.velocity[0] - one.velocity[0], track.velocity[1] - one.velocity[1]) > 0.15);

/** Two people who cross become one picture for a moment: the one behind waits where they were. */
const hidden = (track: Track, behind: number, at: Instant): Track =>
  withoutBody({ ...track, seenAt: instant(at - 1), velocity: [0, 0], behind: { track: behind, since: at } });

function sameBody(a: Track, b: Track, at: Instant): boolean {
  if (seenLast(a, at) > 0 && seenLast(b, at) > 0) return false;
  return overlap(a.box, b.box) > 0.55 || (cover(a.box, b.box) > 0.85 && overlap(a.box, b.box) > 0.3);
}

/** Pure. A body where nobody was followed: somebody who had been lost sight of, or somebody new. */
import { type Box, cover, overlap } from '@nattfrid/shared/domain/geometry';
import type { Noticed } from './background.ts';
import { shareIn } from './cells.ts';
import { settle } from './certainty.ts';
import { areApart, couldBe, seenAs } from './gating.ts';
import type { Movements } from './movement.ts';
import { changedIn, knownIn } from './region-proposal.ts';
import { figureSeen, type Look, middle, seenLast, type Track, type Watched } from './track.ts';

export function adopt(
  tracks: readonly Track[],
  nextId: number,
  watched: Watched,
  movements: Movements,
): readonly [readonly Track[], number] {
  let id = nextId;
  const all = [...tracks];
  for (const look of watched.looks) {
    if (look.of !== 'place') continue;
    const box = look.body?.box ?? look.box;
    if (!look.body && look.score < figureSeen) continue;
    if (
      all.some((track) => track.seenAt === watched.at && cover(track.box, box) > 0.6 && overlap(track.box, box) > 0.3)
    )
      continue;
    const lost = nearestLost(all, box, watched, isConvincing(look));
    if (lost >= 0) {
      const track = all[lost]!;
      const found = seenAs(
        { ...track, presence: Math.max(track.presence, look.presence) },
        box,
        watched.at,
        0,
        look.body,
      );
      const anchor = { box, at: watched.at };
      all[lost] = settle(
        { ...found, anchor, figure: Math.max(found.figure, look.score), velocity: [0, 0] },
        watched,
        movements,
        0,
      );
    } else {
      all.push(settle(born(id++, box, look, watched), watched, movements, 0));
    }
  }
  return [all, id];
}

const born = (id: number, box: Box, { presence, body, ...look }: Look, { at, noticed }: Watched): Track => ({
  id,
  box,
  velocity: [0, 0],
  ...(body ? { body, next: body.next } : {}),
  bodyAt: at,
  certainty: 0,
  sure: false,
  born: at,
  home: box,
  anchor: { box, at },
  fromNowhere: cameFromNowhere(box, noticed),
  seenAt: at,
  lookedAt: at,
  // Once is not yet believed: presence rises as it goes on being found.
  presence: 0.6 * presence,
  figure: look.of === 'place' ? 0.7 * look.score : 0,
  moved: false,
  stirredFor: 0,
  wasUp: false,
  emptyFor: 0,
});

/** Nobody comes into a known place without changing it, nor without a movement. */
function cameFromNowhere(box: Box, { change, stillFor, jumped }: Noticed): boolean {
  if (jumped || knownIn(box, change) < 0.25 || changedIn(box, change) > 0.15) return false;
  const { width, height } = change;
  const lately = new Uint8Array(stillFor.length);
  for (let at = 0; at < lately.length; at++) lately[at] = stillFor[at]! < 3 ? 255 : 0;
  return shareIn(box, width, height, lately) < 0.1;
}

/** Of itself, whoever was or was not lost nearby. */
const isConvincing = ({ presence, score }: Extract<Look, { of: 'place' }>): boolean =>
  presence >= 0.8 || score >= figureSeen;

/**
 * The one who was lost sight of and may have come here since: at most a picture's width a second, and near for a moment. Elsewhere
 * than where they were it must surely be a body: light and shadow stir too when somebody goes out, and furniture lies in them.
 */
function nearestLost(tracks: readonly Track[], box: Box, watched: Watched, convincing: boolean): number {
  const { at } = watched;
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  const [x, y] = middle(box);
  tracks.forEach((track, index) => {
    const unseen = seenLast(track, at);
    if (unseen <= 0 || (!convincing && areApart(track.box, box))) return;
    const [tx, ty] = middle(track.box);
    const size = Math.max(track.box.width, track.box.height, box.width, box.height);
    const away = Math.max(0, Math.hypot(x - tx, y - ty) - 0.5 * size);
    if (away > 0.1 + 0.5 * Math.min(2, unseen) || away >= least || !couldBe(track, box, watched)) return;
    [best, least] = [index, away];
  });
  return best;
}

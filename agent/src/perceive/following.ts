/** Pure. One who is followed, a picture later. */
import { type Box, overlap } from '@nattfrid/shared/domain/geometry';
import { shareIn } from './cells.ts';
import { settle } from './certainty.ts';
import type { Figure } from './places.ts';
import { figureSeen, seenLast, type Track, type Watched } from './track.ts';
import { couldCome, eased, seenAs, withoutBody } from './whereabouts.ts';

export function follow(track: Track, watched: Watched, dt: number): Track {
  const { at, noticed } = watched;
  if (track.behind) return track;
  const look = watched.looks.find((one) => one.of === 'track' && one.track === track.id);
  const figure = bestFigure(track.box, watched.figures);
  const presence = look ? eased(track.presence, look.presence, 0.25) : track.presence;
  const scoreNow = watched.scanned > 0 ? (figure?.score ?? 0) : undefined;
  // One turn of three is looked through at a time: a figure is believed at once, its absence only slowly.
  const score =
    scoreNow === undefined
      ? track.figure
      : eased(track.figure, scoreNow, scoreNow > track.figure ? 0.5 : 0.06 * watched.scanned);
  const base = { ...track, presence, figure: score, lookedAt: look ? at : track.lookedAt };
  if (look?.body && couldCome(track, look.body.box, watched))
    return settle(seenAs(base, look.body.box, at, dt, look.body), watched);
  if (figure && figure.score >= figureSeen && couldCome(track, figure.box, watched))
    return settle(seenAs(base, figure.box, at, dt), watched);
  const stirred = shareIn(track.box, noticed.change.width, noticed.change.height, noticed.moving) > 0.12;
  const fresh = seenLast(track, at) < 0.3;
  const carried = { ...base, velocity: fresh ? track.velocity : ([0, 0] as const) };
  return settle(stirred && !fresh ? withoutBody(carried) : carried, watched);
}

function bestFigure(box: Box, figures: readonly Figure[]): Figure | undefined {
  let best: Figure | undefined;
  for (const figure of figures)
    if (overlap(figure.box, box) > 0.4 && (!best || figure.score > best.score)) best = figure;
  return best;
}

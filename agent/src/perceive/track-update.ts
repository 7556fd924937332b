/** Pure. One who is followed, a picture later. */
import { type Box, overlap } from '@nattfrid/shared/domain/geometry';
import { shareIn } from './cells.ts';
import { settle } from './certainty.ts';
import { couldBe, eased, movedTo, seenAs, stillStands, withoutBody } from './gating.ts';
import { type Movements, movementOf } from './movement.ts';
import type { Figure } from './region-proposal.ts';
import { figureSeen, seenLast, type Track, type Watched } from './track.ts';

export function follow(track: Track, watched: Watched, movements: Movements, dt: number): Track {
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
  if (look?.body && couldBe(track, look.body.box, watched))
    return settle(seenAs(base, look.body.box, at, dt, look.body), watched, movements, dt);
  if (figure && figure.score >= figureSeen && isAsLarge(track, figure.box) && couldBe(track, figure.box, watched))
    return settle(seenAs(base, figure.box, at, dt), watched, movements, dt);
  const fresh = seenLast(track, at) < 0.3;
  // Too quick, too dark or too strangely folded for the models: a body is where its movement is.
  const movement = track.sure && track.moved && track.wasUp ? movementOf(track.box, movements) : undefined;
  if (movement && !fresh && !stillStands(track, movement.box, watched))
    return settle(movedTo(base, movement, at), watched, movements, dt);
  const stirred = shareIn(track.box, noticed.change.width, noticed.change.height, noticed.moving) > 0.12;
  const carried = { ...base, velocity: fresh ? track.velocity : ([0, 0] as const) };
  return settle(stirred && !fresh ? withoutBody(carried) : carried, watched, movements, dt);
}

function bestFigure(box: Box, figures: readonly Figure[]): Figure | undefined {
  let best: Figure | undefined;
  for (const figure of figures)
    if (overlap(figure.box, box) > 0.4 && (!best || figure.score > best.score)) best = figure;
  return best;
}

/** Nobody grows while they lie there: what NanoDet sees then is half the room, with the person somewhere in it. */
const isAsLarge = ({ anchor }: Track, { width, height }: Box): boolean =>
  width * height < 2 * anchor.box.width * anchor.box.height;

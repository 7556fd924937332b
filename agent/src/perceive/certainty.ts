/** Pure. What all the evidence together says: is this a person at all? */
import { shareIn } from './cells.ts';
import { changedIn, knownIn } from './places.ts';
import { middle, type Track, type Watched } from './track.ts';
import { eased } from './whereabouts.ts';

/** Certainty that furniture is given at most. */
const mostOfNowhere = 0.45;

export function settle(track: Track, { noticed, at }: Watched): Track {
  const { change } = noticed;
  const changed = noticed.jumped ? 0 : changedIn(track.box, change);
  const [x, y] = middle(track.box);
  const [hx, hy] = middle(track.home);
  const far =
    Math.hypot((x - hx) / Math.max(0.02, track.home.width), (y - hy) / Math.max(0.02, track.home.height)) > 0.5;
  const stirring = shareIn(track.box, change.width, change.height, noticed.moving);
  const stirs = stirring > 0.04;
  // A young memory may be of the person's own making.
  const stood = changed > 0.35 && knownIn(track.box, change) > 0.2 && track.seenAt === at;
  const moved = track.moved || ((far || track.fromNowhere) && stirring > 0.12) || stood;
  // Neither model is believed alone: patterns convince BlazePose, furniture NanoDet. What has never moved must convince both.
  const agreed = Math.max(stood ? 0.7 : 0, Math.min(1, Math.max(0, (track.figure - 0.1) / 0.2)));
  const body = moved
    ? track.presence * agreed
    : 0.9 * Math.max(0, (track.presence - 0.4) / 0.6) * Math.min(agreed, track.figure / 0.38);
  const figure = Math.min(1, track.figure / 0.5) * (moved ? 0.65 : 0.3);
  const evidence = Math.min(1, Math.max(body, figure));
  const settled =
    evidence >= track.certainty
      ? evidence
      : track.seenAt === at
        ? eased(track.certainty, evidence, 0.05)
        : track.certainty;
  // Whoever was sure once and moved like a person stays one until the room says otherwise.
  const certainty =
    track.sure && moved ? Math.max(0.5, settled) : Math.min(settled, track.fromNowhere && !moved ? mostOfNowhere : 1);
  const anchor = stirs && track.seenAt === at ? { box: track.box, at } : track.anchor;
  return { ...track, moved, certainty, anchor, sure: track.sure || certainty >= 0.5 };
}

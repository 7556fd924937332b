/** Pure. Track birth: a detection that no track explains revives a lost track within its gate, else starts a tentative one. */
import { type Box, iou, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { SceneChange } from './background.ts';
import { meanIn, shareIn } from './cells.ts';
import { updateCertainty } from './certainty.ts';
import { cameToRest } from './found-alive.ts';
import { areApart, passesGating } from './gating.ts';
import { updatedByDetection } from './measurement-update.ts';
import type { Movements } from './movement.ts';
import { wholeOf } from './part-of.ts';
import { changedIn, knownIn } from './region-proposal.ts';
import { centre, type Measurement, matchingScore, secondsUnseen, type Track, type TrackerInput } from './track.ts';

/** @param missing who ended where the room showed again, and was not seen to leave it. */
export function startTracks(
  tracks: readonly Track[],
  missing: readonly Track[],
  nextId: number,
  input: TrackerInput,
  movements: Movements,
): readonly [readonly Track[], number] {
  let id = nextId;
  const all = [...tracks];
  for (const measurement of input.measurements) {
    if (measurement.of !== 'region') continue;
    const box = measurement.body?.box ?? measurement.box;
    if (!measurement.body && measurement.score < matchingScore) continue;
    if (
      all.some(
        (track) => track.seenAt === input.at && overlapCoefficient(track.box, box) > 0.6 && iou(track.box, box) > 0.3,
      )
    )
      continue;
    const lost = nearestLost(all, box, input, isConvincing(measurement));
    if (lost >= 0) {
      const track = all[lost]!;
      const found = updatedByDetection(
        { ...track, poseConfidence: Math.max(track.poseConfidence, measurement.poseConfidence) },
        box,
        input.at,
        0,
        measurement.body,
      );
      const anchor = { box, at: input.at };
      all[lost] = updateCertainty(
        { ...found, anchor, detectionScore: Math.max(found.detectionScore, measurement.score), velocity: [0, 0] },
        input,
        movements,
        0,
      );
    } else {
      const whole = wholeOf(all, box, input.at);
      const born = { ...newTrack(id++, box, measurement, input), ...(whole ? { partOf: whole.id } : {}) };
      const came = !whole && [...all, ...missing].some((track) => wentThere(track, box, input));
      all.push(updateCertainty(came ? { ...born, moved: true, lives: true } : born, input, movements, 0));
    }
  }
  return [all, id];
}

const newTrack = (
  id: number,
  box: Box,
  { poseConfidence, body, ...measurement }: Measurement,
  { at, scene }: TrackerInput,
): Track => ({
  id,
  box,
  velocity: [0, 0],
  ...(body ? { body, nextCrop: body.nextCrop } : {}),
  bodyAt: at,
  certainty: 0,
  confirmed: false,
  bornAt: at,
  birthBox: box,
  anchor: { box, at },
  bornStill: isBornStill(box, scene),
  seenAt: at,
  measuredAt: at,
  // One measurement is not believed at once; the confidence rises with the next ones.
  poseConfidence: 0.6 * poseConfidence,
  detectionScore: measurement.of === 'region' ? 0.7 * measurement.score : 0,
  moved: false,
  lives: cameToRest(box, scene),
  ownMotionFor: 0,
  wasUpright: false,
  emptyFor: 0,
  scansMissed: 0,
});

/** A box in a learnt background that neither changed nor moved: furniture, because nobody arrives without either. */
function isBornStill(box: Box, { change, stillFor, relit }: SceneChange): boolean {
  if (relit || knownIn(box, change) < 0.25 || changedIn(box, change) > 0.15) return false;
  const { width, height } = change;
  const lately = new Uint8Array(stillFor.length);
  for (let at = 0; at < lately.length; at++) lately[at] = stillFor[at]! < 3 ? 255 : 0;
  return meanIn(box, width, height, lately) < 0.1;
}

/**
 * Nobody vanishes: where somebody was lost from sight, and something moved from there into this box and rests in it since, it is they who
 * came here, however still they are, and whatever number they get.
 */
function wentThere(track: Track, box: Box, { at, scene }: TrackerInput): boolean {
  const unseen = secondsUnseen(track, at);
  if (!track.confirmed || !track.moved || track.occludedBy || unseen < leastLost || unseen > longestLost) return false;
  if (scene.relit || areApart(track.box, box)) return false;
  const { width, height } = scene.change;
  // What was seen of them after they moved last may have been a bed that they fell past.
  const lost = Math.max(unseen, (at - track.anchor.at) / 1000) + endOfMovement;
  const since = (where: Box) => shareIn(where, width, height, (cell) => scene.stillFor[cell]! <= lost);
  return since(box) > leastCame && since({ x: 0, y: 0, width: 1, height: 1 }) < mostCame;
}
/** Seconds for which somebody has been lost at least, and at most: later others may have come. */
const [leastLost, longestLost] = [0.3, 60];
/** Seconds by which the movement may precede the last look that told of it. */
const endOfMovement = 1;
/** Share of the box, and of the picture, that has moved since: a body fills a fifth of its box, and a lamp lights more than half a room. */
const [leastCame, mostCame] = [0.2, 0.4];

/** The measurement alone makes it a person, without a lost track nearby. */
const isConvincing = ({ poseConfidence, score }: Extract<Measurement, { of: 'region' }>): boolean =>
  poseConfidence >= 0.8 || score >= matchingScore;

/**
 * Nearest-neighbour association with the lost tracks within their gates; index, or -1. Apart from a track's last box only a convincing
 * measurement counts: light and shadow move too when somebody goes out, and there is furniture in them.
 */
function nearestLost(tracks: readonly Track[], box: Box, input: TrackerInput, convincing: boolean): number {
  const { at } = input;
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  const [x, y] = centre(box);
  tracks.forEach((track, index) => {
    const unseen = secondsUnseen(track, at);
    if (unseen <= 0 || (!convincing && areApart(track.box, box))) return;
    const [tx, ty] = centre(track.box);
    const size = Math.max(track.box.width, track.box.height, box.width, box.height);
    const away = Math.max(0, Math.hypot(x - tx, y - ty) - 0.5 * size);
    if (away > 0.1 + 0.5 * Math.min(2, unseen) || away >= least || !passesGating(track, box, input)) return;
    [best, least] = [index, away];
  });
  return best;
}

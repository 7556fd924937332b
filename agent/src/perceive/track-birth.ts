/** Pure. Track birth: a detection that no track explains revives a lost track within its gate, else starts a tentative one. */
import { type Box, iou, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { SceneChange } from './background.ts';
import { meanIn } from './cells.ts';
import { updateCertainty } from './certainty.ts';
import { cameToRest } from './found-alive.ts';
import { areApart, passesGating } from './gating.ts';
import { updatedByDetection } from './measurement-update.ts';
import type { Movements } from './movement.ts';
import { wholeOf } from './part-of.ts';
import { changedIn, knownIn } from './region-proposal.ts';
import { centre, type Measurement, matchingScore, secondsUnseen, type Track, type TrackerInput } from './track.ts';

export function startTracks(
  tracks: readonly Track[],
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
      all.push(updateCertainty(born, input, movements, 0));
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
});

/** A box in a learnt background that neither changed nor moved: furniture, because nobody arrives without either. */
function isBornStill(box: Box, { change, stillFor, relit }: SceneChange): boolean {
  if (relit || knownIn(box, change) < 0.25 || changedIn(box, change) > 0.15) return false;
  const { width, height } = change;
  const lately = new Uint8Array(stillFor.length);
  for (let at = 0; at < lately.length; at++) lately[at] = stillFor[at]! < 3 ? 255 : 0;
  return meanIn(box, width, height, lately) < 0.1;
}

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

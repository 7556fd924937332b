/** Who does not move is seen as most looks have it, however sure a single one is; whoever has moved is seen as they are now. */
import type { SceneChange } from '@nattfrid/agent/perceive/background';
import { passesGating } from '@nattfrid/agent/perceive/gating';
import { hypotheses } from '@nattfrid/agent/perceive/still-body';
import type { Body, Hypothesis, Track, TrackerInput } from '@nattfrid/agent/perceive/track';
import type { Box } from '@nattfrid/shared/domain/geometry';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const [width, height] = [40, 30];
const lying: Box = { x: 0.2, y: 0.68, width: 0.5, height: 0.24 };
const sitting: Box = { x: 0.22, y: 0.34, width: 0.4, height: 0.58 };

const scene = (stillFor: number): SceneChange => ({
  change: {
    width,
    height,
    changed: new Uint8Array(width * height),
    known: new Uint8Array(width * height),
  },
  moving: new Uint8Array(width * height),
  changedShare: 0,
  knownShare: 0,
  movingShare: 0,
  stillFor: new Float32Array(width * height).fill(stillFor),
  calmFor: stillFor,
  noise: 0.5,
  relit: false,
});
const bodyIn = (box: Box): Body => ({
  box,
  poseConfidence: 0.98,
  joints: [],
  nextCrop: { x: 0, y: 0, side: 100, turn: 0 },
  shape: { region: box, width: 0, height: 0, mask: new Uint8Array(0) },
  axis: { tilt: box === lying ? 84 : 30, elongation: 2 },
});
const track = (box: Box, found: readonly Hypothesis[] = []): Track => ({
  id: 1,
  box,
  velocity: [0, 0],
  anchor: { box, at: instant(0) },
  wasUpright: true,
  ownMotionFor: 1,
  bornStill: false,
  bodyAt: instant(0),
  certainty: 0.9,
  confirmed: true,
  bornAt: instant(0),
  birthBox: box,
  seenAt: instant(0),
  measuredAt: instant(0),
  poseConfidence: 0.9,
  detectionScore: 0.5,
  moved: true,
  emptyFor: 0,
  lives: false,
  hypotheses: found,
});

/** @param stillFor seconds for which nothing had moved at each look. @returns the box that is believed after the last */
function believed(looks: readonly Box[], stillFor = 60): Box {
  let found: readonly Hypothesis[] = [];
  for (const box of looks) found = hypotheses(track(found[0]?.body.box ?? box, found), bodyIn(box), scene(stillFor), 1);
  return found[0]!.body.box;
}

describe('a body that does not move', () => {
  it('lies on, though one look makes somebody who sits of it', () =>
    expect(believed([lying, lying, lying, sitting])).toBe(lying));

  it('is what most looks say, also where the first said otherwise', () =>
    expect(believed([sitting, lying, lying])).toBe(lying));

  it('is believed to be otherwise after some looks, however long it was seen before', () =>
    expect(believed([...Array<Box>(500).fill(sitting), ...Array<Box>(9).fill(lying)])).toBe(lying));

  it('is seen as it is now once it has moved', () =>
    expect(believed([lying, lying, lying, sitting], 0.2)).toBe(sitting));
});

describe('where somebody is found next', () => {
  const input = { at: instant(200), scene: scene(0) } as TrackerInput;
  const leaving: Box = { x: 0.69, y: 0.17, width: 0.3, height: 0.8 };
  it('it is not the leg of a chair that they went away from', () =>
    expect(passesGating(track(leaving), { x: 0.5, y: 0.61, width: 0.12, height: 0.28 }, input)).toBe(false));

  it('it is a step aside', () =>
    expect(passesGating(track(leaving), { x: 0.5, y: 0.2, width: 0.15, height: 0.75 }, input)).toBe(true));

  it('it is on the floor where they stood, low as they are now', () =>
    expect(passesGating(track(leaving), { x: 0.66, y: 0.84, width: 0.3, height: 0.12 }, input)).toBe(true));
});

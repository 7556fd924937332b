/** Bodies that no model understands, followed by their movement alone. */
import type { SceneChange } from '@nattfrid/agent/perceive/background';
import { movementOf, movementsOf } from '@nattfrid/agent/perceive/movement';
import { personOf } from '@nattfrid/agent/perceive/to-observation';
import type { Body, Tracks } from '@nattfrid/agent/perceive/track';
import { tracker } from '@nattfrid/agent/perceive/tracker';
import { type Box, iou } from '@nattfrid/shared/domain/geometry';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const [width, height] = [80, 60];
const aspect = 4 / 3;
const standing: Box = { x: 0.45, y: 0.15, width: 0.14, height: 0.6 };
const bending: Box = { x: 0.42, y: 0.4, width: 0.22, height: 0.4 };
const lying: Box = { x: 0.3, y: 0.7, width: 0.45, height: 0.18 };
const bed: Box = { x: 0.25, y: 0.4, width: 0.45, height: 0.22 };

const isIn = ({ x, y, width: w, height: h }: Box, u: number, v: number) => u > x && u < x + w && v > y && v < y + h;

/** A room that is not known yet; `stillFor`: seconds since each cell last moved. */
function noticedOf(stillFor: Float32Array): SceneChange {
  const nothing = new Uint8Array(width * height);
  return {
    change: { width, height, changed: nothing, known: nothing },
    moving: Uint8Array.from(stillFor, (still) => (still === 0 ? 255 : 0)),
    stillFor,
    calmFor: 0,
    changedShare: 0,
    knownShare: 0,
    movingShare: 0.05,
    noise: 0.5,
    relit: false,
  };
}

const stillSince = (
  moved: readonly Box[],
  before: Float32Array = new Float32Array(width * height).fill(100),
): Float32Array =>
  Float32Array.from(before, (still, at) => {
    const [u, v] = [((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height];
    return moved.some((box) => isIn(box, u, v)) ? 0 : still + 0.1;
  });

describe('what moves in one piece', () => {
  const seen = (...moved: readonly Box[]) => movementsOf(noticedOf(stillSince(moved)), aspect);

  it('is a body, and its shadow along the floor does not widen it', () => {
    const shadow: Box = { x: 0.59, y: 0.73, width: 0.35, height: 0.02 };
    expect(iou(movementOf(standing, seen(standing, shadow))!.box, standing)).toBeGreaterThan(0.6);
    expect(movementOf(standing, seen(standing))!.axis!.tilt).toBeLessThan(10);
  });

  it.each<readonly [string, Box]>([
    ['a hand', { x: 0.5, y: 0.4, width: 0.06, height: 0.06 }],
    ['something elsewhere in the room', { x: 0.05, y: 0.2, width: 0.14, height: 0.5 }],
    ['the light of half the room', { x: 0, y: 0, width: 1, height: 0.7 }],
  ])('is not the body that stood there: %s', (_, moved) => {
    expect(movementOf(standing, seen(moved))).toBeUndefined();
  });
});

interface Picture {
  /** Where a model sees a body. */
  readonly body?: Box;
  readonly poseConfidence?: number;
  readonly score?: number;
  readonly moved?: readonly Box[];
}

const bodyIn = (box: Box, poseConfidence: number): Body => ({
  box,
  poseConfidence,
  joints: [],
  nextCrop: { x: 0, y: 0, side: 100, turn: 0 },
  shape: { region: box, width: 0, height: 0, mask: new Uint8Array(0) },
});

/** Ten pictures a second. */
function play(pictures: readonly Picture[]) {
  let state: Tracks = tracker.initial;
  let stillFor: Float32Array = stillSince([]);
  let at = 0;
  for (const { body, poseConfidence = 0.95, score = 0.4, moved = [] } of pictures) {
    at += 100;
    stillFor = stillSince(moved, stillFor);
    const [track] = state.tracks;
    const found = body ? { poseConfidence, body: bodyIn(body, poseConfidence) } : { poseConfidence: 0 };
    [state] = tracker.step(state, {
      at: instant(at),
      scene: noticedOf(stillFor),
      measurements: track
        ? [{ of: 'track', track: track.id, ...found }]
        : body
          ? [{ of: 'region', box: body, score, ...found }]
          : [],
      detections: body ? [{ box: body, score, turn: 0 }] : [],
      scanned: 1,
      exits: [],
      aspect,
    });
  }
  const persons = state.tracks.map((track) => personOf(track, instant(at), noticedOf(stillFor), aspect));
  return { tracks: state.tracks, persons };
}

const times = (many: number, picture: Picture): readonly Picture[] => Array.from({ length: many }, () => picture);
const stands = times(15, { body: standing, moved: [standing] });
const fallsUnseen = [
  ...times(4, { moved: [standing, bending] }),
  ...times(4, { moved: [bending, lying] }),
  ...times(6, { moved: [lying] }),
];

describe('somebody whom the models lose', () => {
  it('is told to lie where the movement of the fall came to rest, for as long as nothing moves', () => {
    const { persons } = play([...stands, ...fallsUnseen, ...times(150, {})]);
    expect(persons).toHaveLength(1);
    expect(iou(persons[0]!.box, lying)).toBeGreaterThan(0.6);
    expect(persons[0]!.axis!.tilt).toBeGreaterThan(58);
    expect(persons[0]!).toMatchObject({ unseenFor: 0 });
  });

  it('is not told to lie at the side of the picture, where they may as well have gone out', () => {
    const [near, out]: readonly Box[] = [
      { x: 0.8, y: 0.5, width: 0.2, height: 0.4 },
      { x: 0.75, y: 0.75, width: 0.25, height: 0.25 },
    ];
    const atSide: Box = { ...standing, x: 0.8 };
    const { persons } = play([
      ...times(15, { body: atSide, moved: [atSide] }),
      ...times(4, { moved: [atSide, near!] }),
      ...times(4, { moved: [near!, out!] }),
      ...times(12, {}),
    ]);
    expect(persons.filter(({ unseenFor }) => unseenFor < 1000)).toEqual([]);
  });

  it('does not become the bed beside, in which nothing has moved', () => {
    const { persons } = play([...stands, ...fallsUnseen, ...times(20, {}), ...times(30, { body: bed })]);
    expect(iou(persons[0]!.box, lying)).toBeGreaterThan(0.6);
  });

  it('does not become half the room that looks a little like a person', () => {
    const half: Box = { x: 0.1, y: 0.3, width: 0.8, height: 0.65 };
    const { persons } = play([
      ...stands,
      ...fallsUnseen,
      ...times(60, { body: half, poseConfidence: 0.1, score: 0.45 }),
    ]);
    expect(persons[0]!.box.width).toBeLessThan(0.6);
  });
});

describe('what hardly anybody but BlazePose is convinced of', () => {
  const unnamed = { body: standing, score: 0.22 } as const;
  it.each<readonly [string, Picture, boolean]>([
    ['is a person when all of it moves', { ...unnamed, moved: [standing] }, true],
    ['is a pattern when nothing moves', unnamed, false],
    ['is a pattern that flickers when NanoDet suspects nobody', { ...unnamed, score: 0.1, moved: [standing] }, false],
    [
      'is a pattern when something much larger passes in front of it',
      { ...unnamed, moved: [{ x: 0.2, y: 0.1, width: 0.6, height: 0.7 }] },
      false,
    ],
  ])('%s', (_, picture, sure) => {
    const { tracks } = play(times(20, picture));
    expect(tracks.some((track) => track.confirmed)).toBe(sure);
  });
});

/** The tracker on drawn bodies: one person keeps one track; birth, merging, deletion, and what is furniture. */
import type { SceneChange } from '@nattfrid/agent/perceive/background';
import { cameToRest } from '@nattfrid/agent/perceive/found-alive';
import type { Life } from '@nattfrid/agent/perceive/life';
import type { Body, Measurement, TrackerInput, Tracks } from '@nattfrid/agent/perceive/track';
import { tracker } from '@nattfrid/agent/perceive/tracker';
import type { Box, Polygon } from '@nattfrid/shared/domain/geometry';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const [width, height] = [40, 30];
const standing: Box = { x: 0.45, y: 0.2, width: 0.12, height: 0.6 };
const lying: Box = { x: 0.3, y: 0.7, width: 0.45, height: 0.2 };
const shifted = (box: Box, dx: number, dy = 0): Box => ({ ...box, x: box.x + dx, y: box.y + dy });

/** The room against its memory: known everywhere (or nowhere), changed in these boxes. */
function noticedOf(changedIn: readonly Box[], known = 1): SceneChange {
  const changed = new Uint8Array(width * height);
  for (const box of changedIn)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [u, v] = [(x + 0.5) / width, (y + 0.5) / height];
        if (u > box.x && u < box.x + box.width && v > box.y && v < box.y + box.height) changed[y * width + x] = 255;
      }
  return {
    change: { width, height, changed, known: new Uint8Array(width * height).fill(255 * known) },
    moving: new Uint8Array(width * height),
    changedShare: 0.1,
    knownShare: known,
    movingShare: 0,
    stillFor: Float32Array.from(changed, (value) => (value > 0 ? 0 : 100)),
    calmFor: 0,
    noise: 0.5,
    relit: false,
  };
}

const bodyIn = (box: Box, poseConfidence = 0.95): Body => ({
  box,
  poseConfidence,
  joints: [],
  nextCrop: { x: 0, y: 0, side: 100, turn: 0 },
  shape: { region: box, width: 0, height: 0, mask: new Uint8Array(0) },
  axis: { tilt: box.width > box.height ? 88 : 3, elongation: 3 },
});

/** What the models see in each picture: `at` places where a body is found, by BlazePose and by NanoDet (`score`). */
interface Picture {
  readonly bodies?: readonly Box[];
  readonly poseConfidence?: number;
  readonly score?: number;
  readonly detections?: readonly Box[];
  readonly changed?: readonly Box[];
  readonly known?: number;
  /** Where something lives; absent: nothing measures it. */
  readonly lives?: readonly Box[];
  readonly beds?: readonly Polygon[];
}

const lifeOf = (boxes: readonly Box[]): Life => ({
  ...{ width, height, at: instant(0), watchedFor: 60 },
  ...{ last: none(), calm: none(), mean: none(), square: none(), differs: none() },
  lives: noticedOf(boxes).change.changed,
});
const none = () => new Float32Array(0);

/** Plays pictures, ten a second; each track looks where it was, and finds the body nearest to it. */
function play(pictures: readonly Picture[], from: Tracks = tracker.initial) {
  let state = from;
  const gone: string[] = [];
  let at = (from.at ?? -100) as number;
  let still = new Float32Array(width * height).fill(100);
  for (const picture of pictures) {
    const { bodies = [], poseConfidence = 0.95, score = 0.5, detections = bodies, known = 1 } = picture;
    at += 100;
    const free = new Set(bodies);
    const measurements: Measurement[] = state.tracks.map((track) => {
      const near = [...free].find((box) => Math.abs(box.x - track.box.x - track.velocity[0] * 0.1) < 0.09);
      if (near) free.delete(near);
      const found = near ? { poseConfidence, body: bodyIn(near, poseConfidence) } : { poseConfidence: 0.05 };
      return { of: 'track', track: track.id, ...found };
    });
    for (const box of free)
      measurements.push({ of: 'region', box, score, poseConfidence, body: bodyIn(box, poseConfidence) });
    const scene = noticedOf(picture.changed ?? bodies, known);
    still = still.map((before, cell) => (scene.stillFor[cell] === 0 ? 0 : before + 0.1));
    const input: TrackerInput = {
      at: instant(at),
      scene: { ...scene, stillFor: still },
      measurements,
      detections: detections.map((box) => ({ box, score, turn: 0 })),
      scanned: 1,
      exits: [],
      ...(picture.lives ? { life: lifeOf(picture.lives) } : {}),
      ...(picture.beds ? { beds: picture.beds } : {}),
      aspect: 4 / 3,
    };
    const [next, told] = tracker.step(state, input);
    state = next;
    gone.push(...told.map((one) => `${one.track} ${one.why}`));
  }
  return { state, gone, ids: state.tracks.map((track) => track.id) };
}

/** A picture, half a second later, in which no model sees anybody and only one place stirs; `changed` is not as the room was. */
function stirring({ at }: Tracks, box: Box, changed: readonly Box[]): TrackerInput {
  const { stillFor } = noticedOf([box]);
  return {
    at: instant(at! + 500),
    scene: { ...noticedOf(changed), stillFor },
    measurements: [],
    detections: [],
    scanned: 0,
    exits: [],
    aspect: 4 / 3,
  };
}

const times = <Thing>(many: number, make: (index: number) => Thing): Thing[] =>
  Array.from({ length: many }, (_, i) => make(i));
const walkOut = times(12, (i): Picture => ({ bodies: [shifted(standing, 0.042 * i)] }));

describe('the people in a room', () => {
  it('has one number for somebody who walks through the room', () => {
    const { ids, state } = play(times(20, (i) => ({ bodies: [shifted(standing, -0.4 + 0.03 * i)] })));
    expect(ids).toEqual([1]);
    expect(state.tracks[0]!.certainty).toBeGreaterThan(0.8);
  });

  it('keeps the number through a fall that the models lose sight of', () => {
    const before = times(10, (): Picture => ({ bodies: [standing] }));
    const falling = times(6, (): Picture => ({ changed: [lying] }));
    const after = times(10, (): Picture => ({ bodies: [lying] }));
    expect(play([...before, ...falling, ...after]).ids).toEqual([1]);
  });

  it('keeps both numbers when two cross', () => {
    const crossing = times(
      21,
      (i): Picture => ({ bodies: [shifted(standing, -0.4 + 0.04 * i), shifted(standing, 0.4 - 0.04 * i)] }),
    );
    const { state, ids } = play(crossing);
    expect(ids).toEqual([1, 2]);
    expect(state.tracks[0]!.box.x).toBeGreaterThan(state.tracks[1]!.box.x);
  });

  it.each<readonly [string, readonly Picture[], readonly number[], readonly string[]]>([
    ['keeps the place of a person under a blanket', times(600, () => ({ changed: [lying] })), [1], []],
    ['keeps the place while the room there is not known', times(600, () => ({ known: 0 })), [1], []],
    ['lets go when the place is again as the room was', times(40, () => ({})), [], ['1 empty']],
    ['keeps the place in a held picture', times(300, () => ({ bodies: [lying] })), [1], []],
  ])('%s', (_, pictures, ids, gone) => {
    const told = play([...times(20, (): Picture => ({ bodies: [lying] })), ...pictures]);
    expect(told.ids).toEqual(ids);
    expect(told.gone).toEqual(gone);
  });

  it.each<readonly [string, number]>([
    ['in a known room', 1],
    ['in a room that was never seen empty', 0],
  ])('tells that a person went out at the edge, %s', (_, known) => {
    const { gone, ids } = play([...walkOut.map((one) => ({ ...one, known })), ...times(30, () => ({ known }))]);
    expect(ids).toEqual([]);
    expect(gone).toEqual(['1 edge']);
  });

  it.each<readonly [string, Picture, boolean]>([
    [
      'a thing that only NanoDet takes for a person',
      { bodies: [], detections: [standing], score: 0.55, changed: [] },
      false,
    ],
    [
      'a coat that BlazePose half believes in',
      { bodies: [standing], poseConfidence: 0.55, score: 0.3, changed: [] },
      false,
    ],
    [
      'somebody who has lain still since the first second',
      { bodies: [lying], poseConfidence: 0.95, score: 0.4, known: 0 },
      true,
    ],
    ['somebody dark who has moved', { bodies: [standing], poseConfidence: 0.7, score: 0.35 }, true],
  ])('judges %s', (_, picture, person) => {
    const { state } = play(times(50, () => picture));
    expect(state.tracks.some((track) => track.certainty >= 0.5)).toBe(person);
  });

  const doll: Box = { x: 0.4, y: 0.6, width: 0.15, height: 0.12 };
  const bedRound: readonly Polygon[] = [
    [
      [0.25, 0.5],
      [0.8, 0.5],
      [0.8, 0.95],
      [0.25, 0.95],
    ],
  ];
  it.each<readonly [string, Picture, boolean]>([
    ['a doll that lies there from the first picture on', { bodies: [doll], lives: [] }, false],
    ['a doll in a marked bed', { bodies: [doll], lives: [], beds: bedRound }, false],
    ['somebody who lies on the floor from the first picture on and breathes', { bodies: [lying], lives: [doll] }, true],
    [
      'somebody who lies in a marked bed, and in whom nothing is felt yet',
      { bodies: [lying], lives: [], beds: bedRound },
      true,
    ],
  ])('judges %s', (_, picture, person) => {
    const { state } = play(times(100, () => ({ ...picture, known: 0, changed: [] })));
    expect(state.tracks.some((track) => track.certainty >= 0.5)).toBe(person);
  });

  it.each<readonly [string, readonly Box[], boolean, boolean]>([
    ['has come who lies where something moved two seconds ago', [lying], false, true],
    ['has not come who lies where nothing moved', [], false, false],
    ['has not come who lies there while the whole room changes', [{ x: 0, y: 0, width: 1, height: 1 }], false, false],
    ['has not come who lies there while the light changes', [lying], true, false],
  ])('%s', (_, moved, relit, came) => {
    const stillFor = noticedOf(moved).stillFor.map((seconds) => (seconds === 0 ? 2 : seconds));
    expect(cameToRest(lying, { ...noticedOf([]), stillFor, relit })).toBe(came);
  });

  it('goes on believing in somebody who breathed once, and in whom nothing is felt any more', () => {
    const breathes = times(60, (): Picture => ({ bodies: [lying], known: 0, changed: [], lives: [doll] }));
    const still = times(100, (): Picture => ({ bodies: [lying], known: 0, changed: [], lives: [] }));
    expect(play([...breathes, ...still]).state.tracks[0]!.certainty).toBeGreaterThan(0.5);
  });

  it.each<readonly [string, Box, readonly Box[], number]>([
    ['a head within the body that it belongs to', lying, [{ x: 0.32, y: 0.74, width: 0.1, height: 0.12 }], 1],
    ['a body round the head that was found first', { x: 0.32, y: 0.74, width: 0.1, height: 0.12 }, [lying], 1],
    ['somebody who is found beside', shifted(lying, -0.2, -0.4), [lying], 2],
  ])('counts %s', (_, first, then, persons) => {
    const before = times(20, (): Picture => ({ bodies: [first], known: 0 }));
    const both = times(40, (): Picture => ({ bodies: [first, ...then], known: 0 }));
    expect(play([...before, ...both]).state.tracks.filter(({ confirmed }) => confirmed)).toHaveLength(persons);
  });

  it('does not give the number of one who fell to the bed beside them', () => {
    const bed: Box = { x: 0.35, y: 0.4, width: 0.45, height: 0.25 };
    const falls = times(10, (): Picture => ({ bodies: [standing] }));
    const bedOnly = times(30, (): Picture => ({ bodies: [shifted(bed, 0.05)], detections: [bed], changed: [lying] }));
    const told = play([...falls, ...bedOnly, ...times(5, (): Picture => ({ bodies: [lying] }))]);
    expect(told.state.tracks[0]).toMatchObject({ id: 1, box: lying });
  });

  it('stays as large as it stands while only a leg stirs and no model sees it', () => {
    const leg: Box = { x: 0.47, y: 0.55, width: 0.1, height: 0.25 };
    const { state } = play([
      ...walkOut.slice(0, 1),
      ...times(12, (i): Picture => ({ bodies: [shifted(standing, 0.01 * i)] })),
    ]);
    const stands = state.tracks[0]!.box;
    const [next] = tracker.step(state, stirring(state, shifted(leg, 0.11), [stands]));
    expect(next.tracks[0]!.box).toEqual(stands);
  });

  it('is followed to where it fell though no model sees it, when nothing of it is left above', () => {
    const fallen: Box = { x: 0.4, y: 0.55, width: 0.4, height: 0.25 };
    const { state } = play(times(12, (i): Picture => ({ bodies: [shifted(standing, 0.01 * i)] })));
    const [next] = tracker.step(state, stirring(state, fallen, []));
    expect(next.tracks[0]!.box.y).toBeGreaterThan(0.5);
  });

  it('does not take a thing that is half a body for the one who has just gone out', () => {
    const beside: Picture = { bodies: [shifted(standing, 0.05)], poseConfidence: 0.6, score: 0.1, detections: [] };
    const { gone, state } = play([...walkOut, ...times(4, (): Picture => ({})), ...times(20, () => beside)]);
    expect(gone).toContain('1 edge');
    expect(state.tracks.every((track) => track.certainty < 0.5)).toBe(true);
  });

  it('does not let go of one who lay still at the edge and is not understood for a moment', () => {
    const curled: Box = { x: 0.3, y: 0.72, width: 0.25, height: 0.28 };
    const unknown = { known: 0 } as const;
    const lies = times(60, (i): Picture => ({ bodies: [curled], ...unknown, changed: i < 10 ? [curled] : [] }));
    expect(play([...lies, ...times(20, (): Picture => unknown)])).toMatchObject({ ids: [1], gone: [] });
  });

  it('takes what appears in a known place without a movement for furniture, until it moves', () => {
    const coat: Picture = { bodies: [standing], poseConfidence: 1, score: 0.6, changed: [] };
    const { state } = play([...times(30, () => ({})), ...times(300, () => coat)]);
    expect(state.tracks[0]!.certainty).toBeLessThan(0.5);
    expect(
      play([{ ...coat, changed: [standing] }, coat, coat, coat], state).state.tracks[0]!.certainty,
    ).toBeGreaterThan(0.5);
  });

  it('forgets what was never surely a person', () => {
    const { ids, gone } = play([
      { bodies: [standing], poseConfidence: 0.55, score: 0.3, changed: [] },
      ...times(20, () => ({})),
    ]);
    expect(ids).toEqual([]);
    expect(gone).toEqual(['1 never-sure']);
  });
});

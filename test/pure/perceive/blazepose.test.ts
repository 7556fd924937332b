/** BlazePose's numbers, written by hand: landmarks, where to look next, and the body's shape brought back to the picture. */
import { readBlazePose } from '@nattfrid/agent/perceive/blazepose';
import { type Crop, fromFrame } from '@nattfrid/agent/perceive/crop';
import { personMask } from '@nattfrid/agent/perceive/person-mask';
import { describe, expect, it } from 'vitest';

const frame = { width: 640, height: 480 };
const quarter = Math.PI / 2;

/** A pose whose points all stand at one place of the crop, with hips and direction as given, all in pixels of the 256 input. */
function outputs(point: readonly [number, number], hips: readonly [number, number], head: readonly [number, number]) {
  const landmarks = new Float32Array(195);
  const mask = new Float32Array(256 * 256);
  for (let index = 0; index < 39; index++) landmarks.set([...point, 0, 100, -100], index * 5);
  landmarks.set(hips, 33 * 5);
  landmarks.set(head, 34 * 5);
  const world = new Float32Array(117);
  world.set([0, -1, 0.5]);
  return { landmarks, presence: Float32Array.of(0.9), mask, world };
}

describe('BlazePose', () => {
  for (const [name, crop, expected] of [
    ['upright', { x: 320, y: 240, side: 256, turn: 0 }, [320, 140]],
    ['head to the right', { x: 320, y: 240, side: 256, turn: quarter }, [420, 240]],
    ['head to the left, half as large', { x: 100, y: 200, side: 128, turn: -quarter }, [50, 200]],
  ] as const)
    it(`brings the nose back to the picture: ${name}`, () => {
      const pose = readBlazePose(outputs([128, 28], [128, 128], [128, 28]), crop, frame);
      const [nose] = pose.landmarks;
      expect(pose.landmarks).toHaveLength(33);
      expect([nose?.x, nose?.y].map((one) => one?.toFixed(4))).toEqual([
        (expected[0] / 640).toFixed(4),
        (expected[1] / 480).toFixed(4),
      ]);
      expect([nose?.certainty, nose?.present]).toEqual([1, expect.closeTo(0, 6)]);
    });

  it('keeps up up: the world of a lying person is turned back with the crop', () => {
    const lying = readBlazePose(
      outputs([128, 28], [128, 128], [128, 28]),
      { x: 320, y: 240, side: 256, turn: quarter },
      frame,
    );
    const [x, y, z] = lying.landmarks[0]?.world ?? [];
    expect([x, y, z].map((one) => Number(one?.toFixed(6)) + 0)).toEqual([1, 0, 0.5]);
  });

  it('says where to look next: round the hips, the body upright', () => {
    const { nextCrop: next } = readBlazePose(
      outputs([0, 0], [128, 128], [228, 128]),
      { x: 320, y: 240, side: 256, turn: 0 },
      frame,
    );
    expect([next.x, next.y, next.side].map(Math.round)).toEqual([320, 240, 250]);
    expect(next.turn).toBeCloseTo(quarter, 6);
  });
});

describe("a person's shape", () => {
  /** The upper half of the middle third of the crop is person. */
  const shaped = (crop: Crop) => {
    const made = outputs([0, 0], [128, 128], [128, 28]);
    for (let row = 0; row < 128; row++) made.mask.fill(1, row * 256 + 85, row * 256 + 171);
    return readBlazePose(made, crop, frame);
  };

  for (const [name, crop, expected] of [
    ['upright', { x: 320, y: 240, side: 256, turn: 0 }, [277, 112, 86, 128]],
    ['head to the right', { x: 320, y: 240, side: 256, turn: quarter }, [320, 197, 128, 86]],
    ['half out of the picture', { x: 0, y: 240, side: 256, turn: 0 }, [-43, 112, 86, 128]],
  ] as const)
    it(`lies where the person is: ${name}`, () => {
      const { region, width, height, mask } = personMask(shaped(crop), frame, 64);
      const box = [region.x * 640, region.y * 480, region.width * 640, region.height * 480];
      expect(box.map(Math.round)).toEqual(expected);
      expect(Math.max(width, height)).toBe(64);
      expect(mask.length).toBe(width * height);
      expect(mask[(height >> 1) * width + (width >> 1)]).toBe(255);
    });

  it('agrees with the crop at every cell, at an odd angle', () => {
    const crop = { x: 300, y: 200, side: 300, turn: 0.7 };
    const { region, width, height, mask } = personMask(shaped(crop), frame);
    let wrong = 0;
    mask.forEach((value, at) => {
      const x = (region.x + ((at % width) + 0.5) * (region.width / width)) * 640;
      const y = (region.y + (Math.floor(at / width) + 0.5) * (region.height / height)) * 480;
      const [u, v] = fromFrame(crop, x, y);
      const [fromEdgeU, fromEdgeV] = [86 / 512 - Math.abs(u - 0.5), Math.min(v, 0.5 - v)];
      const depth = Math.min(fromEdgeU, fromEdgeV);
      if (Math.abs(depth) > 0.01 && value > 127 !== depth > 0) wrong++;
    });
    expect(wrong).toBe(0);
  });

  it('is empty where nobody is', () => {
    const nobody = readBlazePose(outputs([0, 0], [128, 128], [128, 28]), { x: 320, y: 240, side: 256, turn: 0 }, frame);
    expect(personMask(nobody, frame).mask).toHaveLength(0);
  });
});

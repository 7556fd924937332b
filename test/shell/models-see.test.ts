/** The real models on real pictures: they find who lies on the floor, and nobody in an empty room. */

import type { Pixels } from '@nattfrid/agent/decode/frame';
import { type Pose, readBlazePose } from '@nattfrid/agent/perceive/blazepose';
import { type Crop, cropAround, quarterTurns, wholePicture } from '@nattfrid/agent/perceive/crop';
import { type Model, openModel } from '@nattfrid/agent/perceive/model';
import { type Detection, nonMaximumSuppression, readNanodet } from '@nattfrid/agent/perceive/nanodet';
import { personMask } from '@nattfrid/agent/perceive/person-mask';
import { fillTensor, tensorFormat } from '@nattfrid/agent/perceive/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtModels } from '../support/built-models.ts';
import { clips, hasFootage, pictureOf } from '../support/footage.ts';

const names = ['nanodet', 'blazepose-full'] as const;
const models = new Map<string, Model>();

beforeAll(async () => {
  const place = await builtModels();
  for (const name of names) models.set(name, await openModel(name, place));
});
afterAll(async () => {
  for (const model of models.values()) await model[Symbol.asyncDispose]();
});

async function ask(name: (typeof names)[number], pixels: Pixels, crop: Crop) {
  const model = models.get(name)!;
  const format = tensorFormat(model.input);
  const input = new Float32Array(format.length);
  fillTensor(pixels, crop, format, input);
  return model.run(input);
}

/** The best pose of the two best detections of each turn, if it is a body's size: things taken for one are a few pixels large. */
async function bestPose(pixels: Pixels): Promise<Pose | undefined> {
  let best: Pose | undefined;
  for (const turn of quarterTurns) {
    for (const { box } of (await persons(pixels, turn)).slice(0, 2)) {
      const crop = cropAround(box, pixels, turn);
      const pose = readBlazePose(await ask('blazepose-full', pixels, crop), crop, pixels);
      if (shareOf(pose, pixels) > 0.005 && pose.poseConfidence > (best?.poseConfidence ?? 0)) best = pose;
    }
  }
  return best;
}

/** Best first. */
async function persons(pixels: Pixels, turn: number): Promise<readonly Detection[]> {
  const crop = wholePicture(pixels, turn);
  return readNanodet(await ask('nanodet', pixels, crop), crop, pixels, { least: 0.1, asked: ['person'] });
}

/** How much of the picture the body covers, 0 to 1. */
function shareOf(pose: Pose, pixels: Pixels): number {
  const { region, mask } = personMask(pose, pixels);
  return (region.width * region.height * mask.filter((one) => one > 127).length) / Math.max(1, mask.length);
}

async function bestPerson(pixels: Pixels): Promise<number> {
  const found = [];
  for (const turn of quarterTurns) found.push(...(await persons(pixels, turn)));
  return nonMaximumSuppression(found)[0]?.score ?? 0;
}

const clip = (part: string) => clips().find(({ file }) => file.includes(part))!;

describe('who has fallen and lies', () => {
  for (const name of ['s2_fall12', 's2_fall13', 's3_fall01', 's3_fall20', 's4_fall02', 's4_fall03'])
    it.skipIf(!hasFootage)(`is found and has a shape: ${name}`, async () => {
      const pixels = await pictureOf(clip(name), clip(name).on_floor_from_s! + 0.4);
      const pose = await bestPose(pixels);
      expect(pose?.poseConfidence).toBeGreaterThan(0.5);
      expect(shareOf(pose!, pixels)).toBeGreaterThan(0.02);
      expect(shareOf(pose!, pixels)).toBeLessThan(0.3);
      expect(await bestPerson(pixels)).toBeGreaterThan(0.25);
    });
});

describe('an empty room', () => {
  for (const at of [0.5, 2, 4, 4.5])
    it.skipIf(!hasFootage)(`holds nobody, ${at} s in`, async () => {
      const pixels = await pictureOf(clip('empty_room'), at);
      expect((await bestPose(pixels))?.poseConfidence ?? 0).toBeLessThan(0.5);
      expect(await bestPerson(pixels)).toBeLessThan(0.25);
    });
});

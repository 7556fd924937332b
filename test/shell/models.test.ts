/** The models themselves: the same as the graphs they were converted from, the bytes that were pinned, and no guessing when not. */
import { appendFile, copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wholePicture } from '@nattfrid/agent/perceive/crop';
import { type ModelPlace, openModel } from '@nattfrid/agent/perceive/model';
import { fillTensor, tensorFormat } from '@nattfrid/agent/perceive/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildModels, builtModels } from '../support/built-models.ts';
import { figure, noise } from '../support/drawn-picture.ts';
import { openOriginal } from '../support/original-graph.ts';

let place: ModelPlace;
beforeAll(async () => {
  place = await builtModels();
});

/** An empty folder under the system's temporary one, gone afterwards. */
async function temporary() {
  const path = await mkdtemp(join(tmpdir(), 'nattfrid-models-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

/**
 * How far a number may be from the original's, as a share of that number (but not of less than one): five to ten times what
 * was measured. Both sides add up thousands of float32 products in their own order; a wrong padding or a wrong way of
 * resizing is off by far more than this.
 */
const tolerances: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  nanodet: { scores8: 1e-5, scores16: 1e-5, scores32: 1e-5, boxes8: 1e-4, boxes16: 1e-4, boxes32: 1e-4 },
  // The mask is a steep sigmoid, so its middle values feel the last digits most.
  'blazepose-lite': { landmarks: 3e-3, presence: 1e-4, mask: 1e-2, world: 2e-4 },
  'blazepose-full': { landmarks: 3e-3, presence: 1e-4, mask: 1e-2, world: 2e-4 },
};

const pictures = { noise: noise(320, 240), figure: figure(320, 240) };

describe('the converted models say what the originals say', () => {
  it('for every model and every output there is', () => {
    const original = place.manifest.models.filter(({ source }) => source.taught === undefined);
    const listed = original.map(({ name, outputs }) => [name, outputs.map((one) => one.name).toSorted()]);
    expect(Object.entries(tolerances).map(([name, outputs]) => [name, Object.keys(outputs).toSorted()])).toEqual(
      listed,
    );
  });

  for (const [name, allowed] of Object.entries(tolerances))
    it(`${name}, on noise, on a drawn figure, and on the figure turned`, async () => {
      await using model = await openModel(name, place);
      using original = await openOriginal(place.manifest.models.find((one) => one.name === name)!);
      const format = tensorFormat(model.input);
      const input = new Float32Array(format.length);
      for (const [pixels, turn] of [
        [pictures.noise, 0],
        [pictures.figure, 0],
        [pictures.figure, Math.PI / 2],
      ] as const) {
        fillTensor(pixels, wholePicture(pixels, turn), format, input);
        const expected = original.run(input);
        const found = await model.run(input);
        for (const [output, limit] of Object.entries(allowed))
          expect(apart(found[output]!, expected[output]!), `${output}, share apart`).toBeLessThan(limit);
      }
    });
});

describe('a model with weights of our own', () => {
  it('takes and gives what its original does, says the same of furniture, and something else of persons', async () => {
    const [ours, theirs] = ['nanodet-night', 'nanodet'].map(
      (name) => place.manifest.models.find((one) => one.name === name)!,
    );
    expect([ours!.input, ours!.outputs]).toEqual([theirs!.input, theirs!.outputs]);
    await using student = await openModel('nanodet-night', place);
    await using original = await openModel('nanodet', place);
    const format = tensorFormat(student.input);
    const input = new Float32Array(format.length);
    fillTensor(pictures.figure, wholePicture(pictures.figure), format, input);
    const [found, before] = [await student.run(input), await original.run(input)];
    const persons = (scores: Float32Array) => scores.filter((_, at) => at % 80 === 0);
    const others = (scores: Float32Array) => scores.filter((_, at) => at % 80 !== 0);
    expect(apart(persons(found['scores16']!), persons(before['scores16']!))).toBeGreaterThan(0.01);
    expect(apart(others(found['scores16']!), others(before['scores16']!))).toBeLessThan(0.3);
  });
});

/** The largest difference, each as a share of the number it should be (but not of less than one). */
function apart(found: Float32Array, expected: Float32Array): number {
  expect(found.length).toBe(expected.length);
  let largest = 0;
  found.forEach((number, at) => {
    const other = expected[at]!;
    const share = Math.abs(number - other) / Math.max(1, Math.abs(other));
    // Written so that a NaN on either side counts as apart, and stays so.
    if (!(share <= largest)) largest = share;
  });
  return Number.isNaN(largest) ? Number.POSITIVE_INFINITY : largest;
}

describe('building the models', () => {
  it('gives the very bytes that are pinned, and builds nothing a second time', async () => {
    await using folder = await temporary();
    const first = await buildModels('--out', folder.path);
    expect(first.match(/nodes/g)).toHaveLength(place.manifest.models.length);
    const second = await buildModels('--out', folder.path);
    expect(second.match(/is there already/g)).toHaveLength(place.manifest.models.length);
    expect((await readdir(folder.path)).every((file) => file.endsWith('.onnx'))).toBe(true);
  });

  it('refuses a name that it does not know', async () => {
    await expect(buildModels('nanodot')).rejects.toThrow('There is no model called nanodot');
  });
});

describe('opening a model', () => {
  it('says which command to run when the file is missing', async () => {
    await using folder = await temporary();
    const opened = openModel('nanodet', { ...place, folder: folder.path });
    await expect(opened).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('npm run build:models'),
    });
  });

  it('refuses a file of which a byte is wrong', async () => {
    await using folder = await temporary();
    const file = join(folder.path, 'blazepose-lite.onnx');
    await copyFile(join(place.folder, 'blazepose-lite.onnx'), file);
    await appendFile(file, '\0');
    const opened = openModel('blazepose-lite', { ...place, folder: folder.path });
    await expect(opened).rejects.toMatchObject({ code: 'model-wrong-digest', message: expect.stringContaining(file) });
  });

  it('refuses a name that nobody listed', async () => {
    await expect(openModel('nanodot', place)).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('refuses a model that takes something else than the list says', async () => {
    const models = place.manifest.models.map((one) => ({ ...one, input: { ...one.input, name: 'sound' } }));
    const opened = openModel('blazepose-lite', { ...place, manifest: { ...place.manifest, models } });
    await expect(opened).rejects.toMatchObject({ code: 'model-failed' });
  });

  it('refuses an input of the wrong size instead of seeing an empty room', async () => {
    await using model = await openModel('blazepose-lite', place);
    await expect(model.run(new Float32Array(3))).rejects.toMatchObject({ code: 'model-failed' });
  });
});

/** The larger pose model is open while somebody looks, and not before, nor long after. */
import { builtModels } from '@nattfrid/agent/perceive/built-models';
import { finePose } from '@nattfrid/agent/perceive/fine-pose';
import { expect, it, vi } from 'vitest';

const opened = { timeout: 20_000, interval: 20 };

it('is opened when a picture is for a viewer, keeps none waiting, and is closed when nobody has looked for long', async () => {
  await using fine = finePose('blazepose-full', await builtModels());
  expect(fine.wanted()).toBeUndefined();
  const model = await vi.waitFor(() => {
    const found = fine.wanted();
    if (!found) throw new Error('it is not open yet');
    return found;
  }, opened);
  expect(model.name).toBe('blazepose-full');
  for (let run = 0; run < 199; run++) fine.unwanted();
  expect(fine.wanted()).toBe(model);
  for (let run = 0; run < 200; run++) fine.unwanted();
  expect(fine.wanted()).toBeUndefined();
});

it('that cannot be opened fails, and is never an empty picture', async () => {
  const place = await builtModels();
  await using fine = finePose('blazepose-full', { ...place, folder: `${place.folder}-gone` });
  expect(fine.wanted()).toBeUndefined();
  await vi.waitFor(() => expect(() => fine.wanted()).toThrow(/cannot be read/), opened);
});

/** Where the built models lie: beside the program, or in a folder that the settings name. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ModelPlace, readManifest } from './model.ts';

const besideProgram = fileURLToPath(new URL('../../../models/built', import.meta.url));

/**
 * @param folder of the built models; the manifest lies above it.
 * @throws Fault `model-missing` where there is no manifest, with what to do.
 */
export async function builtModels(folder = besideProgram): Promise<ModelPlace> {
  return { folder, manifest: await readManifest(join(folder, '../manifest.json')) };
}

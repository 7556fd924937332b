/** Builds the models where they are missing, with the same command as a person, and returns their place. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ModelPlace, readManifest } from '@nattfrid/agent/perceive/model';

const root = join(import.meta.dirname, '../..');

/** @param options of models/build.ts, such as `--force` or `--out`. */
export async function buildModels(...options: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'models/build.ts'), ...options]);
  return stdout;
}

export async function builtModels(): Promise<ModelPlace> {
  await buildModels();
  return { folder: join(root, 'models/built'), manifest: await readManifest(join(root, 'models/manifest.json')) };
}

/** Copies the models that a program opens, each checked against the digest in the manifest. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Manifest, type ModelEntry } from '@nattfrid/agent/perceive/manifest';

/**
 * @param root of the checkout @param folder of the program, which gets `models/manifest.json` and `models/built/`
 * @returns the entries of what was copied
 * @throws Error naming the model that is missing or another one than the manifest says, and what to do
 */
export async function copyModels(
  names: readonly string[],
  root: string,
  folder: string,
): Promise<readonly ModelEntry[]> {
  if (names.length === 0) return [];
  const { models } = Manifest.parse(JSON.parse(await readFile(join(root, 'models/manifest.json'), 'utf8')));
  await mkdir(join(folder, 'models/built'), { recursive: true });
  await copyFile(join(root, 'models/manifest.json'), join(folder, 'models/manifest.json'));
  const copied: ModelEntry[] = [];
  for (const name of names) {
    const entry = models.find((one) => one.name === name);
    if (!entry) throw new Error(`models/manifest.json has no model ${name}.`);
    const file = `models/built/${name}.onnx`;
    const bytes = await readFile(join(root, file)).catch(() => {
      throw new Error(`${file} is missing. Build it: npm run build:models`);
    });
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== entry.sha256)
      throw new Error(
        `${file} is not the model of models/manifest.json (sha256 ${found}, and not ${entry.sha256}). Build it anew: npm run build:models -- --force ${name}`,
      );
    await copyFile(join(root, file), join(folder, file));
    copied.push(entry);
  }
  return copied;
}

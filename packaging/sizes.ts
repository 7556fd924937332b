/** What each part of a program's folder takes on disk. */
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { filesIn } from './debian-package.ts';

export interface Sizes {
  readonly parts: readonly (readonly [name: string, bytes: number])[];
  readonly bytes: number;
}

const parts = [
  ['Node', /\/node$/],
  ['ONNX Runtime', /\/(libonnxruntime|onnxruntime_binding)/],
  ['models', /\/models\//],
  ['console', /\/console\//],
  ['our modules', /\.js$/],
  ['papers', /^share\/doc\//],
] as const;

export async function sizesOf(folder: string): Promise<Sizes> {
  const found = new Map<string, number>();
  let bytes = 0;
  for (const file of await filesIn(folder)) {
    const { size } = await stat(file);
    const [name] = parts.find(([, pattern]) => pattern.test(relative(folder, file))) ?? ['other'];
    found.set(name, (found.get(name) ?? 0) + size);
    bytes += size;
  }
  return { parts: [...found].sort(([, one], [, other]) => other - one), bytes };
}

export const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

export const sizesLine = ({ parts: each, bytes }: Sizes): string =>
  `${inMegabytes(bytes)} on disk: ${each.map(([name, size]) => `${name} ${inMegabytes(size)}`).join(', ')}`;

/** Which npm packages source files come from, with what each says of its licence. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const Described = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  author: z.union([z.string(), z.object({ name: z.string() })]).optional(),
});

export interface Part {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  /** The texts of its licence and of its notices, as the package has them. */
  readonly texts: readonly string[];
}

/** @param files absolute paths; what is not below a `node_modules` is our own @returns each package once, by name */
export function partsOf(files: readonly string[]): readonly Part[] {
  const folders = new Set(files.flatMap((file) => folderOf(file) ?? []));
  const parts = [...folders].map(partIn).filter(({ name }) => !name.startsWith('@nattfrid/'));
  const once = new Map(parts.map((part) => [`${part.name}@${part.version}`, part]));
  return [...once.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, part]) => part);
}

/** The folder of the package: after the last `node_modules`, one name, or two where the first is a scope. */
function folderOf(file: string): string | undefined {
  const [, folder] =
    /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replace(/^\0/, '').replace(/\?.*$/, '')) ?? [];
  return folder;
}

/** @throws Error where a package does not say under what licence it is */
export function partIn(folder: string): Part {
  const { name, version, license, author } = Described.parse(
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  );
  const licence = typeof license === 'object' ? license.type : license;
  if (!licence) throw new Error(`${name} ${version} does not say under what licence it is: it cannot be passed on.`);
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file) && !/\.(js|ts|json)$/.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const by = typeof author === 'object' ? author.name : author;
  return { name, version, licence, texts: texts.length > 0 ? texts : [`${licence}${by ? `, by ${by}` : ''}`] };
}

/** Where the package of a module lies that is found by its name alone. */
export const besideOf = (root: string, name: string): string =>
  dirname(join(root, 'node_modules', name, 'package.json'));

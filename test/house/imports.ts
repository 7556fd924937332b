/** What imports what in this house, types included, as dependency-cruiser reads it. */
import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import type { Imports } from './tower.ts';

const Cruised = z.object({
  modules: z.array(z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) })),
});

export interface House {
  /** Sources, as paths from the root. */
  readonly files: readonly string[];
  readonly imports: readonly Imports[];
}

/** @param root of the checkout. @param ours whether a file counts; what is not ours is neither a node nor an end of an arrow. */
export function readHouse(root: string, ours: (file: string) => boolean = () => true): House {
  const args = ['run', '--silent', 'check:walls', '--', '--output-type', 'json'];
  const printed = execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  const { modules } = Cruised.parse(JSON.parse(printed));
  const counts = (file: string) => /^(?!node_modules).*\.tsx?$/.test(file) && ours(file);
  return {
    files: modules.map(({ source }) => source).filter(counts),
    imports: modules.flatMap(({ source, dependencies }) =>
      dependencies
        .filter(({ resolved }) => counts(source) && counts(resolved))
        .map(({ resolved }) => ({ from: source, to: resolved })),
    ),
  };
}

export const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/'));

/** The same arrows between the folders: one that holds another is counted apart from it. */
export const betweenFolders = (imports: readonly Imports[]): readonly Imports[] =>
  imports.map(({ from, to }) => ({ from: folderOf(from), to: folderOf(to) }));

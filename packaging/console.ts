/** Builds the console of the staff into the relay's package, and says which source files are in it. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'rolldown';

/** What is used of Vite, which is that of the checkout that is built. */
interface Vite {
  build(settings: object): Promise<unknown>;
}

/** @param root of the checkout @returns paths of the source files, those of npm packages too */
export async function buildConsole(root: string, folder: string): Promise<readonly string[]> {
  const sources = new Set<string>();
  const seen: Plugin = {
    name: 'seen',
    transform(_code, id) {
      sources.add(id);
      return undefined;
    },
  };
  const found = createRequire(join(root, 'package.json')).resolve('vite/package.json');
  const vite = (await import(pathToFileURL(join(found, '../dist/node/index.js')).href)) as Vite;
  await vite.build({
    root: join(root, 'relay/console'),
    logLevel: 'error',
    plugins: [seen],
    worker: { plugins: () => [seen] },
    build: { outDir: folder, emptyOutDir: true },
  });
  return [...sources].sort();
}

/** Makes one module of a program and all that it imports, types stripped; says which packages of others are in it. */
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { nativeBeside, ownPaths } from './own-paths.ts';
import type { Packaged } from './program.ts';

/**
 * Writes `NAME.js` for each entry into the folder.
 * @param root of the checkout, with its npm packages
 * @returns paths of all source files of which something is in the modules
 * @throws Error with the bundler's words; a warning is one, too: what it could not follow would be missed in somebody's home
 */
export async function bundle(program: Packaged, root: string, folder: string): Promise<readonly string[]> {
  const sources = new Set<string>();
  const places = new Map<string, string>(
    Object.entries(program.entries).map(([name, source]) => [join(root, source), `./${name}.js`]),
  );
  places.set(join(root, 'models/built'), './models/built');
  for (const [name, source] of Object.entries(program.entries)) {
    await using made = disposable(
      await rolldown({
        cwd: root,
        input: { [name]: join(root, source) },
        platform: 'node',
        plugins: [ownPaths(root, places), nativeBeside],
        onLog: (level, log) => {
          if (level === 'warn' && !harmless.has(log.code ?? '')) throw new Error(`Bundling ${name}: ${log.message}`);
        },
      }),
    );
    const { output } = await made.bundle.write({
      dir: folder,
      format: 'esm',
      entryFileNames: '[name].js',
      codeSplitting: false,
      // Names stay, so that a stack says where; text in ASCII is held by V8 in half the memory.
      minify: { compress: false, mangle: false, codegen: { removeWhitespace: true, asciiOnly: true } },
      comments: false,
    });
    for (const chunk of output) {
      if (chunk.type !== 'chunk') throw new Error(`Bundling ${name} made ${chunk.fileName} beside the module.`);
      for (const [path, { renderedLength }] of Object.entries(chunk.modules)) if (renderedLength > 0) sources.add(path);
    }
  }
  return [...sources].sort();
}

/** Libraries do these, and they change nothing for us. */
const harmless = new Set(['EVAL', 'CIRCULAR_DEPENDENCY', 'COMMONJS_VARIABLE_IN_ESM']);

const disposable = (bundle: Awaited<ReturnType<typeof rolldown>>) => ({
  bundle,
  [Symbol.asyncDispose]: () => bundle.close(),
});

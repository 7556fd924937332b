/** How the console is built: everything in files of its own, nothing inline, nothing from elsewhere. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { ChunkingContext } from 'rolldown';
import { defineConfig, type Plugin } from 'vite';

const worker = 'service-worker';

/** Tells the service worker which files there are, and a name for just these: it keeps them and nothing else. */
const ownFiles = (): Plugin => ({
  name: 'own-files',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const files = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
    const page = bundle['index.html'];
    const words = [...files.sort(), page?.type === 'asset' ? String(page.source) : ''].join('\n');
    const version = createHash('sha256').update(words).digest('hex').slice(0, 12);
    // An open page compares it with what the relay tells.
    if (page?.type === 'asset')
      page.source = String(page.source).replace(
        '<head>',
        `<head>\n    <meta name="nattfrid-build" content="${version}" />`,
      );
    const script = bundle[`${worker}.js`];
    if (script?.type !== 'chunk') throw new Error('The service worker was not built.');
    script.code = script.code
      .replace('__OWN_FILES__', files.map((name) => `/${name}`).join(' '))
      .replace('__VERSION__', version);
  },
});

const shorter = [
  ['br', promisify(brotliCompress), { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }],
  ['gz', promisify(gzip), { level: constants.Z_BEST_COMPRESSION }],
] as const;

/** Bytes of brotli that a browser waits for before it draws anything. */
const longestFirst = 250_000;

/** Beside each text its shorter files, made once here: the relay serves what a browser understands. */
const shorterFiles = (): Plugin => ({
  name: 'shorter-files',
  async writeBundle({ dir = '' }, bundle) {
    const texts = Object.values(bundle).filter(({ fileName }) => /^assets\/.*\.(js|css)$/.test(fileName));
    const write = async (one: (typeof texts)[number]) => {
      const bytes = Buffer.from(one.type === 'chunk' ? one.code : one.source);
      for (const [ending, compress, options] of shorter) {
        const short = await compress(bytes, options);
        if (ending === 'br' && /^assets\/first-[\w-]{8}\.js$/.test(one.fileName) && short.length > longestFirst)
          throw new Error(
            `The first file of the console is ${short.length} B of brotli, and may be ${longestFirst}: fetch some of it later (pages.ts, words/sv-later.ts).`,
          );
        await writeFile(join(dir, `${one.fileName}.${ending}`), short);
      }
    };
    await Promise.all(texts.map(write));
  },
});

/** What fields mean is for whoever reads the protocol, and no screen shows it. */
const withoutDescriptions = (): Plugin => ({
  name: 'without-descriptions',
  enforce: 'pre',
  transform: (code, id) =>
    /\/shared\/src\/.*\.ts$/.test(id)
      ? code.replaceAll(/\.describe\(\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),?\s*\)/g, '')
      : undefined,
});

const first = `${import.meta.dirname}/src/main.tsx`;
let withFirst: ReadonlySet<string> | undefined;

/** Parts of Mantine that its one door names, and the first page does not draw. */
const notAtFirst =
  /@mantine\/core\/.*\/(NumberInput|NumberFormatter|Textarea|FileButton|Checkbox|Combobox)\/|react-number-format/;

/** All that the first page needs is one file: a browser asks for it once, and it is shorter than its parts. */
function fileOf(id: string, modules: ChunkingContext): string | null {
  withFirst ??= importedBy(first, modules);
  // Not what starts the app: the page of exercises needs the same file, and starts another.
  return id !== first && withFirst.has(id) && !notAtFirst.test(id) ? 'first' : null;
}

function importedBy(from: string, modules: ChunkingContext): ReadonlySet<string> {
  const found = new Set([from]);
  for (const id of found) for (const more of modules.getModuleInfo(id)?.importedIds ?? []) found.add(more);
  return found;
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), withoutDescriptions(), ownFiles(), shorterFiles()],
  resolve: { alias: [{ find: /^temporal-polyfill$/, replacement: `${import.meta.dirname}/src/parts/temporal.ts` }] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: {
        index: `${import.meta.dirname}/index.html`,
        training: `${import.meta.dirname}/training.html`,
        [worker]: `${import.meta.dirname}/src/worker/${worker}.ts`,
      },
      output: {
        codeSplitting: { groups: [{ name: fileOf }] },
        entryFileNames: ({ name }) => (name === worker ? `${worker}.js` : 'assets/[name]-[hash].js'),
      },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/live': { target: 'ws://127.0.0.1:8080', ws: true } } },
});

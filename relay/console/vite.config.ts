/** How the console is built: everything in files of its own, nothing inline, nothing from elsewhere. */
import { createHash } from 'node:crypto';
import react from '@vitejs/plugin-react';
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
    const script = bundle[`${worker}.js`];
    if (script?.type !== 'chunk') throw new Error('The service worker was not built.');
    script.code = script.code
      .replace('__OWN_FILES__', files.map((name) => `/${name}`).join(' '))
      .replace('__VERSION__', version);
  },
});

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), ownFiles()],
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
      output: { entryFileNames: ({ name }) => (name === worker ? `${worker}.js` : 'assets/[name]-[hash].js') },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/live': { target: 'ws://127.0.0.1:8080', ws: true } } },
});

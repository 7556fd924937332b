/** One runner for every kind of test; slow folders (site, browser) get longer, nothing is retried. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { notOverNodes } from './test/support/not-over-nodes.ts';

// Half of the time of a program's start is its compiling, and relay and agent are started hundreds of times.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/nattfrid-compiled');

/** Which engine the relays of the tests stand on: `npm run test:postgres`. */
const onPostgres = process.env['NATTFRID_TEST_STORE'] === 'postgres';
/** Whether each of them is several nodes: `npm run test:nodes`. */
const onNodes = process.env['NATTFRID_TEST_NODES'] !== undefined;
const around = [
  ...(onPostgres ? ['test/support/settle-with-postgres.ts'] : []),
  ...(onNodes ? ['test/support/spread-over-nodes.ts'] : []),
];

/** They leave nothing behind in their process, so that what they import is loaded once for all of them. */
const together = ['test/pure/**/*.test.ts'];

/** What mostly waits, at the speed of life, for a minute or a camera's patience to pass: several wait beside each other, after all others. */
const waiting = [
  ...['camera-pulled', 'own-camera', 'decoder-stopped', 'relay-full-disk', 'power-cut'].map((name) => `site/${name}`),
  ...['manners', 'faults', 'conversation', 'commands', 'patience'].map((name) => `shell/agent/camera-${name}`),
  'shell/agent/record-manners',
].map((name) => `test/${name}.test.ts`);

export default defineConfig({
  test: {
    // A clock that is moved waits for PostgreSQL's answers at each of its seconds.
    testTimeout: onPostgres ? 180_000 : 60_000,
    hookTimeout: 120_000,
    // Of two cores a file uses a little more than a half: the rest is waiting for browsers, cameras and commits.
    maxWorkers: 3,
    reporters: ['default'],
    globalSetup: ['test/support/postgres-of-run.ts', ...(onNodes ? ['test/support/not-over-nodes.ts'] : [])],
    setupFiles: ['test/support/patience.ts', ...around],
    // As test/support/patience.ts.
    expect: { poll: { timeout: 5000 } },
    projects: [
      { extends: true, test: { name: 'together', include: together, isolate: false } },
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['test/**/*.test.ts'],
          exclude: [...together, ...waiting, ...(onNodes ? notOverNodes : [])],
        },
      },
      { extends: true, test: { name: 'waiting', include: waiting, maxWorkers: 5, sequence: { groupOrder: 1 } } },
    ],
  },
});

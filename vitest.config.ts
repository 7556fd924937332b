/** One runner for every kind of test; slow folders (site, browser) get longer, nothing is retried. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: real models, browsers and servers of several files at once would only slow each other down.
    maxWorkers: 2,
    reporters: ['default'],
  },
});

/** What `scripts/package --check` runs: proofs of what was built, each by its name, outside of the suite. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/packaged/*.proof.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    fileParallelism: false,
    reporters: ['verbose'],
  },
});

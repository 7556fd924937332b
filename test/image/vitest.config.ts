/** What `npm run prove:home` runs: proofs with a unit that qemu plays, each by its name, outside of the suite. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/image/*.proof.ts'],
    testTimeout: 2_400_000,
    hookTimeout: 900_000,
    fileParallelism: false,
    reporters: ['verbose'],
  },
});

/** Pure. Settings of Node and the C library under which the agent runs on a unit, where memory is small. */

/** A small young generation, as each picture leaves a megabyte of garbage. */
export const nodeFlags: readonly string[] = ['--max-semi-space-size=2'];

/** glibc: two arenas in place of one per thread, and freed memory is returned to the kernel. */
export const environment: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '131072',
};

/** Pure. How the agent's process is started where it is to be small: what Node and the C library read once, at the start. */

/** Young garbage is collected early: each picture leaves a megabyte of it behind. */
export const nodeFlags: readonly string[] = ['--max-semi-space-size=2'];

/** glibc: two arenas instead of one a thread, and memory that is free again goes back. */
export const environment: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '131072',
};

/** Pure. Bounded concurrency: work on items begins in their order, with at most `count` in progress. */
export async function forEachAtOnce<T>(
  count: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: Math.min(count, items.length) }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}

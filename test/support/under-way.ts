/** What has been asked of another process, or said to it, and has not come yet: a clock that is moved waits for it. */

/** Of what may never come: nobody may have listened yet. */
const longest = 300;

const under = new Map<object, number>();

/** @returns ends it. @param within milliseconds, after which it is not waited for any more */
export function begin(within = Number.POSITIVE_INFINITY): () => void {
  const one = {};
  under.set(one, performance.now() + within);
  return () => void under.delete(one);
}

export const saidOnBus = (): (() => void) => begin(longest);

export function isUnderWay(): boolean {
  const now = performance.now();
  for (const [one, until] of under) if (until < now) under.delete(one);
  return under.size > 0;
}

/** What has to be said before this page is left: each who waits with something is told when the window is hidden or closed, or its person signs out. */

export interface Leaving {
  /** @param say called when the page is about to be left, perhaps more than once @returns what forgets it again */
  before(say: () => Promise<void>): () => void;
  /** Resolves once all has been said, well or not. */
  leave(): Promise<void>;
}

export function openLeaving(): Leaving {
  const waiting = new Set<() => Promise<void>>();
  const leave = async () => void (await Promise.allSettled([...waiting].map((say) => say())));
  window.addEventListener('pagehide', () => void leave());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void leave();
  });
  return {
    before(say) {
      waiting.add(say);
      return () => void waiting.delete(say);
    },
    leave,
  };
}

/** Tells whoever waits that something has changed. Whoever waits no longer is forgotten: a promise would remember each that ever waited. */

export interface News {
  /** Ends the waits that are under way. */
  tell(): void;
  /** Resolves at the next news, or on abort. */
  next(signal: AbortSignal): Promise<void>;
}

export function openNews(): News {
  const waiting = new Set<() => void>();
  return {
    tell() {
      for (const done of [...waiting]) done();
    },
    next(signal) {
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        waiting.add(done);
        signal.addEventListener('abort', done, { once: true });
      });
    },
  };
}

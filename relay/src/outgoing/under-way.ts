/** What is being sent just now: so many at once, each name once, all of it given up when the relay closes. */
export interface UnderWay extends AsyncDisposable {
  /** Begins it, unless there are too many or this one is on its way already. @returns whether it was begun */
  begin(name: string, deed: (signal: AbortSignal) => Promise<void>): boolean;
}

export function openUnderWay(atOnce: number, failed: (error: unknown) => void): UnderWay {
  const running = new Map<string, Promise<void>>();
  const over = new AbortController();
  return {
    begin(name, deed) {
      if (over.signal.aborted || running.size >= atOnce || running.has(name)) return false;
      const run = deed(over.signal)
        .catch((error) => {
          if (!over.signal.aborted) failed(error);
        })
        .finally(() => void running.delete(name));
      running.set(name, run);
      return true;
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      await Promise.all(running.values());
    },
  };
}

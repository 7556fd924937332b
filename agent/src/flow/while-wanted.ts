/** Runs a task while it is wanted, never twice at once, and starts it again when it is wanted again. */
export interface WhileWanted extends AsyncDisposable {
  set(wanted: boolean): void;
}

/** @param task ends soon after its signal and never rejects */
export function whileWanted(task: (signal: AbortSignal) => Promise<void>): WhileWanted {
  let running: AbortController | undefined;
  let done: Promise<void> = Promise.resolve();
  const set = (wanted: boolean) => {
    if (wanted === (running !== undefined)) return;
    running?.abort();
    running = undefined;
    if (!wanted) return;
    const mine = new AbortController();
    running = mine;
    done = done.then(() => (mine.signal.aborted ? undefined : task(mine.signal)));
  };
  return {
    set,
    async [Symbol.asyncDispose]() {
      set(false);
      await done;
    },
  };
}

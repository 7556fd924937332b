/** A scope: owns opened resources and tasks, and on disposal aborts its signal and closes them, newest first. */
export interface Scope extends AsyncDisposable {
  readonly signal: AbortSignal;
  /** Takes over an opened resource, and returns it for use. */
  own<Thing extends Disposable | AsyncDisposable>(thing: Thing): Thing;
  /** Owns a running task: its rejection goes to `failed`, and closing waits for it. */
  task(running: Promise<unknown>): void;
}

/** @param failed called with the error of every task that rejects without an abort */
export function openScope(failed: (error: unknown) => void, parent?: AbortSignal): Scope {
  const controller = new AbortController();
  const stack = new AsyncDisposableStack();
  const tasks = new Set<Promise<unknown>>();
  const abort = () => controller.abort();
  if (parent?.aborted) abort();
  parent?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    own: (thing) => stack.use(thing),
    task(running) {
      const watched: Promise<unknown> = running
        .catch((error) => {
          if (!controller.signal.aborted) failed(error);
        })
        .finally(() => tasks.delete(watched));
      tasks.add(watched);
    },
    async [Symbol.asyncDispose]() {
      parent?.removeEventListener('abort', abort);
      controller.abort();
      await Promise.allSettled(tasks);
      await stack.disposeAsync();
    },
  };
}

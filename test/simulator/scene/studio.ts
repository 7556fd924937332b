/** A pool of worker threads that render the pictures of stories in parallel and return them in order. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { size } from './set.ts';
import { emptyRoom } from './still-room.ts';

export interface Studio extends AsyncDisposable {
  /** The pictures `numbers` of the story `name`, in their order: RGB bytes. */
  pictures(name: string, numbers: readonly number[]): AsyncIterable<Uint8Array>;
}

/** Starts the worker threads and waits until they have rendered the empty room. */
export async function openStudio(workers = Math.min(4, availableParallelism())): Promise<Studio> {
  const room = emptyRoom(size);
  const threads = Array.from(
    { length: workers },
    (_, share) =>
      new Worker(new URL('./draw-worker.ts', import.meta.url), { workerData: { room, share, of: workers } }),
  );
  await Promise.all(threads.map((thread) => answer(thread)));
  return {
    async *pictures(name, numbers) {
      const due: Promise<Uint8Array>[] = [];
      const last = threads.map(() => Promise.resolve<unknown>(undefined));
      for (let i = 0; i < Math.min(numbers.length, workers * 2); i += 1) due.push(ask(i));
      for (let i = 0; i < numbers.length; i += 1) {
        yield await due[i]!;
        if (due.length < numbers.length) due.push(ask(due.length));
      }
      function ask(i: number): Promise<Uint8Array> {
        const who = i % workers;
        const mine = last[who]!.then(() => {
          threads[who]!.postMessage({ name, number: numbers[i]! });
          return answer(threads[who]!) as Promise<Uint8Array>;
        });
        last[who] = mine;
        return mine;
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

function answer(thread: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const failed = (fault: unknown) => reject(fault);
    thread.once('error', failed);
    thread.once('message', (message) => {
      thread.off('error', failed);
      resolve(message);
    });
  });
}

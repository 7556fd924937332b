/** The nights of many cameras, on as many cores as the machine has: each takes a second or two. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Call } from './course.ts';
import type { Night } from './night.ts';

/** @param told with the number of nights that are over. @returns in the order of the courses */
export async function playNights(
  courses: readonly (readonly Call[])[],
  told: (over: number) => void = () => {},
): Promise<readonly Night[]> {
  const nights: Night[] = [];
  const waiting = courses.map((calls, index) => ({ calls, index }));
  let over = 0;
  const work = async () => {
    const worker = new Worker(new URL('./night-worker.ts', import.meta.url));
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        worker.postMessage(next.calls);
        [nights[next.index]] = (await once(worker, 'message')) as [Night];
        told(++over);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), courses.length) }, work));
  return nights;
}

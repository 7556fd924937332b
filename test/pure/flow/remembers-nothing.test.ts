/** What runs for weeks must let go of what has passed through it: a promise that outlives many waits remembers each of them. */
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openNews } from '@nattfrid/shared/lifetime/news';
import { expect, it } from 'vitest';
import { until } from '../../../agent/src/flow/until.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** @returns how many of them are still in memory */
async function alive(refs: readonly WeakRef<object>[]): Promise<number> {
  for (let turn = 0; turn < 5; turn++) {
    await setImmediate();
    collect();
  }
  return refs.filter((one) => one.deref() !== undefined).length;
}

it('a stage that is ended by an abort holds no picture that has gone through it', async () => {
  const refs: WeakRef<object>[] = [];
  async function* pictures() {
    for (let number = 0; number < 200; number++) {
      const picture = { bytes: new Uint8Array(1000) };
      refs.push(new WeakRef(picture));
      yield picture;
    }
    await new Promise(() => {});
  }
  const { signal } = new AbortController();
  const through = until(pictures(), signal);
  for (let number = 0; number < 200; number++) await through.next();
  const waiting = through.next();
  // Whatever engine it is, the last one or two may be at hand still.
  expect(await alive(refs)).toBeLessThan(5);
  expect(waiting).toBeInstanceOf(Promise);
});

it('news that does not come remembers nobody who has stopped waiting for it', async () => {
  const news = openNews();
  const refs: WeakRef<object>[] = [];
  for (let number = 0; number < 200; number++) {
    const over = new AbortController();
    const told = { number };
    refs.push(new WeakRef(told));
    const waited = news.next(over.signal).then(() => told);
    over.abort();
    await waited;
  }
  expect(await alive(refs)).toBeLessThan(5);
  news.tell();
});

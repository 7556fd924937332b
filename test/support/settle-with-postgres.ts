/** In the run on PostgreSQL a clock that is moved waits until the database, which is another process, has answered what was asked of it. */
import { setImmediate as turn } from 'node:timers/promises';
import type * as moved from '@nattfrid/shared/time/moved-clock';
import pg from 'pg';
import { vi } from 'vitest';
import { postgresReady } from './test-database.ts';
import { begin, isUnderWay } from './under-way.ts';

/** Counts what has been asked and not answered. */
function counting<Given extends unknown[]>(call: (this: unknown, ...given: Given) => unknown) {
  return function (this: unknown, ...given: Given): unknown {
    const answer = call.apply(this, given);
    if (!(answer instanceof Promise)) return answer;
    const done = begin();
    answer.then(done, done);
    return answer;
  };
}

pg.Client.prototype.query = counting(pg.Client.prototype.query as never) as never;
pg.Pool.prototype.connect = counting(pg.Pool.prototype.connect as never) as never;

const enough = 4;
async function settled(): Promise<void> {
  const until = performance.now() + 5000;
  for (let quiet = 0; quiet < enough && performance.now() < until; quiet = isUnderWay() ? 0 : quiet + 1) await turn();
}

vi.mock('@nattfrid/shared/time/moved-clock', async (original) => {
  const { movedClock } = await original<typeof moved>();
  return { movedClock: (start?: Parameters<typeof movedClock>[0]) => movedClock(start, settled) };
});

await postgresReady();

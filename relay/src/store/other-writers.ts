/** Notices that another process, or another node, has written in the database: a command beside the relay is obeyed when it is done, not at the next look. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Db } from './database.ts';
import { isCannotSave } from './engine/cannot-save.ts';
import { isPostgres } from './postgres/place.ts';
import { commitsSeen } from './postgres/watch-commits.ts';
import { fileVersion, watchFile } from './sqlite/watch-file.ts';

/** What this process writes wakes it as well: so often at most. */
const pause = milliseconds(50);
/** Where nobody tells: asked so often. */
const asking = milliseconds(250);

/**
 * On SQLite by what the system tells of the file, and SQLite of who has changed it. A file system that tells nothing, such as one of
 * another machine, makes it silent: whoever uses it looks by itself as well, now and then. PostgreSQL is asked, which misses nothing.
 *
 * @param file of the database `db`, or its address; `:memory:` has no other writers
 */
export async function watchOtherWriters(parts: {
  readonly file: string;
  readonly db: Db;
  readonly clock: Clock;
  readonly changed: () => Promise<void>;
  readonly failed: (error: unknown) => void;
}): Promise<AsyncDisposable> {
  const { file, db, clock, changed, failed } = parts;
  if (file === ':memory:') return { [Symbol.asyncDispose]: async () => {} };
  const onPostgres = isPostgres(file);
  const version = () => (onPostgres ? commitsSeen(db) : fileVersion(db));
  const over = new AbortController();
  let known = await version();
  let busy: Promise<void> | undefined;
  let again = false;

  async function ask(): Promise<void> {
    do {
      again = false;
      if (!onPostgres) await clock.sleep(pause, over.signal);
      if (over.signal.aborted) return;
      const now = await version();
      if (now === known) continue;
      known = now;
      await changed();
    } while (again);
  }
  const wake = () => {
    again = !onPostgres;
    busy ??= ask()
      // That it is away is told, and watched, elsewhere.
      .catch((error) => (isCannotSave(error) ? undefined : failed(error)))
      .finally(() => {
        busy = undefined;
      });
  };
  const asked = onPostgres ? clock.every(asking, wake) : undefined;
  const stop = onPostgres ? () => asked?.[Symbol.dispose]() : watchFile(file, wake, failed);
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      stop();
      await busy;
    },
  };
}

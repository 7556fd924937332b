/** Notices that another process has written in the database: a command beside the relay is obeyed when it is done, not at the next look. */
import { watch } from 'node:fs';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { sql } from 'kysely';
import type { Db } from './database.ts';

/** What this process writes wakes it as well: so often at most. */
const pause = milliseconds(50);

/**
 * By what the system tells of the file, and SQLite of who has changed it (`data_version`, sqlite.org/pragma.html). A file system that
 * tells nothing, such as one of another machine, makes it silent: whoever uses it looks by itself as well, now and then.
 *
 * @param file of the database `db`; `:memory:` has no other writers
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
  const over = new AbortController();
  let known = await versionOf(db);
  let asking: Promise<void> | undefined;
  let again = false;

  async function ask(): Promise<void> {
    do {
      again = false;
      await clock.sleep(pause, over.signal);
      if (over.signal.aborted) return;
      const now = await versionOf(db);
      if (now === known) continue;
      known = now;
      await changed();
    } while (again);
  }
  const wake = () => {
    again = true;
    asking ??= ask()
      .catch(failed)
      .finally(() => {
        asking = undefined;
      });
  };
  // Commits go into the WAL, which lies there as long as this process has the database open. Not its folder: others write there as well.
  const stop = watchFile(`${file}-wal`, wake, failed);
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      stop();
      await asking;
    },
  };
}

async function versionOf(db: Db): Promise<number | undefined> {
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(db);
  return rows[0]?.data_version;
}

/** @param failed told where the system has no more to watch with. @returns ends it */
function watchFile(file: string, told: () => void, failed: (error: unknown) => void): () => void {
  try {
    const watcher = watch(file, told);
    watcher.on('error', failed);
    return () => watcher.close();
  } catch (error) {
    failed(error);
    return () => {};
  }
}

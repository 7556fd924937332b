/** Notices by the file that another process has written in the database. */
import { watch } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/**
 * Commits go into the WAL, which lies there as long as a process has the database open. Not its folder: others write there as well.
 *
 * @param failed told where the system has no more to watch with. @returns ends it
 */
export function watchFile(file: string, told: () => void, failed: (error: unknown) => void): () => void {
  try {
    const watcher = watch(`${file}-wal`, told);
    watcher.on('error', failed);
    return () => watcher.close();
  } catch (error) {
    failed(error);
    return () => {};
  }
}

/** Another after each commit of another connection (`data_version`, sqlite.org/pragma.html). */
export async function fileVersion<Tables>(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(db);
  return String(rows[0]?.data_version);
}

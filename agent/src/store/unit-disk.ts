/** The unit's folder, taken for this agent alone: locked, readable by nobody else, its database read through and mended where it must be. */
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Database, openWhole } from './database.ts';
import { finishWipe } from './erase.ts';
import { lockFolder } from './folder-lock.ts';
import { keepPrivate } from './private-files.ts';
import { databaseFile } from './unit-key.ts';
import { sayMended } from './watch-disk.ts';

export interface UnitDisk extends Disposable {
  readonly database: Database;
}

/**
 * @param data the unit's data folder
 * @throws Fault `data-in-use`, `data-damaged` where its key cannot be read, `file-unreadable` of a newer version
 */
export function openUnitDisk(data: string, clock: Clock, log: Logger): UnitDisk {
  const file = databaseFile(data);
  using stack = new DisposableStack();
  // Before the lock, which makes its own file and folder private too.
  const exposed = keepPrivate(file);
  stack.use(lockFolder(file));
  finishWipe(file);
  if (exposed.length > 0)
    log.warn("The unit's files could be read by others, and no longer can", { exposed: exposed.join(' ') });
  const database = stack.use(openWhole(file, clock.now(), (how) => sayMended(how, log)));
  const owned = stack.move();
  return { database, [Symbol.dispose]: () => owned.dispose() };
}

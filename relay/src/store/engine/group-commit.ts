/**
 * Deeds that come close together are saved together, in the order in which they came: one commit in place of one for each, because
 * waiting for the disk (or for PostgreSQL) is most of what a write takes. Each is saved or not by itself; the commit is of all or none.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ControlledTransaction, Kysely, Transaction } from 'kysely';

export interface GroupCommit<Tables> {
  readonly db: Kysely<Tables>;
  /** Called once in each transaction, when all of it has been written. @throws where it must not be saved */
  guard(tx: Transaction<Tables>): Promise<void>;
  /**
   * Whether a commit holds up everything else in the process, so that others come only in the next turn of the event loop. Else they
   * come while one commits.
   */
  readonly isAtOnce: boolean;
  /** Whether whoever writes next would meet this too: all who wait are told of it at once, and not one after the other. */
  isOutage(error: unknown): boolean;
}

interface Waiting<Tables> {
  run(tx: Transaction<Tables>): Promise<unknown>;
  resolve(done: unknown): void;
  reject(error: unknown): void;
}

/** So many are saved together at most: others read between two transactions, and a lock is not held for long. */
const mostTogether = 64;
/** Commits in one turn of the event loop after which the next wait for its end: what one deed writes in a row never waits. */
const manyInATurn = 4;

/** @returns what runs a deed in a transaction, alone or with others, and resolves when that is saved */
export function openGroupCommit<Tables>(
  parts: GroupCommit<Tables>,
): <Done>(deed: (tx: Transaction<Tables>) => Promise<Done>) => Promise<Done> {
  const waiting: Waiting<Tables>[] = [];
  const busy = openBusy();
  let writing = false;

  async function goOn(): Promise<void> {
    if (writing) return;
    writing = true;
    while (waiting.length > 0) {
      if (parts.isAtOnce && busy.is()) await nextTurn();
      const group = waiting.splice(0, mostTogether);
      busy.committed(group.length);
      await save(group);
    }
    writing = false;
  }

  async function save(group: readonly Waiting<Tables>[]): Promise<void> {
    const [first, ...others] = group as [Waiting<Tables>, ...Waiting<Tables>[]];
    try {
      if (others.length === 0) first.resolve(await saveAlone(parts, first));
      else for (const tell of await saveTogether(parts, group)) tell();
    } catch (error) {
      for (const one of group) one.reject(error);
      if (parts.isOutage(error)) for (const one of waiting.splice(0)) one.reject(error);
    }
  }

  return (deed) =>
    new Promise((resolve, reject) => {
      // Who asks is known to a deed also where another's turn has begun the transaction.
      const inside = AsyncLocalStorage.snapshot();
      waiting.push({ run: (tx) => inside(deed, tx), resolve: resolve as (done: unknown) => void, reject });
      void goOn();
    });
}

function saveAlone<Tables>({ db, guard }: GroupCommit<Tables>, one: Waiting<Tables>): Promise<unknown> {
  return db.transaction().execute(async (tx) => {
    const done = await one.run(tx);
    await guard(tx);
    return done;
  });
}

/** @returns what tells each, once all is saved. @throws where nothing is */
async function saveTogether<Tables>(
  { db, guard }: GroupCommit<Tables>,
  group: readonly Waiting<Tables>[],
): Promise<readonly (() => void)[]> {
  const tx = await db.startTransaction().execute();
  try {
    const tellings: (() => void)[] = [];
    for (const one of group) tellings.push(await inSavepoint(tx, one));
    await guard(tx);
    await tx.commit().execute();
    return tellings;
  } catch (error) {
    // What is to be heard of is why it was given up, not that giving it up failed too.
    if (!tx.isCommitted)
      await tx
        .rollback()
        .execute()
        .catch(() => {});
    throw error;
  }
}

async function inSavepoint<Tables>(
  tx: ControlledTransaction<Tables>,
  { run, resolve, reject }: Waiting<Tables>,
): Promise<() => void> {
  const own = await tx.savepoint('deed').execute();
  try {
    const done = await run(own);
    await own.releaseSavepoint('deed').execute();
    return () => resolve(done);
  } catch (error) {
    try {
      await own.rollbackToSavepoint('deed').execute();
      await own.releaseSavepoint('deed').execute();
    } catch {
      // The engine has ended the whole transaction, or is gone.
      throw error;
    }
    return () => reject(error);
  }
}

/** Whether more is written in this turn of the event loop, or was just before, than one deed alone does. */
function openBusy() {
  let commits = 0;
  let turnsLeft = 0;
  let isCounting = false;
  const turnIsOver = (): void => {
    commits = 0;
    turnsLeft = Math.max(0, turnsLeft - 1);
    isCounting = turnsLeft > 0;
    if (isCounting) setImmediate(turnIsOver);
  };
  return {
    is: (): boolean => turnsLeft > 0 || commits >= manyInATurn,
    committed(deeds: number): void {
      commits += 1;
      // Whoever was told just now comes with the next word in the turn after this one.
      if (deeds > 1) turnsLeft = 2;
      if (isCounting) return;
      isCounting = true;
      setImmediate(turnIsOver);
    },
  };
}

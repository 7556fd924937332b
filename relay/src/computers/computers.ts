/**
 * Who is signed in at which computer, and which of them are locked. A locked session goes on for whoever signs in anew where they have
 * locked it, and ends as soon as somebody else does: nothing of it is left to the next one.
 */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Audit } from '../audit/audit.ts';
import { type AtRow, allAtComputers, deleteAtComputer, saveAtComputer } from '../store/computers-table.ts';
import type { Store, Tx } from '../store/database.ts';
import { deleteSession, findOperator } from '../store/operators-table.ts';

interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly session: string;
}

export interface Computers {
  /** Told of each request: the first of a session there ends what somebody had locked on that computer. */
  came(who: SignedIn, computer: string): Promise<void>;
  isLocked(session: string): boolean;
  /** @param computer undefined: it cannot be known again, and only ends with the session */
  lock(who: SignedIn, computer: string | undefined): Promise<void>;
  /** Forgets those whose session is over. @param signedIn sessions that are not */
  forget(signedIn: ReadonlyMap<string, string>): Promise<void>;
}

/** Of a browser that keeps no cookie of ours. */
const nowhere = '';

export const locked = (): Fault => new Fault('locked', 'This computer is locked. Sign in again, or sign out.');

export async function openComputers(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  /** What somebody has in a session goes on in another one of theirs. */
  readonly moved: (from: string, to: string) => Promise<void>;
  /** A session was ended: its sockets, and what it held. */
  readonly ended: () => Promise<void>;
  readonly failed: (error: unknown) => void;
}): Promise<Computers> {
  const { store, clock, audit, moved, ended, failed } = parts;
  const known = new Map((await allAtComputers(store.db)).map((row) => [row.session, row]));

  const save = (row: AtRow) =>
    store.write(async (tx) => {
      await saveAtComputer(tx.db, row);
      tx.after(() => known.set(row.session, row));
    });

  async function end(tx: Tx, { session, operator }: AtRow, why: 'signed-in-anew' | 'somebody-else'): Promise<void> {
    const name = (await findOperator(tx.db, operator))?.name ?? '';
    await audit.append(tx, 'relay', 'signed-out', 'session', { why, of: name, operator });
    await deleteSession(tx.db, session);
    await deleteAtComputer(tx.db, session);
    tx.after(() => known.delete(session));
  }

  async function arrived({ id, session }: SignedIn, computer: string): Promise<void> {
    const before = known.get(session);
    if (before?.computer === computer) return;
    await save({ session, operator: id, since: clock.now(), lockedAt: undefined, ...before, computer });
    const left = [...known.values()].filter(
      (one) => one.computer === computer && one.session !== session && one.lockedAt !== undefined,
    );
    for (const one of left) {
      const isSame = one.operator === id;
      if (isSame) await moved(one.session, session);
      await store.write((tx) => end(tx, one, isSame ? 'signed-in-anew' : 'somebody-else'));
    }
    if (left.length > 0) await ended();
  }

  // One after the other: a page asks for several things at once.
  let last: Promise<void> = Promise.resolve();
  return {
    async came(who, computer) {
      if (known.get(who.session)?.computer === computer) return;
      // Where nothing can be saved, whoever is signed in goes on all the same.
      last = last.then(() => arrived(who, computer)).catch(failed);
      await last;
    },
    isLocked: (session) => known.get(session)?.lockedAt !== undefined,
    async lock({ id, name, session }, computer) {
      if (known.get(session)?.lockedAt !== undefined) return;
      const at = clock.now();
      await store.write(async (tx) => {
        await audit.append(tx, name, 'console-locked', 'session', { operator: id });
        const before = known.get(session);
        const row = { session, operator: id, computer: computer ?? nowhere, since: at, ...before, lockedAt: at };
        await saveAtComputer(tx.db, row);
        tx.after(() => known.set(session, row));
      });
    },
    async forget(signedIn) {
      const over = [...known.keys()].filter((session) => !signedIn.has(session));
      if (over.length === 0) return;
      await store.write(async (tx) => {
        for (const session of over) await deleteAtComputer(tx.db, session);
        tx.after(() => {
          for (const session of over) known.delete(session);
        });
      });
    },
  };
}

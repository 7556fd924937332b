/** What differs between the engines that keep the relay's state, beside their SQL (`store/words`): one of each is made for one place. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Dialect, Kysely } from 'kysely';

/**
 * `write`: as the relay does, and each statement within seconds. `patient`: the same without an end, for whoever changes tables or
 * reads all of them. `alone`: patient, and by whoever holds it for itself. `read`: nothing is changed, nor how it is kept.
 */
export type To = 'read' | 'write' | 'patient' | 'alone' | 'brief';

// biome-ignore lint/suspicious/noExplicitAny: what is in the tables is not the engine's concern.
export type AnyDb = Kysely<any>;

export interface Engine {
  /** As it may be said and logged: the path of a file, or an address without its password. */
  readonly name: string;
  /** Where the tables stand that say which migrations have been done; undefined: there is one place only. */
  readonly schema: string | undefined;
  /** @param told of an outage that a statement has met, whoever has asked it */
  dialect(to: To, told?: (outage: Fault) => void): Dialect;
  /** Held while it is open. @throws Fault `not-now` while it is being replaced */
  use(): Disposable;
  /** Before its tables are brought up to date. @throws Fault where it is not fit to keep them */
  prepare(db: AnyDb): Promise<void>;
  /** After that. @throws where what it keeps is damaged */
  sound(db: AnyDb): Promise<void>;
  /** It is open: who may read it is set right, and from now on it is in use. */
  opened(db: AnyDb): Promise<void>;
  /** Why it cannot be opened, and what to do. */
  notOpened(cause: unknown): Fault;
  /** Of any error: a Fault `cannot-save` where what keeps the state is why, anything else as it is. */
  refused(error: unknown): unknown;
  /** How writes that come close together are saved together: see `group-commit.ts`. */
  readonly isAtOnce: boolean;
  /** Of an error as `refused` says it: whoever writes next would meet it too. */
  isOutage(error: unknown): boolean;
  /** Reads each table and its indexes as they are on the disk, other work going on between them. @throws as `refused` says it */
  check(db: AnyDb): Promise<void>;
  /** Bytes that its disk has room for; infinite where that is not known here. */
  freeBytes(): Promise<number>;
}

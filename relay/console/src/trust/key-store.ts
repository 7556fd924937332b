/** The keys of this console, kept by its browser; the private half of its own is not extractable. */
import { openDatabase, settled } from '../state/indexed-db.ts';

const name = 'nattfrid-keys';
const shelf = 'keys';

export interface KeyStore {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
}

/** Keeps keys in memory, where the browser has no IndexedDB, as in some private windows. */
export function openKeyStore(): KeyStore {
  const memory = new Map<string, unknown>();
  const opened = open().catch(() => undefined);
  const ask = async <Result>(mode: IDBTransactionMode, act: (shelves: IDBObjectStore) => IDBRequest<Result>) => {
    const database = await opened;
    return database && settled(act(database.transaction(shelf, mode).objectStore(shelf)));
  };
  return {
    get: async (key) => (await ask('readonly', (keys) => keys.get(key) as IDBRequest<unknown>)) ?? memory.get(key),
    async put(key, value) {
      memory.set(key, value);
      await ask('readwrite', (keys) => keys.put(value, key));
    },
  };
}

function open(): Promise<IDBDatabase> {
  // Best effort: without it a browser that is short of space may delete the known keys.
  void navigator.storage?.persist?.();
  return openDatabase(name, shelf);
}

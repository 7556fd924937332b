/** The one door to IndexedDB: keys, and nothing else. The private half of this console's key cannot be read out of it. */
const name = 'nattfrid-keys';
const shelf = 'keys';

export interface KeyStore {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
}

/** Where this browser keeps nothing (a private window in some of them): for as long as the page is open. */
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

async function open(): Promise<IDBDatabase> {
  // Asked for, not needed: without it a browser that is short of room may forget which units it knew.
  void navigator.storage?.persist?.();
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(shelf);
  return settled(request);
}

const settled = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

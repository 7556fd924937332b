/**
 * What a telephone keeps of visits until the relay has it: each sealed with a key that this browser does not give out, so that a copy of
 * its files says nothing. In memory alone where the browser has no store.
 */
import { openDatabase, settled } from '../state/indexed-db.ts';
import type { CarList } from './car-list.ts';
import type { Deed } from './deeds.ts';

export interface OnShelf {
  readonly deeds: readonly Deed[];
  readonly list: CarList | undefined;
}

export interface Shelf {
  read(): Promise<OnShelf>;
  /** Resolves once it is on the disk. */
  put(deed: Deed): Promise<void>;
  drop(deed: string): Promise<void>;
  /** @param list undefined: nothing of it is left */
  putList(list: CarList | undefined): Promise<void>;
}

const name = 'nattfrid-visits';
const store = 'kept';
const listName = 'list';

interface Row {
  readonly key: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

/** For an exercise, and for tests. */
export function shelfInMemory(): Shelf {
  const deeds = new Map<string, Deed>();
  let list: CarList | undefined;
  return {
    read: async () => ({ deeds: [...deeds.values()], list }),
    put: async (deed) => void deeds.set(deed.deed, deed),
    drop: async (deed) => void deeds.delete(deed),
    putList: async (next) => {
      list = next;
    },
  };
}

/** Two windows of one browser share it: each deed is kept by itself. */
export function openShelf(): Shelf {
  const memory = shelfInMemory();
  // One after the other: the last is what stays.
  let working: Promise<unknown> = Promise.resolve();
  const next = <Result>(work: () => Promise<Result>, instead: () => Promise<Result>): Promise<Result> => {
    const result = working.then(() => work().catch(instead));
    working = result;
    return result;
  };
  return {
    read: () => next(read, memory.read),
    put: (deed) =>
      next(
        () => write(deed.deed, deed),
        () => memory.put(deed),
      ),
    drop: (deed) =>
      next(
        () => write(deed, undefined),
        () => memory.drop(deed),
      ),
    putList: (list) =>
      next(
        () => write(listName, list),
        () => memory.putList(list),
      ),
  };
}

async function read(): Promise<OnShelf> {
  const database = await openDatabase(name, store);
  const shelves = database.transaction(store).objectStore(store);
  const [names, rows] = await Promise.all([
    settled(shelves.getAllKeys()),
    settled(shelves.getAll() as IDBRequest<Row[]>),
  ]).finally(() => database.close());
  const kept = await Promise.all(rows.map(unsealed));
  return {
    deeds: kept.filter((_one, index) => names[index] !== listName) as readonly Deed[],
    list: kept.find((_one, index) => names[index] === listName) as CarList | undefined,
  };
}

async function write(key: string, kept: Deed | CarList | undefined): Promise<void> {
  const row = kept && (await sealed(kept));
  const database = await openDatabase(name, store);
  const writing = database.transaction(store, 'readwrite', { durability: 'strict' });
  if (row) writing.objectStore(store).put(row, key);
  else writing.objectStore(store).delete(key);
  await new Promise((resolve, reject) => {
    writing.oncomplete = resolve;
    writing.onerror = () => reject(writing.error);
    writing.onabort = () => reject(writing.error);
  }).finally(() => database.close());
}

/** A key for each time: what was kept before cannot be read any more, wherever its bytes still lie. */
async function sealed(kept: Deed | CarList): Promise<Row> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(JSON.stringify(kept));
  return { key, iv, sealed: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) };
}

async function unsealed(row: Row): Promise<unknown> {
  const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv }, row.key, row.sealed);
  return JSON.parse(new TextDecoder().decode(bytes));
}

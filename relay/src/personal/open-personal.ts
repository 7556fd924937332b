/** The sealer of a relay that starts: without its key, or with another one, everything but clients goes on, and the log says so. */
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Store } from '../store/database.ts';
import { keyInUse } from './key-in-use.ts';
import { readPersonalKey } from './personal-key.ts';
import { openSealer, type Sealer, withoutKey } from './sealer.ts';

export async function openPersonal(store: Store, file: string | undefined, log: Logger): Promise<Sealer> {
  const sealer = await open(store, file);
  if (sealer.fault) log.error(sealer.fault.message);
  return sealer;
}

async function open(store: Store, file: string | undefined): Promise<Sealer> {
  if (file === undefined) return withoutKey();
  try {
    return openSealer(readPersonalKey(file), await keyInUse(store.db));
  } catch (error) {
    const fault = asFault(error);
    return withoutKey(fault instanceof Fault ? fault : undefined);
  }
}

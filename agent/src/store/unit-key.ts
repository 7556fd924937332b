/** The unit's public key, for pairing; makes the pair when there is none. */
import { join } from 'node:path';
import { openDatabase } from './database.ts';
import { unitKey } from './keys.ts';

/** @param data the unit's data folder @returns Ed25519, 32 bytes */
export async function unitKeyOf(data: string): Promise<Uint8Array<ArrayBuffer>> {
  using database = openDatabase(databaseFile(data));
  return (await unitKey(database)).publicKey;
}

export const databaseFile = (data: string): string => join(data, 'unit.db');

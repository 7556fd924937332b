/** The municipality's key: the one that this unit was paired with, and those that took its place, from the disk. */
import type { Logger } from '@nattfrid/shared/log/logger';
import { followKeys } from '@nattfrid/shared/seal/municipality-key';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { SuccessorLetter } from '@nattfrid/shared/wire/signer-letter';
import type { SuccessorsTable } from '../store/successors-table.ts';

export interface MunicipalityKeys {
  /** The newest, raw: nothing that an older one signs from now on counts. */
  readonly current: Uint8Array<ArrayBuffer>;
  /** Every one since it was paired, for what was taken while it counted. */
  readonly all: readonly Uint8Array<ArrayBuffer>[];
  /** Takes what leads on from the newest, on the disk before it counts. There is no way back, and no second way on. */
  follow(letters: readonly SuccessorLetter[]): Promise<void>;
}

/** @param paired as the technician has set it, base64url: another one than before begins anew */
export async function keepMunicipalityKeys(
  paired: string,
  table: Pick<SuccessorsTable, 'all' | 'add'>,
  log: Logger,
): Promise<MunicipalityKeys> {
  let keys = await followKeys(paired, table.all());
  return {
    get current() {
      return fromBase64Url(keys.at(-1) ?? paired);
    },
    get all() {
      return keys.map(fromBase64Url);
    },
    async follow(letters) {
      const further = (await followKeys(keys.at(-1) ?? paired, letters)).slice(1);
      for (const next of further) {
        const letter = letters.find((one) => one.next === next && one.old === keys.at(-1));
        if (!letter || keys.includes(next)) return;
        table.add(letter);
        keys = [...keys, next];
        log.warn('The municipality has another key from now on', { keys: keys.length });
      }
    },
  };
}

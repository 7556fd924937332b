/** Pure. All checks of a unit, in the order of the table, out of what its parts say; what fails to answer is told as unknown, never as well. */
import { type Check, checkCodes } from '@nattfrid/shared/domain/check';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';

/** One for each, some of which have to be asked; undefined: it is not this unit's to say. */
export type Sources = {
  readonly [Name in keyof typeof checkCodes]: () => Check | undefined | Promise<Check | undefined>;
};

/** @returns in the order of the table */
export async function diagnose(sources: Sources, log: Logger): Promise<readonly Check[]> {
  const names = Object.keys(checkCodes) as (keyof typeof checkCodes)[];
  const all = await Promise.all(
    names.map(async (name) => {
      try {
        return await sources[name]();
      } catch (error) {
        log.error('A check could not be made', { check: name, words: asFault(error).message });
        return { name, state: 'unknown', code: checkCodes[name][0] } as const;
      }
    }),
  );
  return all.flatMap((one) => one ?? []);
}

/** The file of --record: each observation of a replay as a line of JSON, never a picture. */
import { open } from 'node:fs/promises';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Moment } from '../recording/recording-run.ts';
import { rounded } from './rounded.ts';

/**
 * Instants are written as milliseconds of the recording, so that the same recording gives the same lines.
 * @param path undefined: nothing is written
 * @throws Fault `file-unreadable`
 */
export async function openRecord(path: string | undefined) {
  if (path === undefined) return { keep: async (_: Moment) => {}, async [Symbol.asyncDispose]() {} };
  const file = await open(path, 'w').catch((cause: unknown) => {
    throw new Fault('file-unreadable', `The file ${path} cannot be written.`, { cause });
  });
  return {
    async keep(moment: Moment): Promise<void> {
      if (moment.type === 'found') return;
      const at = Math.round(moment.at * 1000);
      const line =
        moment.type === 'seen'
          ? { ...moment.observation, at }
          : { ...moment.gap, at, from: at - (moment.gap.at - moment.gap.from) };
      await file.appendFile(
        `${JSON.stringify(line, (_, value) => (typeof value === 'number' ? rounded(value, 4) : value))}\n`,
      );
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** The relay of a tree, this one or an earlier commit's, with what it takes to open one; typed as this tree's. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Load = typeof import('@nattfrid/relay/config/load');
type Opens = typeof import('@nattfrid/relay/relay');
type Log = typeof import('@nattfrid/shared/log/logger');
type Time = typeof import('@nattfrid/shared/time/clock');
type Keys = typeof import('@nattfrid/relay/personal/personal-key');

/** @param tree its folder */
export async function relayOf(tree: string) {
  const { checkSettings } = (await import(`${tree}/relay/src/config/load.ts`)) as Load;
  const { openRelay } = (await import(`${tree}/relay/src/relay.ts`)) as Opens;
  const { silent } = (await import(`${tree}/shared/src/log/logger.ts`)) as Log;
  const { systemClock } = (await import(`${tree}/shared/src/time/clock.ts`)) as Time;
  const { makePersonalKey } = (await import(`${tree}/relay/src/personal/personal-key.ts`)) as Keys;
  return { checkSettings, openRelay, silent, systemClock, makePersonalKey };
}

/** Gone with this process. */
export function folderOfProcess(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

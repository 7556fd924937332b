/**
 * The unit from its first start on: it waits to be paired, runs as what it was paired with, and is composed anew when something of that
 * changes, without its process ending.
 */
import { asFault } from '@nattfrid/shared/fault/fault';
import { type Anew, openAgent } from './agent.ts';
import type { Config } from './config/schema.ts';
import type { Outside } from './outside.ts';
import { boardModel } from './pairing/board-model.ts';
import { handOverLabel } from './pairing/hand-over-label.ts';
import { waitToBePaired } from './pairing/wait-to-be-paired.ts';
import { finishBegun, finishCutOff } from './pairing/wipe.ts';
import { unitIdentity } from './store/identity.ts';
import { keptSettingsTable } from './store/kept-settings-table.ts';
import { pairingTable } from './store/pairing-table.ts';
import { openUnitDisk } from './store/unit-disk.ts';

/** Reads the settings, with those that were made on the spot. */
export type ReadSettings = (kept: Readonly<Record<string, unknown>>) => Config;

/** @returns `restart`: its process is to be started again @throws Fault where it cannot run at all */
export async function runUnit(
  read: ReadSettings,
  outside: Outside,
  signal: AbortSignal,
): Promise<'restart' | undefined> {
  const { data, board } = read({});
  finishCutOff(data, board.forget);
  while (!signal.aborted) {
    const config = await untilPaired(read, data, outside, signal);
    if (!config) return undefined;
    const anew = await runOnce(config, outside, signal);
    if (anew === 'restart') return anew;
    if (anew === 'wipe') finishBegun(data, config.board.forget);
    if (anew) outside.log.info('The unit is composed anew', { why: anew });
  }
  return undefined;
}

async function runOnce(config: Config, outside: Outside, signal: AbortSignal): Promise<Anew | undefined> {
  await using agent = await openAgent(config, outside);
  return await agent.until(signal);
}

/** @returns the settings to run by; undefined when aborted */
async function untilPaired(
  read: ReadSettings,
  data: string,
  outside: Outside,
  signal: AbortSignal,
): Promise<Config | undefined> {
  const { clock, log, random, version, power } = outside;
  using disk = openUnitDisk(data, clock, log);
  const { database } = disk;
  const config = withKept(read, keptSettingsTable(database).all(), outside);
  if (config.token !== undefined || pairingTable(database).find()) return config;
  const identity = await unitIdentity(database);
  const { relay, bench } = config;
  const parts = { relay, database, identity, version, clock, random, log: log.child('pairing') };
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  // Beside the other: a bench that is not there keeps nobody from pairing the unit.
  const handing = bench && handOverLabel({ ...parts, bench, model: boardModel() }, until);
  const paired = await waitToBePaired({ ...parts, power }, signal);
  over.abort();
  await handing;
  return paired && config;
}

/** What was kept must not keep the unit from running: without it a technician can choose again. */
function withKept(read: ReadSettings, kept: Readonly<Record<string, unknown>>, { log }: Outside): Config {
  try {
    return read(kept);
  } catch (error) {
    if (Object.keys(kept).length === 0) throw error;
    log.error('The settings that were made on the spot are not right, and are left out', {
      words: asFault(error).message,
    });
    return read({});
  }
}

/** A real agent as a process of its own, at a relay that is one too: without a camera, for what it says and hears. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unitKeyOf } from '@nattfrid/agent/store/unit-key';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { type LogLine, type Program, startProgram } from '../stand-ins/home/program.ts';
import type { RelayProcess } from './relay-process.ts';
import type { Credential } from './speaking-unit.ts';

const program = fileURLToPath(new URL('../../agent/src/main.ts', import.meta.url));

export interface UnitProcess {
  readonly unit: string;
  readonly publicKey: string;
  /** Of its database. */
  readonly data: string;
  /** @param environment such as a false clock's @param show each line it logs */
  start(environment?: NodeJS.ProcessEnv, show?: (line: LogLine) => void): Program;
  /** The same unit with a copy of its data folder, as from a cloned disk. It must not run meanwhile. */
  copied(): UnitProcess;
}

export interface UnitSettings {
  readonly unit?: string;
  readonly planKey?: string;
  readonly heartbeatSeconds?: number;
}

/** Makes its keys and has them registered at the relay's database by its command. The folder is the relay process's. */
export async function addUnitProcess(
  relay: Pick<RelayProcess, 'folder' | 'command'>,
  address: string,
  { unit = 'enhet-1', ...settings }: UnitSettings = {},
): Promise<UnitProcess> {
  const data = join(relay.folder, unit);
  const { token, publicKey } = await newUnit(relay, unit);
  const config = {
    unit,
    alias: `Alias ${unit}`,
    relay: address,
    token,
    planKey: 'k'.repeat(43),
    camera: { url: 'rtsp://127.0.0.1:9/none' },
    heartbeatSeconds: 1,
    ...settings,
  };
  const over = (folder: string): UnitProcess => ({
    unit,
    publicKey,
    data: folder,
    start(environment = {}, show) {
      const file = `${folder}.json`;
      writeFileSync(file, JSON.stringify({ ...config, data: folder }));
      const given = Object.fromEntries(
        Object.entries(environment).filter((one): one is [string, string] => one[1] !== undefined),
      );
      return startProgram(program, ['--config', file], given, show);
    },
    copied() {
      const copy = `${folder}-copy`;
      cpSync(folder, copy, { recursive: true });
      return over(copy);
    },
  });
  return over(data);
}

/** Registered by the relay's command; for a stand-in that speaks for it, too. */
export async function newUnit(
  relay: Pick<RelayProcess, 'folder' | 'command'>,
  unit: string,
): Promise<Credential & { readonly publicKey: string }> {
  const data = join(relay.folder, unit);
  mkdirSync(data);
  const publicKey = toBase64Url(await unitKeyOf(data));
  const added = await relay.command(['add-unit', unit, `Alias ${unit}`, '--public-key', publicKey]);
  if (added.code !== 0) throw new Error(added.err);
  return { unit: unit as UnitId, token: added.out.trim(), publicKey };
}

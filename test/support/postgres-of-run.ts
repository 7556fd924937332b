/** One PostgreSQL for all files of a run, made by the first that needs it; whoever began the run takes it away. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { clusterIn, openPostgres, type Postgres } from '../stand-ins/postgres/postgres.ts';

const variable = 'NATTFRID_TEST_POSTGRES';

/** Vitest's: before all files, and after them. */
export default function setup(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-run-'));
  process.env[variable] = folder;
  return async () => {
    const known = readKnown(folder);
    if (known) await clusterIn(known.folder, known.port)[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  };
}

interface Known {
  readonly folder: string;
  readonly port: number;
}

const readKnown = (folder: string): Known | undefined =>
  existsSync(join(folder, 'ready')) ? (JSON.parse(readFileSync(join(folder, 'ready'), 'utf8')) as Known) : undefined;

/** The one that a file of this run has made already. @throws where none has */
export function postgresMade(): Postgres {
  const known = readKnown(process.env[variable] ?? '');
  if (!known) throw new TypeError('No PostgreSQL has been made in this run.');
  return clusterIn(known.folder, known.port);
}

/**
 * @param prepare called once in a run, by the first: what every file is to find there. @throws where PostgreSQL is not installed
 */
export async function postgresOfRun(prepare: (postgres: Postgres) => Promise<void>): Promise<Postgres> {
  const folder = process.env[variable];
  if (!folder) throw new TypeError('There is no run: vitest.config.ts begins one.');
  if (isFirst(folder)) {
    try {
      const made = await openPostgres({ settings: { autovacuum: 'off' } });
      await prepare(made);
      writeFileSync(join(folder, 'ready.part'), JSON.stringify({ folder: made.folder, port: made.port }));
      // In one step, so that nobody reads half of it.
      renameSync(join(folder, 'ready.part'), join(folder, 'ready'));
    } catch (error) {
      writeFileSync(join(folder, 'failed'), String(error));
      throw error;
    }
  }
  for (let tries = 0; tries < 600; tries++) {
    const known = readKnown(folder);
    if (known) return clusterIn(known.folder, known.port);
    const failed = join(folder, 'failed');
    if (existsSync(failed)) throw new Error(readFileSync(failed, 'utf8'));
    await wait(100);
  }
  throw new Error('PostgreSQL was not ready within a minute.');
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'making'));
    return true;
  } catch {
    return false;
  }
}

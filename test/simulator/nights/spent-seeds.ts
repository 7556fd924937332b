/** Odd seeds are for judging and are not looked into; which have been is kept in spent-seeds.json, in git. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@nattfrid/shared/fault/fault';
import { z } from 'zod';
import type { Night } from './script.ts';

const Spent = z.array(z.strictObject({ seed: z.int().min(0), by: z.string().min(1) }).readonly()).readonly();
type Spent = z.infer<typeof Spent>;

const listed = join(import.meta.dirname, 'spent-seeds.json');

/** @returns seeds that were looked into @throws Fault `file-unreadable` */
export async function readSpentSeeds(file = listed): Promise<ReadonlySet<number>> {
  return new Set((await read(file)).map(({ seed }) => seed));
}

/** Adds to the list what is not in it yet. @throws Fault `file-unreadable` */
export async function spendSeeds(seeds: readonly number[], by: string, file = listed): Promise<void> {
  const before = await read(file);
  const added = [...new Set(seeds)].filter((seed) => before.every((one) => one.seed !== seed));
  const all = [...before, ...added.map((seed) => ({ seed, by }))].sort((a, b) => a.seed - b.seed);
  await writeFile(
    file,
    `[\n${all.map((one) => `  { "seed": ${one.seed}, "by": ${JSON.stringify(one.by)} }`).join(',\n')}\n]\n`,
  );
}

async function read(file: string): Promise<Spent> {
  try {
    return Spent.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new Fault('file-unreadable', `${file} is no list of seeds with who looked; take it back from git.`, {
      cause,
    });
  }
}

/** Whether only the sums of a night may be seen: it was drawn from an odd seed that nobody has looked into. */
export const isSealed = ({ home, seed }: Pick<Night, 'home' | 'seed'>, spent: ReadonlySet<number>): boolean =>
  home === 'drawn' && seed % 2 === 1 && !spent.has(seed);

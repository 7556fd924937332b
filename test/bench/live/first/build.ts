/** Makes a tree's programs ready to be watched: its console built, and a command for each program that loads what notes its times. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { environment, nodeFlags } from '@nattfrid/stand-ins/home/as-on-the-unit';
import type { Task } from '../trial.ts';
import type { Build } from '../trial-home.ts';

export interface WatchedBuild extends Build {
  /** Where each program notes its times, a JSON line each. */
  readonly marks: { readonly agent: string; readonly relay: string };
}

export interface FirstTask extends Task {
  readonly rounds: number;
  /** The earlier commit first. */
  readonly builds: (WatchedBuild & { readonly name: string })[];
}

/** @param folder for what is made; it need not exist */
export async function makeBuild(tree: string, folder: string): Promise<WatchedBuild> {
  const console = join(folder, 'console');
  await mkdir(folder, { recursive: true });
  const vite = join(tree, 'node_modules/vite/bin/vite.js');
  const words = [vite, 'build', join(tree, 'relay/console'), '--outDir', console, '--emptyOutDir'];
  await promisify(execFile)(process.execPath, [...words, '--logLevel', 'error'], {
    cwd: tree,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [agent, relay] = [join(folder, 'agent.sh'), join(folder, 'relay.sh')];
  const marks = { agent: join(folder, 'agent.marks'), relay: join(folder, 'relay.marks') };
  const unit = { ...environment, NODE_OPTIONS: nodeFlags.join(' ') };
  await command(agent, join(tree, 'agent/src/main.ts'), { ...unit, NATTFRID_BENCH_MARKS: marks.agent });
  await command(relay, join(tree, 'relay/src/main.ts'), { NATTFRID_BENCH_MARKS: marks.relay });
  for (const file of Object.values(marks)) await writeFile(file, '');
  return { agent, relay, console, marks };
}

async function command(file: string, main: string, settings: Readonly<Record<string, string>>): Promise<void> {
  const watcher = join(import.meta.dirname, 'watch-program.ts');
  const set = Object.entries(settings).map(([name, value]) => `export ${name}='${value}'\n`);
  await writeFile(file, `#!/bin/sh\n${set.join('')}exec ${process.execPath} --import ${watcher} ${main} "$@"\n`);
  await chmod(file, 0o755);
}

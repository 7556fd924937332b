/** Runs one part of the bench in a child process, so that its memory and processor time are measured alone. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { environment, nodeFlags } from '@nattfrid/stand-ins/home/as-on-the-unit';

/** @returns what the program printed on its last line, as JSON. @throws Error when it fails; its words have gone to stderr. */
export const inOwnProcess = <Result>(program: string, task: unknown): Promise<Result> =>
  resultOf(process.execPath, argumentsOf(fileURLToPath(new URL(program, import.meta.url)), task), program);

/**
 * The same on the first core alone, where the machine has `taskset` (util-linux), with all that the program starts.
 * @param path of the program
 */
export const onOneCore = <Result>(path: string, task: unknown): Promise<Result> =>
  existsSync('/usr/bin/taskset')
    ? resultOf('/usr/bin/taskset', ['-c', '0', process.execPath, ...argumentsOf(path, task)], path)
    : resultOf(process.execPath, argumentsOf(path, task), path);

const argumentsOf = (path: string, task: unknown): readonly string[] => [...nodeFlags, path, JSON.stringify(task)];

async function resultOf<Result>(command: string, given: readonly string[], program: string): Promise<Result> {
  const child = spawn(command, given, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const ended = Promise.withResolvers<number | null>();
  child.on('error', ended.reject);
  child.on('close', ended.resolve);
  const [said, code] = await Promise.all([text(child.stdout), ended.promise]);
  if (code !== 0) throw new Error(`${program} ended with ${code}; what it said stands above`);
  return JSON.parse(said.trimEnd().split('\n').at(-1) ?? '');
}

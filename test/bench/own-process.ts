/** Runs one part of the bench in a child process, so that its memory and processor time are measured alone. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { environment, nodeFlags } from '@nattfrid/stand-ins/home/as-on-the-unit';

/** @returns what the program printed on its last line, as JSON. @throws Error when it fails; its words have gone to stderr. */
export async function inOwnProcess<Result>(program: string, task: unknown): Promise<Result> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [...nodeFlags, path, JSON.stringify(task)], {
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

/** Programs of others that images are made with: whether they are there, how to get them, and how they are run. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A program, and the Debian package that it is in. */
export interface Tool {
  readonly program: string;
  readonly debian: string;
}

const folders = () => [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'];

/** Where the program is; nothing where it is not. */
export const find = (program: string): string | undefined =>
  program.startsWith('/')
    ? existsSync(program)
      ? program
      : undefined
    : folders()
        .map((folder) => `${folder}/${program}`)
        .find((path) => existsSync(path));

/** Pure but for the look: what is missing, as one sentence with the command that gets it; nothing where all is there. */
export function missing(
  tools: readonly Tool[],
  look: (program: string) => string | undefined = find,
): string | undefined {
  const gone = tools.filter(({ program }) => look(program) === undefined);
  if (gone.length === 0) return undefined;
  const packages = [...new Set(gone.map(({ debian }) => debian))].join(' ');
  return `missing: ${gone.map(({ program }) => program).join(', ')}. Install them as root, then run this again:\n  apt-get update && apt-get install --yes --no-install-recommends ${packages}`;
}

/**
 * Runs a program to its end. What it prints is kept, and shown where it fails.
 * @throws Error with its last lines where it ends with anything but 0, or cannot start
 */
export async function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; said?: (line: string) => void } = {},
): Promise<string> {
  const env = { ...process.env, ...options.env, PATH: folders().join(':'), LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const child = spawn(program, args, { cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let all = '';
  const keep = (bytes: Buffer) => {
    all += bytes.toString();
    for (const line of bytes.toString().split('\n')) if (line.trim() !== '') options.said?.(line);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status === 0) return all;
  throw new Error(`${program} ${args[0] ?? ''} ended with ${status}:\n${all.trim().split('\n').slice(-25).join('\n')}`);
}

/** Whether programs for that kind of machine can be run here: its own, or by qemu-user through binfmt. */
export const runsHere = (debianName: 'amd64' | 'arm64'): boolean => {
  if ({ x64: 'amd64', arm64: 'arm64' }[process.arch as 'x64']?.toString() === debianName) return true;
  return spawnSync('arch-test', [debianName], { env: { ...process.env, PATH: folders().join(':') } }).status === 0;
};

/** Gets one npm package at the version and with the content that the lock file names, also one of another kind of machine. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const Lock = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
});

export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** As the lock file has it: `sha512-…`. */
  readonly integrity: string;
  readonly folder: string;
}

/**
 * @param root of the checkout whose lock file counts
 * @param cache folder where packages of other machines are kept from one build to the next
 * @throws Error where the lock file has no such package, it cannot be fetched, or it is not what the lock file says
 */
export async function fromNpm(name: string, root: string, cache: string): Promise<NpmPackage> {
  const { packages } = Lock.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  const { version, integrity } = packages[`node_modules/${name}`] ?? {};
  if (!version || !integrity) throw new Error(`package-lock.json has no ${name}: run npm install.`);
  const installed = join(root, 'node_modules', name);
  if (await isVersion(installed, version)) return { name, version, integrity, folder: installed };
  const folder = join(cache, `${name.replaceAll('/', '-')}-${version}`);
  if (!existsSync(folder)) await fetched(name, version, integrity, folder);
  return { name, version, integrity, folder };
}

async function fetched(name: string, version: string, integrity: string, folder: string): Promise<void> {
  const under = `${folder}.part`;
  await rm(under, { recursive: true, force: true });
  await mkdir(join(under, 'package'), { recursive: true });
  const packed = ['pack', '--silent', '--ignore-scripts', '--pack-destination', under, `${name}@${version}`];
  const { stdout } = await run('npm', packed, { cwd: under }).catch((cause: unknown) => {
    throw new Error(`${name} ${version} could not be fetched from npm. Is there a network?`, { cause });
  });
  const archive = join(under, stdout.trim().split('\n').at(-1) ?? '');
  if (!holds(await readFile(archive), integrity))
    throw new Error(`${name} ${version} from npm is not what package-lock.json says (${integrity}).`);
  await run('tar', ['-xzf', archive, '-C', join(under, 'package'), '--strip-components=1', '--no-same-owner']);
  await writeFile(join(under, 'integrity'), integrity);
  await rename(join(under, 'package'), folder);
  await rm(under, { recursive: true, force: true });
}

async function isVersion(folder: string, version: string): Promise<boolean> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { version?: string }).version === version;
}

/** @param integrity one or more digests as in Subresource Integrity; the strongest that npm writes is sha512 */
export function holds(bytes: Uint8Array, integrity: string): boolean {
  const wanted = integrity.split(' ').find((one) => one.startsWith('sha512-'));
  return wanted === `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

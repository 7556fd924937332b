/** `scripts/package`: builds agent and relay as folders and Debian packages, and tries them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { debianPackage } from '../packaging/debian-package.ts';
import { checkoutOf } from '../packaging/earlier.ts';
import { type Machine, machines, type Packaged, programs } from '../packaging/program.ts';
import { makeFolder } from '../packaging/program-folder.ts';
import { inMegabytes, sizesLine, sizesOf } from '../packaging/sizes.ts';
import { readReleases, type State, stateOf } from '../packaging/state.ts';

const help = `Usage: scripts/package [agent|relay]… [--arch amd64|arm64|all] [--from COMMIT|VERSION] [--out FOLDER]
       scripts/package --check [NAME…]

Builds the agent and the relay (both, unless one is named) out of this checkout, each with its own Node:
  build/packages/NAME_VERSION_ARCH.deb        a Debian package
  build/packages/NAME_VERSION_ARCH/           the same as a folder, which runs wherever it stands: bin/NAME
  build/packages/NAME_VERSION_ARCH.cdx.json   all that is in it, as CycloneDX
Built twice from one commit, each file has the same bytes. Prints sizes and digests.

  --arch ARCH    amd64, arm64 or all (default: this machine's)
  --from WHAT    builds another commit of this repository, or a release by its version (packaging/releases.json)
  --out FOLDER   in place of build/packages
  --folder-only  no Debian package: the folder and its list of parts
  --check        tries what was built for this machine: each program from its folder, outside of the checkout and
                 without its npm packages; then a home in which somebody falls. Which tries there are:
${tries()}
  --help

Exit: 0 done; 1 not; 2 wrong arguments.`;

function tries(): string {
  return `                   programs    --help, --version, wrong settings, a missing model
                   home        agent and relay paired, a fall becomes an alarm (about two minutes)
                   parts       lists of parts and licences
                   debian      installs, upgrades, removes and purges in a Debian of its own (root, mmdebstrap)
                   same        two builds, the same bytes (some minutes)
                   releases    the last release beside today's, each way round (some minutes)`;
}

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      arch: { type: 'string' },
      from: { type: 'string' },
      out: { type: 'string' },
      'folder-only': { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (values.check) return check(positionals);
  const chosen = positionals.length === 0 ? Object.values(programs) : positionals.map(programNamed);
  const kinds = machinesNamed(values.arch);
  mustHave(kinds, values['folder-only']);

  const built = join(root, 'build');
  await using checkout =
    values.from === undefined ? undefined : await checkoutOf(values.from, root, join(built, 'earlier'));
  const state = stateOf(checkout?.root ?? root, readReleases(root), process.env);
  const out = resolve(
    values.out ?? join(built, values.from === undefined ? 'packages' : `packages-${state.debianVersion}`),
  );
  await mkdir(out, { recursive: true });
  for (const machine of kinds)
    for (const program of chosen) await build(program, machine, state, out, join(built, 'npm'), values['folder-only']);
  return 0;
}

async function build(
  program: Packaged,
  machine: Machine,
  state: State,
  out: string,
  cache: string,
  folderOnly: boolean,
): Promise<void> {
  const called = `${program.name}_${state.debianVersion}_${machine}`;
  await forgetEarlier(program, machine, out);
  await mkdir(cache, { recursive: true });
  const { folder, sbom } = await makeFolder(program, machine, state, join(out, called), cache);
  await writeFile(join(out, `${called}.cdx.json`), sbom);
  console.log(`${called}: ${sizesLine(await sizesOf(folder))}`);
  if (folderOnly) return;
  const deb = await debianPackage(program, machine, state, folder, out);
  const bytes = await readFile(deb);
  console.log(
    `  ${basename(deb)}: ${inMegabytes(bytes.length)}, sha256 ${createHash('sha256').update(bytes).digest('hex')}`,
  );
}

/** What was built before of the same program for the same machine: whoever takes the newest must not find two. */
async function forgetEarlier({ name }: Packaged, machine: Machine, out: string): Promise<void> {
  const ours = (file: string) =>
    file.startsWith(`${name}_`) && new RegExp(`_${machine}(\\.deb|\\.cdx\\.json)?$`).test(file);
  for (const file of await readdir(out)) if (ours(file)) await rm(join(out, file), { recursive: true });
}

function check(names: readonly string[]): number {
  const config = join(root, 'test/packaged/vitest.config.ts');
  const args = [join(root, 'node_modules/.bin/vitest'), 'run', '--config', config, ...names.map((name) => `/${name}.`)];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

function programNamed(name: string): Packaged {
  const found = Object.entries(programs).find(([key, program]) => name === key || name === program.name);
  if (!found) throw new TypeError(`there is no program «${name}»: agent or relay`);
  return found[1];
}

function machinesNamed(name: string | undefined): readonly Machine[] {
  const all = Object.keys(machines) as Machine[];
  if (name === 'all') return all;
  if (name === undefined) return [process.arch === 'arm64' ? 'arm64' : 'amd64'];
  const found = all.find((one) => one === name);
  if (!found) throw new TypeError(`there is no machine «${name}»: amd64, arm64 or all`);
  return [found];
}

/** @throws Error with the command that brings what is missing */
function mustHave(kinds: readonly Machine[], folderOnly: boolean): void {
  const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  const missing = kinds.filter((kind) => !has(machines[kind].strip)).map((kind) => machines[kind].tool);
  if (!folderOnly && !has('dpkg-deb')) missing.push('dpkg');
  if (missing.length > 0)
    throw new Error(
      `missing: ${missing.join(', ')}. As root: apt-get install --yes --no-install-recommends ${missing.join(' ')}`,
    );
  if (!existsSync(join(root, '.git')))
    throw new Error('this is no git checkout: version and time of the packages come from its commit');
  execFileSync('git', ['--version'], { stdio: 'ignore' });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`package: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}

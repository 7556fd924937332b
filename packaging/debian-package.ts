/** Makes the Debian package of a program's folder: bit for bit the same from the same commit. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { maintainerScripts, type ScriptName } from './maintainer-scripts.ts';
import type { Machine, Packaged } from './program.ts';
import type { State } from './state.ts';

const run = promisify(execFile);

/** @param folder of the program, which becomes `/usr` @param out where the package is written @returns its path */
export async function debianPackage(
  program: Packaged,
  machine: Machine,
  { at, debianVersion }: State,
  folder: string,
  out: string,
): Promise<string> {
  const tree = await mkdtemp(join(out, '.deb-'));
  try {
    await mkdir(join(tree, 'DEBIAN'), { mode: 0o755 });
    await cp(folder, join(tree, 'usr'), { recursive: true });
    const documents = join(tree, 'usr/share/doc', program.name);
    await writeFile(join(documents, 'copyright'), copyright(program));
    await writeFile(join(documents, 'changelog.gz'), gzipSync(changelog(program, debianVersion, at), { level: 9 }));
    await rm(join(documents, 'LICENSE'));
    await writeFile(
      join(await made(tree, 'usr/share/man/man1'), `${program.name}.1.gz`),
      await manual(program, folder, at),
    );
    await writeFile(join(await made(tree, 'usr/share/lintian/overrides'), program.name), overrides(program));
    const files = await filesIn(tree);
    const kilobytes = (await Promise.all(files.map(async (file) => Math.ceil((await stat(file)).size / 1024)))).reduce(
      (all, one) => all + one,
      0,
    );
    await writeFile(join(tree, 'DEBIAN/control'), control(program, machine, debianVersion, kilobytes));
    await writeFile(join(tree, 'DEBIAN/md5sums'), await sumsOf(tree, files));
    for (const [name, text] of Object.entries(maintainerScripts(program)) as [ScriptName, string][])
      await writeFile(join(tree, 'DEBIAN', name), text, { mode: 0o755 });
    await inOrder(tree, at);
    const deb = join(out, `${program.name}_${debianVersion}_${machine}.deb`);
    // One thread and one way: how many cores there are must not show in the bytes.
    const flags = ['--root-owner-group', '-Zxz', '-z2', '--threads-max=1', '--build', tree, deb];
    await run('dpkg-deb', flags, { env: { ...process.env, SOURCE_DATE_EPOCH: String(at.getTime() / 1000) } });
    return deb;
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

export async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .sort();
}

/** Modes as Debian has them, whatever umask it was built under, and one time. */
async function inOrder(tree: string, at: Date): Promise<void> {
  await run('chmod', ['-R', 'u=rwX,go=rX', tree]);
  for (const one of await readdir(tree, { recursive: true })) await utimes(join(tree, one), at, at);
  await utimes(tree, at, at);
}

async function sumsOf(tree: string, files: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const file of files) {
    const sum = createHash('md5')
      .update(await readFile(file))
      .digest('hex');
    lines.push(`${sum}  ${relative(tree, file)}\n`);
  }
  return lines.join('');
}

async function made(tree: string, path: string): Promise<string> {
  await mkdir(join(tree, path), { recursive: true });
  return join(tree, path);
}

/** The program's own help: the module runs on every machine's Node. */
async function manual({ name, summary, entries }: Packaged, folder: string, at: Date): Promise<Uint8Array> {
  const [module = ''] = Object.keys(entries);
  const { stdout } = await run(process.execPath, [join(folder, 'lib', name, `${module}.js`), '--help']);
  const words = stdout
    .replaceAll('\\', '\\e')
    .replaceAll(/^(?=[.'])/gm, '\\&')
    .replaceAll('-', '\\-');
  const day = at.toISOString().slice(0, 10);
  const page = `.TH ${name.toUpperCase()} 1 ${day} Nattfrid\n.SH NAME\n${name} \\- ${summary}\n.SH DESCRIPTION\n.nf\n${words}.fi\n`;
  return gzipSync(page, { level: 9 });
}

/** What lintian finds and we leave, each with its reason. */
const overrides = ({ name, native }: Packaged): string =>
  [
    '# Node.js is that of its makers, with their zlib: Debian 12 and 13 have no Node.js 24.',
    `${name}: embedded-library zlib *`,
    `${name}: hardening-no-pie [usr/lib/${name}/node]`,
    ...(native
      ? [
          '# ONNX Runtime is that of its makers; what of it speaks to them is switched off before it is loaded.',
          `${name}: embedded-library curl *`,
          `${name}: embedded-library mbedtls *`,
        ]
      : []),
    '# Enabled by the administrator, after settings and pairing: disabled again with a removal.',
    `${name}: maintainer-script-calls-systemctl *`,
    '',
  ].join('\n');

/** What Node and ONNX Runtime are linked against: `readelf --version-info`. */
const ofNode = ['libc6 (>= 2.28)', 'libgcc-s1', 'libstdc++6 (>= 6)', 'adduser', 'init-system-helpers (>= 1.52)'];

const control = (program: Packaged, machine: Machine, version: string, kilobytes: number): string =>
  `Package: ${program.name}
Version: ${version}
Architecture: ${machine}
Maintainer: Nattfrid <nattfrid@nattfrid.example>
Installed-Size: ${kilobytes}
Depends: ${[...ofNode, ...program.depends].join(', ')}
Section: net
Priority: optional
Description: ${program.summary}
${program.about
  .split('\n')
  .map((line) => ` ${line}\n`)
  .join('')}`;

const copyright = ({
  name,
}: Packaged): string => `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Nattfrid

Files: *
Copyright: 2026 the authors of Nattfrid
License: Apache-2.0
 The full text is in /usr/share/common-licenses/Apache-2.0.

Files: usr/lib/${name}/*
Copyright: 2026 the authors of Nattfrid, of Node.js and of the libraries
License: Apache-2.0 and others
 What others have written, and each licence of it, stands in
 /usr/share/doc/${name}/THIRD-PARTY.gz, and in the form CycloneDX in
 /usr/share/doc/${name}/sbom.cdx.json.
`;

const changelog = ({ name }: Packaged, version: string, at: Date): string =>
  `${name} (${version}) stable; urgency=medium

  * What has changed stands in CHANGELOG.md of the sources.

 -- Nattfrid <nattfrid@nattfrid.example>  ${at.toUTCString().replace('GMT', '+0000')}
`;

/** Makes the image of a unit's card: Debian packages and the agent's in, one file that starts a board out. Twice from the same is twice the same. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { copyFile, cp, mkdir, open, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Architecture } from './architecture.ts';
import { bootProgram, type Door, environmentBlock, firstBootState, grubModules, startOfSlot } from './boot-loader.ts';
import { diskSize, mib, type Placed, partition, partitions, tableArguments } from './layout.ts';
import { leftOut, packagesFor, raucSettings } from './system.ts';
import { run, runsHere, type Tool } from './tools.ts';

/** What an image is made of. */
export interface Recipe {
  readonly architecture: Architecture;
  /** The agent's Debian package. */
  readonly agent: string;
  /** Certificates (PEM) of those whose updates the unit takes. */
  readonly keyring: string;
  /** What the bench writes for the unit, such as the relay's address. */
  readonly card: Readonly<Record<string, unknown>>;
  readonly version: string;
  /** Seconds since 1970 that stand wherever a time must stand. */
  readonly epoch: number;
  /** Debian's packages are taken from there. */
  readonly mirror: string;
  /** Quick and large while one works on it, or slow and small. */
  readonly quick: boolean;
  /** Seconds until a slot is good, and until a new one has failed; the usual ones where nothing is said. */
  readonly health?: { readonly well: number; readonly giveUp: number };
}

/** What came of it. */
export interface Image {
  readonly file: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly digest: string;
  /** The two file systems of a slot, which an update is made of. */
  readonly slot: { readonly boot: string; readonly root: string };
}

export const imageTools: readonly Tool[] = [
  { program: 'mmdebstrap', debian: 'mmdebstrap' },
  { program: 'mksquashfs', debian: 'squashfs-tools' },
  { program: 'sgdisk', debian: 'gdisk' },
  { program: 'mformat', debian: 'mtools' },
  { program: 'mkfs.vfat', debian: 'dosfstools' },
  { program: 'grub-mkimage', debian: 'grub-common' },
  { program: 'arch-test', debian: 'arch-test' },
  { program: '/usr/share/keyrings/debian-archive-keyring.gpg', debian: 'debian-archive-keyring' },
];

const here = import.meta.dirname;

/**
 * Makes the image in the folder, which is made anew.
 * @param said each step, and what the programs say
 * @throws Error where a program fails, with its last lines
 */
export async function makeImage(recipe: Recipe, folder: string, said: (line: string) => void): Promise<Image> {
  const { architecture } = recipe;
  if (!runsHere(architecture.name))
    throw new Error(
      `programs for ${architecture.name} cannot be run here: apt-get install --yes --no-install-recommends qemu-user-static binfmt-support, and where that was not enough: mount -t binfmt_misc none /proc/sys/fs/binfmt_misc; update-binfmts --enable`,
    );
  await rm(folder, { recursive: true, force: true });
  const work = join(folder, 'work');
  await mkdir(work, { recursive: true });
  const bootState = await makeBootState(recipe, work);
  await fillFiles(recipe, work, bootState);
  said('Debian packages are unpacked and set up');
  await makeSystem(recipe, work, said);
  said('the boot loader and the card are put together');
  const file = join(folder, `nattfrid-unit-${recipe.version}-${architecture.name}.img`);
  const esp = await makeEsp(recipe, work);
  await putTogether(file, [
    [partition('esp'), esp],
    [partition('boot-state'), bootState.file],
    [partition('boot-a'), join(work, 'boot.img')],
    [partition('root-a'), join(work, 'root.img')],
  ]);
  const slot = { boot: join(folder, 'boot.img'), root: join(folder, 'root.img') };
  await copyFile(join(work, 'boot.img'), slot.boot);
  await copyFile(join(work, 'root.img'), slot.root);
  await copyFile(join(work, 'packages'), join(folder, 'packages'));
  const digest = await digestOf(file);
  await writeFile(`${file}.sha256`, `${digest}  ${basename(file)}\n`);
  await cp(join(work, 'grub'), join(folder, 'grub'), { recursive: true });
  await rm(work, { recursive: true, force: true });
  return { file, digest, slot };
}

/** SHA-256 of a file, in hexadecimal. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}

/** Our own files, in a folder that becomes part of the system: their places on the card are filled in. */
async function fillFiles(recipe: Recipe, work: string, bootState: BootState): Promise<void> {
  const files = join(work, 'files');
  await cp(join(here, 'files'), files, { recursive: true });
  const words: Record<string, string> = {
    ...Object.fromEntries(partitions.map(({ name, id }) => [name, id])),
    first: String(bootState.first),
    second: String(bootState.second),
  };
  // systemd's names of devices write a hyphen as \x2d.
  const escaped = (id: string) => id.replaceAll('-', '\\x2d');
  for (const file of [
    'etc/fstab',
    'etc/systemd/system/nattfrid-state.service',
    ...['boot-state', 'state', 'wipe'].map((name) => `usr/lib/nattfrid-image/${name}`),
  ]) {
    const path = join(files, file);
    const text = readFileSync(path, 'utf8').replace(/@([a-z-]+)@/g, (whole, name: string) => {
      const word = words[name];
      if (word === undefined) return whole;
      return file.endsWith('.service') ? escaped(word) : word;
    });
    await writeFile(path, text);
  }
  await mkdir(join(files, 'etc/rauc'), { recursive: true });
  await copyFile(recipe.keyring, join(files, 'etc/rauc/keyring.pem'));
  await writeFile(join(files, 'etc/rauc/system.conf'), raucSettings(recipe.architecture));
  await writeFile(join(files, 'usr/lib/nattfrid-image/version'), `${recipe.version}\n`);
  if (recipe.health)
    await writeFile(
      join(files, 'usr/lib/nattfrid-image/health.conf'),
      `WELL=${recipe.health.well}\nGIVE_UP=${recipe.health.giveUp}\n`,
    );
  await writeFile(join(work, 'start'), startOfSlot(recipe.architecture));
}

async function makeSystem(recipe: Recipe, work: string, said: (line: string) => void): Promise<void> {
  const { architecture, epoch } = recipe;
  const depends = await run('dpkg-deb', ['--field', recipe.agent, 'Depends']);
  const env = {
    SOURCE_DATE_EPOCH: String(epoch),
    NATTFRID_AGENT: recipe.agent,
    NATTFRID_OUT: work,
    NATTFRID_FILES: join(work, 'files'),
    NATTFRID_START: join(work, 'start'),
    NATTFRID_ARCHITECTURE: architecture.name,
    NATTFRID_GRUB: architecture.grub,
    NATTFRID_ROOT_LEVEL: recipe.quick ? '3' : '19',
    NATTFRID_INITRD_LEVEL: recipe.quick ? '3' : '19',
  };
  await run(
    'mmdebstrap',
    [
      '--variant=essential',
      `--mode=${process.getuid?.() === 0 ? 'root' : 'unshare'}`,
      `--architectures=${architecture.name}`,
      '--format=null',
      // The folder is thrown away: what mmdebstrap would tidy there is gone already, and the rest is hooks/finish's.
      '--skip=cleanup',
      '--aptopt=Apt::Install-Recommends "false"',
      '--aptopt=Acquire::Languages "none"',
      ...leftOut.map((path) => `--dpkgopt=path-exclude=${path}`),
      `--setup-hook=${join(here, 'hooks/begin')} "$1"`,
      `--customize-hook=${join(here, 'hooks/finish')} "$1"`,
      `--include=${[...packagesFor(architecture), ...namesIn(depends)].join(',')}`,
      'bookworm',
      '/dev/null',
      ...sources(recipe.mirror),
    ],
    { env, said },
  );
}

/** Pure. The packages that a line of dependencies names: of several that would do the first, and no versions. */
export const namesIn = (depends: string): readonly string[] =>
  depends
    .split(',')
    .map((one) => /^\s*([a-z0-9][a-z0-9.+-]+)/.exec(one)?.[1] ?? '')
    .filter((name) => name !== '');

/** Debian 12 with what has been mended since. */
const sources = (mirror: string): readonly string[] => [
  `deb ${mirror} bookworm main`,
  `deb ${mirror} bookworm-updates main`,
  `deb ${mirror.replace(/\/debian\/?$/, '/debian-security')} bookworm-security main`,
];

/** The partition with the boot state, and where its two copies lie on it, in bytes. */
interface BootState {
  readonly file: string;
  readonly first: number;
  readonly second: number;
}

/** Two files that are never moved, far enough from each other that no write touches both. */
async function makeBootState(recipe: Recipe, work: string): Promise<BootState> {
  const file = join(work, 'boot-state.img');
  const block = environmentBlock(firstBootState);
  await writeFile(join(work, 'first'), block);
  await writeFile(join(work, 'between'), Buffer.alloc(mib, '-'));
  await writeFile(join(work, 'second'), block);
  const { size } = partition('boot-state');
  await makeFat(file, size, 'NFSTATE', recipe.epoch, 12, [
    [join(work, 'first'), 'first'],
    [join(work, 'between'), 'between'],
    [join(work, 'second'), 'second'],
  ]);
  const bytes = await readFile(file);
  const mark = Buffer.from('# GRUB Environment Block\n');
  const first = bytes.indexOf(mark);
  const second = bytes.indexOf(mark, first + mib);
  if (first < 0 || second < 0 || first % 512 !== 0 || second % 512 !== 0)
    throw new Error('the boot state does not lie where it can be written in place');
  return { file, first, second };
}

async function makeEsp(recipe: Recipe, work: string): Promise<string> {
  const loader = join(work, recipe.architecture.startsFrom);
  await makeBootLoader(recipe.architecture, join(work, 'grub'), loader, { epoch: recipe.epoch });
  const card = join(work, 'nattfrid.json');
  await writeFile(card, `${JSON.stringify(recipe.card, null, 2)}\n`);
  const esp = join(work, 'esp.img');
  await makeFat(esp, partition('esp').size, 'NATTFRID', recipe.epoch, 16, [
    [loader, `EFI/BOOT/${recipe.architecture.startsFrom}`],
    [card, 'nattfrid.json'],
  ]);
  return esp;
}

/**
 * The boot loader's one file, with its program inside.
 * @param modules folder with GRUB's modules, as an image's folder keeps them in `grub`
 * @param door a way in, which a test alone gives
 */
export async function makeBootLoader(
  architecture: Architecture,
  modules: string,
  file: string,
  { epoch, door }: { epoch: number; door?: Door },
): Promise<void> {
  const folder = `${file}.memory`;
  await mkdir(join(folder, 'boot/grub'), { recursive: true });
  await writeFile(join(folder, 'boot/grub/grub.cfg'), bootProgram(door));
  const tar = `${file}.tar`;
  await run('tar', [
    '--create',
    `--file=${tar}`,
    `--directory=${folder}`,
    '--sort=name',
    `--mtime=@${epoch}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mode=u=rwX,go=rX',
    '--format=ustar',
    'boot',
  ]);
  await run('grub-mkimage', [
    `--directory=${modules}`,
    `--format=${architecture.grub}`,
    `--memdisk=${tar}`,
    '--prefix=(memdisk)/boot/grub',
    `--output=${file}`,
    ...grubModules,
  ]);
  await rm(folder, { recursive: true });
  await rm(tar);
}

/** A FAT file system of files alone: the same bytes from the same files. */
async function makeFat(
  file: string,
  size: number,
  label: string,
  epoch: number,
  bits: 12 | 16,
  files: readonly (readonly [from: string, to: string])[],
): Promise<void> {
  const env = { SOURCE_DATE_EPOCH: String(epoch), MTOOLS_SKIP_CHECK: '1' };
  await writeFile(file, '');
  await truncate(file, size);
  await run('mkfs.vfat', ['--invariant', '-F', String(bits), '-s', bits === 12 ? '2' : '4', '-n', label, file], {
    env,
  });
  const made = new Set<string>();
  for (const [from, to] of files) {
    const parts = to.split('/').slice(0, -1);
    for (let depth = 1; depth <= parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      if (!made.has(folder)) await run('mmd', ['-i', file, `::${folder}`], { env });
      made.add(folder);
    }
    await utimes(from, epoch, epoch);
    await run('mcopy', ['-m', '-i', file, from, `::${to}`], { env });
  }
}

/** The whole card as one file with holes. */
async function putTogether(file: string, parts: readonly (readonly [Placed, string])[]): Promise<void> {
  await writeFile(file, '');
  await truncate(file, diskSize());
  await run('sgdisk', [...tableArguments(), file]);
  const card = await open(file, 'r+');
  try {
    for (const [place, from] of parts) {
      let at = place.start;
      for await (const bytes of createReadStream(from, { highWaterMark: mib })) {
        const chunk = bytes as Buffer;
        if (at + chunk.length > place.start + place.size)
          throw new Error(
            `${basename(from)} is larger than the ${place.size / mib} MiB of the partition ${place.name}`,
          );
        if (chunk.some((byte) => byte !== 0)) await card.write(chunk, 0, chunk.length, at);
        at += chunk.length;
      }
    }
  } finally {
    await card.close();
  }
}

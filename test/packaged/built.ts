/** What scripts/package has built for this machine, and a copy of a program's folder away from the checkout. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
export const machine = process.arch === 'arm64' ? 'arm64' : 'amd64';
type Name = 'nattfrid-agent' | 'nattfrid-relay';

export interface Built {
  readonly folder: string;
  readonly deb: string;
  readonly sbom: string;
}

/** @param within folder that scripts/package has written to @throws Error with what to do where it is not built */
export function built(name: Name, within = join(root, 'build/packages')): Built {
  const files = existsSync(within) ? readdirSync(within) : [];
  const called = files.find((file) => file.startsWith(`${name}_`) && file.endsWith(`_${machine}`));
  if (!called) throw new Error(`${name} is not built for ${machine}: run scripts/package first.`);
  const of = (ending: string) => join(within, `${called}${ending}`);
  return { folder: of(''), deb: of('.deb'), sbom: of('.cdx.json') };
}

export interface Away extends Disposable {
  readonly folder: string;
  /** The program, to be started. */
  readonly program: string;
  /** Where its modules lie. */
  readonly inside: string;
}

/** Outside of the checkout: no folder above it has npm packages. */
export function away(name: Name, within?: string): Away {
  const { folder } = built(name, within);
  const temporary = mkdtempSync(join(tmpdir(), 'nattfrid-packaged-'));
  const copy = join(temporary, name);
  execFileSync('cp', ['-a', '--reflink=auto', folder, copy]);
  for (let above = copy; above !== '/'; above = dirname(above))
    if (existsSync(join(above, 'node_modules')))
      throw new Error(`${above} has npm packages: this would prove nothing.`);
  return {
    folder: copy,
    program: join(copy, 'bin', name),
    inside: join(copy, 'lib', name),
    [Symbol.dispose]: () => rmSync(temporary, { recursive: true, force: true }),
  };
}

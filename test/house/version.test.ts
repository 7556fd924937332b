/** One version for the whole house: root, workspaces, lock, changelog, and what the programs say of themselves. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeOpenApi } from '@nattfrid/relay/api/openapi';
import { describe, expect, it } from 'vitest';
import { version } from '../../agent/src/version.ts';

interface Manifest {
  readonly version?: string;
  readonly released?: string;
  readonly engines?: { readonly node?: string };
  readonly bin?: Readonly<Record<string, string>>;
  readonly workspaces?: readonly string[];
}
const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(`${root}/${file}`, 'utf8');
const manifest = (folder: string): Manifest => JSON.parse(read(`${folder}/package.json`));
const house = manifest('.');
const workspaces = house.workspaces ?? [];

describe('the version of the root package.json', () => {
  for (const folder of workspaces)
    it(`is that of ${folder}, which needs the same Node`, () =>
      expect(manifest(folder)).toMatchObject({ version: house.version, engines: house.engines }));

  it('stands in the lock, for the root and each workspace', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Manifest> };
    for (const folder of ['', ...workspaces]) expect(packages[folder]?.version, folder).toBe(house.version);
  });

  it('is the newest dated one of the changelog, with its day', () => {
    const newest = /^## \[(\d[^\]]*)\] - (\d{4}-\d{2}-\d{2})$/m.exec(read('CHANGELOG.md'));
    expect([newest?.[1], newest?.[2]]).toEqual([house.version, house.released]);
    expect(manifest('agent').released).toBe(house.released);
  });

  it('is told by the programs, by the API, and kept nowhere else', () => {
    expect(version).toBe(house.version);
    expect(writeOpenApi(version)).toMatchObject({ info: { version } });
    // git grep ends with 1 where it finds nothing.
    const copies = spawnSync('git', ['grep', '-lF', `'${version}'`, '--', 'agent', 'relay', 'shared'], { cwd: root });
    expect([copies.status, copies.stdout.toString()]).toEqual([1, '']);
  });
});

describe('a program that is installed', () => {
  const bins = workspaces.flatMap((folder) =>
    Object.entries(manifest(folder).bin ?? {}).map(([name, file]) => [name, `${root}/${folder}/${file}`] as const),
  );
  const run = (bin: string, ...words: string[]) => spawnSync(bin, words, { encoding: 'utf8' });
  for (const [name, bin] of bins)
    it(`${name} explains itself`, () =>
      expect(run(bin, '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: ') }));
  for (const [name, bin] of bins.filter(([name]) => name !== 'nattfrid-sign'))
    it(`${name} bears its own name, tells its version, and ends with 2 at an option that there is not`, () => {
      expect(run(bin, '--help').stdout).toContain(`Usage: ${name} `);
      expect(run(bin, '--version')).toMatchObject({ status: 0, stdout: `${house.version}\n` });
      expect(run(bin, '--no-such-thing', '1')).toMatchObject({ status: 2, stdout: '' });
    });
});

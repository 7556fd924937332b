/** An earlier commit as a folder, to be measured beside this tree in one run. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const workspaces = ['agent', 'relay', 'relay/console', 'shared'] as const;

/** @returns its whole name; undefined: there is no such commit here */
export const commitOf = (commit: string): Promise<string | undefined> =>
  run('git', ['-C', root, 'rev-parse', '--verify', `${commit}^{commit}`]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );

/** The commit in a folder of its own, with this tree's npm packages, and from npm those that this tree does without. */
export async function treeOf(commit: string): Promise<AsyncDisposable & { readonly folder: string }> {
  await using made = new AsyncDisposableStack();
  const above = made.adopt(await mkdtemp(join(tmpdir(), 'nattfrid-then-')), (path) => rm(path, { recursive: true }));
  const folder = join(above, 'tree');
  await run('git', ['-C', root, 'worktree', 'add', '--detach', folder, commit]);
  made.defer(() => run('git', ['-C', root, 'worktree', 'remove', '--force', folder]).then(() => {}));
  await linkPackages(join(root, 'node_modules'), join(folder, 'node_modules'));
  await fetchGone(folder, join(above, 'gone'));
  // What npm has put beside a workspace of its own, because another one has another version.
  for (const workspace of workspaces) {
    const own = join(root, workspace, 'node_modules');
    if (existsSync(own)) await symlink(own, join(folder, workspace, 'node_modules'));
  }
  const all = made.move();
  return { folder, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Packages of others are this tree's; our own are the folder's. */
async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(join(to, '@nattfrid'), { recursive: true });
  for (const name of await readdir(from)) {
    if (name === '@nattfrid') continue;
    await symlink(join(from, name), join(to, name));
  }
  for (const name of await readdir(join(from, '@nattfrid'))) {
    const target = await readlink(join(from, '@nattfrid', name));
    await symlink(resolve(to, '@nattfrid', target), join(to, '@nattfrid', name));
  }
}

/** Packages that were needed then and are not now, with what they need. Each lies among the links, so that it finds this tree's others. */
async function fetchGone(folder: string, beside: string): Promise<void> {
  const needed = await Promise.all(
    workspaces.map(async (workspace) => {
      const { dependencies = {} } = JSON.parse(await readFile(join(folder, workspace, 'package.json'), 'utf8')) as {
        dependencies?: Readonly<Record<string, string>>;
      };
      return Object.entries(dependencies);
    }),
  );
  const lacks = (name: string) => !existsSync(join(root, 'node_modules', name));
  const gone = needed.flat().filter(([name]) => !name.startsWith('@nattfrid/') && lacks(name));
  if (gone.length === 0) return;
  await mkdir(beside);
  const words = ['--no-save', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--prefix', beside];
  await run('npm', ['install', ...words, ...gone.map(([name, range]) => `${name}@${range}`)], { cwd: beside });
  const fetched = join(beside, 'node_modules');
  const names = (await readdir(fetched)).filter((name) => !name.startsWith('.'));
  const scoped = names.filter((name) => name.startsWith('@'));
  const inScopes = await Promise.all(
    scoped.map(async (scope) => (await readdir(join(fetched, scope))).map((name) => `${scope}/${name}`)),
  );
  for (const scope of scoped) await asFolder(scope, join(folder, 'node_modules', scope));
  for (const name of [...names.filter((one) => !one.startsWith('@')), ...inScopes.flat()])
    if (lacks(name)) await rename(join(fetched, name), join(folder, 'node_modules', name));
}

/** A scope that is one link becomes a folder of links, so that more can lie in it. */
async function asFolder(scope: string, at: string): Promise<void> {
  const found = await lstat(at).catch(() => undefined);
  if (found?.isDirectory()) return;
  if (found) await rm(at);
  await mkdir(at);
  if (!found) return;
  const from = join(root, 'node_modules', scope);
  for (const name of await readdir(from)) await symlink(join(from, name), join(at, name));
}

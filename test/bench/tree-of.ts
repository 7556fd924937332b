/** An earlier commit as a folder, to be measured beside this tree in one run. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** @returns its whole name; undefined: there is no such commit here */
export const commitOf = (commit: string): Promise<string | undefined> =>
  run('git', ['-C', root, 'rev-parse', '--verify', `${commit}^{commit}`]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );

/** The commit in a folder of its own, with this tree's npm packages. */
export async function treeOf(commit: string): Promise<AsyncDisposable & { readonly folder: string }> {
  await using made = new AsyncDisposableStack();
  const above = made.adopt(await mkdtemp(join(tmpdir(), 'nattfrid-then-')), (path) => rm(path, { recursive: true }));
  const folder = join(above, 'tree');
  await run('git', ['-C', root, 'worktree', 'add', '--detach', folder, commit]);
  made.defer(() => run('git', ['-C', root, 'worktree', 'remove', '--force', folder]).then(() => {}));
  await linkPackages(join(root, 'node_modules'), join(folder, 'node_modules'));
  // What npm has put beside a workspace of its own, because another one has another version.
  for (const workspace of ['agent', 'relay', 'relay/console', 'shared']) {
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

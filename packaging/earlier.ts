/** Another commit of this repository as a checkout of its own, with its own npm packages and models. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Manifest } from '@nattfrid/agent/perceive/manifest';
import { readReleases } from './state.ts';

const run = promisify(execFile);

export interface Checkout extends AsyncDisposable {
  readonly root: string;
}

/**
 * Takes minutes: npm packages are installed as its own lock file says.
 * @param what a commit, or the version of a release @param folder where checkouts are put; taken away at the end
 * @throws Error where there is no such commit, or its packages cannot be installed
 */
export async function checkoutOf(what: string, root: string, folder: string): Promise<Checkout> {
  const release = readReleases(root).find(({ version }) => version === what);
  const { stdout } = await run('git', ['rev-parse', '--verify', `${release?.commit ?? what}^{commit}`], {
    cwd: root,
  }).catch(() => {
    throw new TypeError(`there is no commit and no release «${what}»`);
  });
  const commit = stdout.trim();
  const path = join(folder, commit.slice(0, 12));
  const remove = async () =>
    void (await run('git', ['worktree', 'remove', '--force', path], { cwd: root }).catch(() => {}));
  await remove();
  await mkdir(folder, { recursive: true });
  await run('git', ['worktree', 'add', '--detach', path, commit], { cwd: root });
  try {
    const environment = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', ONNXRUNTIME_NODE_INSTALL_CUDA: 'skip' };
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: path, env: environment });
    await takeModels(root, path);
    return { root: path, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Those of this checkout where its manifest wants the same, by digest; else they are converted there. */
async function takeModels(root: string, path: string): Promise<void> {
  const { models } = Manifest.parse(JSON.parse(await readFile(join(path, 'models/manifest.json'), 'utf8')));
  await mkdir(join(path, 'models/built'), { recursive: true });
  const lacking: string[] = [];
  for (const { name, sha256 } of models) {
    const file = join(root, `models/built/${name}.onnx`);
    const bytes = await readFile(file).catch(() => new Uint8Array());
    if (createHash('sha256').update(bytes).digest('hex') === sha256)
      await copyFile(file, join(path, `models/built/${name}.onnx`));
    else lacking.push(name);
  }
  if (lacking.length > 0) await run('npm', ['run', '--silent', 'build:models', '--', ...lacking], { cwd: path });
}

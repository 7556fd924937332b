/** Makes network, certificate and recording for the live bench, and starts its measuring program in the staff's namespace. */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { openProgress } from '@nattfrid/simulator/progress';
import { findChromium } from '@nattfrid/stand-ins/staff/chromium';
import { drawCodedClip } from './live/coded-clip.ts';
import { type FirstTask, makeBuild } from './live/first/build.ts';
import { openNetwork, staffAddress, whyNoNetwork } from './live/network.ts';
import { serveNetwork } from './live/remote-network.ts';
import type { Task } from './live/trial.ts';
import { commitOf, root, treeOf } from './tree-of.ts';

const run = promisify(execFile);
const scene = join(root, 'fixtures/scenes/night-fall.mp4');

export interface LiveWish {
  /** Names of profiles; none: all. */
  readonly only: readonly string[];
  /** Looks that are opened for each figure. */
  readonly openings: number;
  /** Instead of a drawn scene. */
  readonly video?: string | undefined;
}

/** @returns the exit code: 0 measured, 1 something failed, 3 it cannot be measured on this machine, and why was said */
export async function benchLive(wish: LiveWish): Promise<number> {
  return inNetwork('live/measure.ts', wish, async ({ common }) => common satisfies Task);
}

/** The first picture of a look in this tree and in an earlier commit, in turns. @returns as `benchLive`; 2: there is no such commit */
export async function benchFirst(commit: string, rounds: number, wish: LiveWish): Promise<number> {
  const found = await commitOf(commit);
  if (!found) {
    console.error(`There is no commit ${commit} in this repository.`);
    return 2;
  }
  return inNetwork('live/first/measure-first.ts', wish, async ({ common, stack, report }) => {
    report(`${commit}: its tree, its models`);
    const { folder } = stack.use(await treeOf(found));
    await run(process.execPath, ['models/build.ts'], { cwd: folder });
    const builds: FirstTask['builds'] = [];
    for (const [name, tree] of [
      [found.slice(0, 8), folder],
      ['this tree', root],
    ] as const) {
      report(`${name}: building the console`);
      builds.push({ name, ...(await makeBuild(tree, join(common.folder, `build-${builds.length}`))) });
    }
    return { ...common, rounds, builds } satisfies FirstTask;
  });
}

/** Makes network, certificate and recording, and starts a measuring program in the staff's namespace. */
async function inNetwork(
  measuring: string,
  { only, openings, video = scene }: LiveWish,
  taskOf: (given: {
    readonly common: Task;
    readonly stack: AsyncDisposableStack;
    readonly report: (doing: string) => void;
  }) => Promise<object>,
): Promise<number> {
  const chromium = findChromium(process.env);
  const why =
    (await whyNoNetwork()) ??
    (chromium ? undefined : 'no Chromium was found (Debian: apt-get install chromium, or set NATTFRID_CHROMIUM)') ??
    (existsSync(join(root, 'models/built/nanodet.onnx'))
      ? undefined
      : 'the models are not built (npm run build:models)') ??
    (existsSync(join(root, 'relay/console/dist/index.html'))
      ? undefined
      : 'the console is not built (npm run build:console)');
  if (why !== undefined) {
    console.log(`live: nothing is measured here, because ${why}.`);
    return 3;
  }
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-live-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const clip = join(folder, 'coded.mp4');
  const [certificate, key] = [join(folder, 'relay.pem'), join(folder, 'relay-key.pem')];
  using progress = openProgress();
  progress.report('drawing the recording with the time code');
  await drawCodedClip(await findFfmpeg(process.env), video, clip);
  await makeCertificate(certificate, key);
  progress.report('making the network');
  const network = stack.use(await openNetwork());

  const { inHome } = network;
  const common: Task = { only, openings, clip, certificate, key, folder, chromium: chromium ?? '', inHome };
  const task = await taskOf({ common, stack, report: (doing) => progress.report(doing) });
  progress.clear();
  const [enter = '', ...args] = network.inStaff;
  const program = join(import.meta.dirname, measuring);
  const child = spawn(enter, [...args, process.execPath, program, JSON.stringify(task)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // The unit trusts the relay's certificate as it would trust a municipality's own.
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate },
  });
  serveNetwork(child, network);
  const stop = () => void child.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return code ?? 1;
}

/** A self-signed certificate for the relay's address in the bench's network. */
async function makeCertificate(certificate: string, key: string): Promise<void> {
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...[
      '-subj',
      '/CN=nattfrid bench',
      '-addext',
      `subjectAltName=IP:${staffAddress}`,
      '-keyout',
      key,
      '-out',
      certificate,
    ],
  ]);
}

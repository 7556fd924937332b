/** Which state of the checkout is built: its commit, its time, and the version that Debian orders by. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export interface State {
  /** Of the checkout. */
  readonly root: string;
  readonly commit: string;
  /** Of the commit, or SOURCE_DATE_EPOCH: every time in the packages. */
  readonly at: Date;
  /** As the programs say it. */
  readonly version: string;
  /** The same for a release; after it, with the commit and its time, for what is not released. */
  readonly debianVersion: string;
}

const Releases = z.array(
  z.strictObject({ version: z.string(), commit: z.string().regex(/^[0-9a-f]{40}$/), day: z.iso.date() }),
);
export type Releases = z.infer<typeof Releases>;

export const readReleases = (root: string): Releases =>
  Releases.parse(JSON.parse(readFileSync(join(root, 'packaging/releases.json'), 'utf8')));

/** @param releases of today: an older commit has a shorter list, or none @throws Error where this is no checkout */
export function stateOf(root: string, releases: Releases, environment: NodeJS.ProcessEnv): State {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
  const [commit = '', seconds = ''] = git('log', '-1', '--format=%H %ct').split(' ');
  const given = environment['SOURCE_DATE_EPOCH'];
  const at = new Date(Number(given ?? seconds) * 1000);
  if (Number.isNaN(at.getTime())) throw new Error(`SOURCE_DATE_EPOCH is seconds since 1970, and not «${given}».`);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const changed = git('status', '--porcelain') !== '';
  const released = !changed && releases.some((one) => one.commit === commit && one.version === version);
  return { root, commit, at, version, debianVersion: released ? version : afterRelease(version, commit, at, changed) };
}

/** Pure. Debian orders it after the release and before the next, and by time among its like. */
export function afterRelease(version: string, commit: string, at: Date, changed: boolean): string {
  const time = at.toISOString().replace(/\D/g, '').slice(0, 14);
  return `${version}+${time}.${commit.slice(0, 7)}${changed ? '.changed' : ''}`;
}

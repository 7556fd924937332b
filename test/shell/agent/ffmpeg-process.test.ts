/** A child that must not outlive us, and words for every end it can come to. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { startFfmpeg } from '@nattfrid/agent/ffmpeg/process';
import { silent } from '@nattfrid/shared/log/logger';
import { afterAll, describe, expect, it } from 'vitest';
import { openLines } from '../../support/lines.ts';

const folder = await mkdtemp(join(tmpdir(), 'nattfrid-process-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const signal = new AbortController().signal;
async function program(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}
const start = (ffmpeg: string, log = silent, stop = signal) =>
  startFfmpeg({ ffmpeg, args: [], what: 'test', log }, stop);
const lives = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a child process', () => {
  it('that will not end is killed, with everything it has started', async () => {
    const stubborn = await program('stubborn', "trap '' TERM; sleep 600 & echo $!; while :; do sleep 1; done");
    const child = start(stubborn);
    const [first] = await child.output.take(1).toArray();
    const grandchild = Number(String(first).trim());
    expect(lives(grandchild)).toBe(true);
    await child[Symbol.asyncDispose]();
    expect(lives(child.pid as number)).toBe(false);
    // It has no parent left that would take note of its end at once.
    for (let turn = 0; lives(grandchild) && turn < 100; turn++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(lives(grandchild)).toBe(false);
  });

  it('ends by the signal, also while it writes to nobody', async () => {
    const stop = new AbortController();
    const child = start(
      await program('writer', 'while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done'),
      silent,
      stop.signal,
    );
    stop.abort();
    expect((await child.ended)?.code).toBe('process-ended');
  });

  it('says how it ended, in the words it left behind, and logs them', async () => {
    const log = openLines();
    const fault = await start(await program('failing', 'echo "the disk is made of cheese" >&2; exit 3'), log).ended;
    expect(fault).toMatchObject({ code: 'process-ended', message: expect.stringContaining('code 3') });
    expect(fault?.message).toContain('cheese');
    expect(log.lines.some((line) => line.includes('cheese'))).toBe(true);
  });

  it('ends well without a fault, and takes no more then', async () => {
    const child = start(await program('quiet', 'exit 0'));
    expect(await child.ended).toBeUndefined();
    expect(await child.write(new Uint8Array(10))).toBe(false);
  });

  it('that is not there is a clear fault', async () => {
    expect((await start(join(folder, 'nowhere')).ended)?.code).toBe('program-missing');
  });
});

describe('ffmpeg is found', () => {
  it('where the environment says', async () => {
    const own = await program('own', 'exit 0');
    expect(await findFfmpeg({ NATTFRID_FFMPEG: own, PATH: '' })).toBe(own);
    await expect(findFfmpeg({ NATTFRID_FFMPEG: '/nowhere/ffmpeg' })).rejects.toMatchObject({ code: 'program-missing' });
  });
  it('among the programs of the system', async () => {
    const path = await program('ffmpeg', 'exit 0');
    expect(await findFfmpeg({ PATH: `/nowhere:${folder}` })).toBe(path);
  });
});

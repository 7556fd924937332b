import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildModels } from '../support/built-models.ts';

const root = join(import.meta.dirname, '../..');
const footage = join(root, '../shared/footage');
const hasFootage = existsSync(join(footage, 'index.json'));
if (!hasFootage) console.log('Skipped: the recorded clips are not in ../shared/footage beside the checkout.');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nattfrid-replay-'));
  await writeFile(join(folder, 'empty.mp4'), '');
  await writeFile(join(folder, 'broken.mp4'), 'this is not a recording');
  await writeFile(join(folder, 'odd.json'), '{"beds": 3}');
  await buildModels();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a script as a person would. */
const run = (script: 'replay' | 'score', ...options: string[]) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child = execFile(process.execPath, [join(root, `test/evaluation/${script}.ts`), ...options], (_, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    );
  });

describe('replay and score', () => {
  for (const [story, script, options, words] of [
    ['a missing file', 'replay', ['no-such.mp4'], /no-such\.mp4/],
    ['an empty file', 'replay', ['FOLDER/empty.mp4'], /empty\.mp4 is empty/],
    ['a broken file', 'replay', ['FOLDER/broken.mp4'], /broken\.mp4 cannot be read/],
    ['no file at all', 'replay', [], /one recording is needed/],
    ['an unknown option', 'replay', ['a.mp4', '--faster'], /--faster/],
    ['a hold that is no number', 'replay', ['a.mp4', '--hold', 'long'], /--hold/],
    ['a room that is none', 'replay', ['a.mp4', '--room', 'FOLDER/odd.json'], /odd\.json is wrong at beds/],
    ['a plan that is not there', 'replay', ['a.mp4', '--plan', 'FOLDER/none.json'], /none\.json cannot be read/],
    ['a folder without an index', 'score', ['FOLDER'], /index\.json/],
    ['a folder that is not there', 'score', ['FOLDER/none'], /FOLDER|no folder/],
    ['two lights at once', 'score', ['FOLDER', '--grey', '--night'], /--all-lights/],
    ['a drawing of an odd kind', 'score', ['FOLDER', '--curve', 'a.gif'], /\.svg/],
    ['figures that are not there', 'score', ['FOLDER', '--gate', 'FOLDER/none.json'], /none\.json/],
    ['a variation that there is not', 'replay', ['a.mp4', '--vary', 'upside-down'], /upside-down/],
  ] as const)
    it(`says in one line what is wrong with ${story}, and exits with 2`, async () => {
      const { code, out, err } = await run(script, ...options.map((one) => one.replace('FOLDER', folder)));
      expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
      expect(err).toMatch(words);
    });

  it('explains itself', async () => {
    for (const script of ['replay', 'score'] as const) {
      const { code, out } = await run(script, '--help');
      expect([code, out]).toEqual([0, expect.stringContaining('Usage')]);
    }
  });

  it.skipIf(!hasFootage)('finds a fall in a recording that ends right after it', { timeout: 300_000 }, async () => {
    const { code, out } = await run('replay', join(footage, 'gmdcsa24_s3_fall16.mp4'), '--hold', '14', '--json');
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const fell = { type: 'alarm', kind: 'fall', phase: 'began', code: 'fell-from-standing', attended: false };
    expect(code).toBe(0);
    expect(lines.filter(({ kind }) => kind === 'fall')).toMatchObject([fell]);
    expect(lines.at(-1)).toMatchObject({ type: 'end', seconds: expect.closeTo(20, 0) });
  });

  it('goes on when a clip of the index is not there, and says so by its exit', { timeout: 300_000 }, async () => {
    const clips = [
      { file: 'gone.mp4', label: 'fall' },
      { file: 'broken.mp4', label: 'adl', fall_surface: null, more: 1 },
    ];
    await writeFile(join(folder, 'index.json'), JSON.stringify(clips));
    const { code, out } = await run('score', folder, '--json');
    const sum = JSON.parse(out.trim().split('\n').at(-1)!);
    expect([code, sum]).toMatchObject([3, { type: 'sum', notPlayed: 2, falls: { found: 0, of: 0 } }]);
    await rm(join(folder, 'index.json'));
  });
});

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const kept = join(root, 'fixtures/observations');
const figures = join(kept, 'figures.json');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nattfrid-gate-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const score = (...options: string[]) =>
  new Promise<{ code: number | null; out: string }>((resolve) => {
    const args = [join(root, 'test/evaluation/score.ts'), ...options];
    const child = execFile(process.execPath, args, { maxBuffer: 1 << 26 }, (_, out, err) =>
      resolve({ code: child.exitCode, out: out + err }),
    );
  });

/** What was once seen in the recorded clips is decided anew, without a model. */
describe('the figures that are kept', () => {
  it('have not fallen, in any light', { timeout: 180_000 }, async () => {
    const { code, out } = await score(
      kept,
      '--all-lights',
      ...['subject', 'room'].flatMap((part) => ['--leave-out', part]),
      '--gate',
      figures,
    );
    const clips = Object.values(JSON.parse(await readFile(figures, 'utf8'))).flatMap((light) =>
      Object.keys(light as object),
    );
    expect({ code, fell: out.match(/^FELL.*$/gm) ?? [] }).toEqual({ code: 0, fell: [] });
    const document = await readFile(join(root, 'docs/detection.md'), 'utf8');
    const tables = out.slice(out.indexOf('Falls to the floor'), out.indexOf('\n\nTaken for granted'));
    expect(document, 'docs/detection.md says otherwise: test/evaluation/record-figures --again').toContain(tables);
    const leftOut = out.slice(out.indexOf('Each subject left out'), out.indexOf('\n\nThe gate'));
    expect(document, 'what was left out is judged otherwise: test/evaluation/record-figures --again').toContain(
      leftOut,
    );
    expect(out).toContain(`The gate holds: ${clips.length} clips compared`);
  });

  it('stop whoever makes one of them fall, and say which', { timeout: 180_000 }, async () => {
    const before = JSON.parse(await readFile(figures, 'utf8'));
    // As if an everyday clip had been a fall, and had been found: it is found no more.
    const [file, clip] = Object.entries<{ group: string }>(before.night).find(([, { group }]) => group === 'everyday')!;
    const better = join(folder, 'better.json');
    const found = { ...clip, group: 'floor-fall', fall: 'right' };
    await writeFile(better, JSON.stringify({ night: { ...before.night, [file]: found } }));
    const { code, out } = await score(kept, '--night', '--gate', better);
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`^FELL  night: falls found: .*${file}`, 'm'));
  });

  it('take little room, hold no picture, and name the source and licence of each clip', async () => {
    const names = await readdir(kept, { recursive: true, withFileTypes: true });
    const files = names.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
    expect(files.filter((file) => !/\.json\.gz$|figures\.json$|README\.md$/.test(file))).toEqual([]);
    const records = files.filter((file) => file.endsWith('.gz')).map(async (file) => gunzipSync(await readFile(file)));
    for (const record of await Promise.all(records)) {
      const { clip } = JSON.parse(record.toString('utf8'));
      expect(clip).toMatchObject({ source_repo: expect.any(String), licence: expect.stringMatching(/MIT|CC-BY/) });
    }
  });
});

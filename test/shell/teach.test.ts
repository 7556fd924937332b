/** A small run of the teaching, from nothing to a network that the converter builds: two rooms, four pictures, two steps. */
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import proto from 'onnx-proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withWeights } from '../../models/convert/onnx-file.ts';
import { addTaught } from '../../models/convert/taught.ts';
import { buildModels } from '../support/built-models.ts';

const root = join(import.meta.dirname, '../..');
const bodies = join(root, '../shared/bodies');
const modules = 'import torch, onnx, cv2, numpy';
const why = !existsSync(join(bodies, 'base.obj.gz'))
  ? 'the bodies are not in ../shared/bodies beside the checkout'
  : spawnSync('blender', ['--version']).status !== 0
    ? 'blender is not installed'
    : spawnSync('/usr/bin/python3', ['-c', modules]).status !== 0
      ? 'PyTorch, ONNX or OpenCV for Python are not installed'
      : undefined;
if (why) console.log(`SKIPPED: no student is taught: ${why}; models/teach/README.md tells what it needs.`);

const run = promisify(execFile);
let work: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'nattfrid-teach-'));
});
afterAll(() => rm(work, { recursive: true }));

const small = ['--first-room', '6', '--rooms', '2', '--pictures', '2', '--steps', '2', '--batch', '2', '--judged', '2'];
const teach = () => run(join(root, 'models/teach/run'), [...small, '--threads', '1', '--no-judge', '--work', work]);

describe.skipIf(why !== undefined)('teaching', () => {
  it('renders, teaches, packs and draws, and says how far it is', async () => {
    await buildModels('nanodet');
    const { stdout } = await teach();
    expect(stdout).toContain('rendered 2 of 2 rooms');
    expect(stdout).toMatch(/taught 2 of 2 steps on 2 pictures/);
    const truths = (await readFile(join(work, 'pictures/room-006/truth.jsonl'), 'utf8')).trim().split('\n');
    expect(truths.map((line) => JSON.parse(line).file)).toEqual(['room-006/000.jpg', 'room-006/001.jpg']);
    expect(await readFile(join(work, 'figures.svg'), 'utf8')).toContain('found at wrong');
    expect((await stat(join(work, 'nanodet-night.weights'))).size).toBeLessThan(4e6);
  }, 300_000);

  it('gives weights from which the converter builds the very network that was taught', async () => {
    const original = await readFile(join(root, 'models/built/nanodet.onnx'));
    const weights = await readFile(join(work, 'nanodet-night.weights'));
    const built = withWeights(original, (tensors) => addTaught(tensors, weights));
    const ours = frozen(await readFile(join(work, 'nanodet-night.onnx')));
    expect(frozen(built)).toEqual(ours);
    expect(ours).not.toEqual(frozen(original));
  });

  it('does nothing a second time', async () => {
    const before = await readFile(join(work, 'nanodet-night.weights'));
    const { stdout } = await teach();
    expect(stdout).not.toMatch(/rendered|taught/);
    expect(await readFile(join(work, 'nanodet-night.weights'))).toEqual(before);
  }, 60_000);
});

/** The frozen tensors of a file: names and digests. */
const frozen = (file: Uint8Array) =>
  proto.onnx.ModelProto.decode(file).graph?.initializer?.map(({ name, rawData }) => [
    name,
    digest(rawData ?? new Uint8Array()),
  ]);
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

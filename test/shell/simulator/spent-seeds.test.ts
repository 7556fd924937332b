import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepNight } from '../../simulator/nights/kept-night.ts';
import { namedNights } from '../../simulator/nights/named-nights.ts';
import { linesOf } from '../../simulator/nights/night-lines.ts';
import { briefNight, randomNight } from '../../simulator/nights/random-night.ts';
import { isSealed, readSpentSeeds, spendSeeds } from '../../simulator/nights/spent-seeds.ts';
import { during } from '../../support/bodies.ts';

const root = join(import.meta.dirname, '../../..');
const simulate = (...options: string[]) =>
  new Promise<{ code: number | null; out: string }>((resolve) => {
    const child = execFile(process.execPath, [join(root, 'test/simulator/simulate.ts'), ...options], (_, out, err) =>
      resolve({ code: child.exitCode, out: out + err }),
    );
  });

describe('a night of an odd seed', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nattfrid-seeds-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is sealed until somebody has looked; even ones and written scripts never are', () => {
    expect(isSealed(randomNight(11), new Set())).toBe(true);
    expect(isSealed(randomNight(11), new Set([11]))).toBe(false);
    expect(isSealed(randomNight(12), new Set())).toBe(false);
    for (const night of namedNights) expect(isSealed(night, new Set())).toBe(false);
  });

  it('is not drawn for anybody to look at', async () => {
    const { code, out } = await simulate('--seed', '10001', '--nights', '1', '--sheet', folder, '--drawn-only');
    expect(code).toBe(2);
    expect(out).toContain('Seed 10001: nights of odd seeds are for judging');
    expect(await readdir(folder)).toEqual([]);
  });

  it('kept one by one, is summed up with the others, and told of in sums alone', async () => {
    for (const seed of [10_001, 10_003]) {
      const kept = await keepNight(folder, briefNight(seed));
      for (const one of during(0, 3, [])) kept.keep(one);
      await kept.close();
    }
    const { code, out } = await simulate('--again', folder, '--gate');
    expect(out).toContain('2 simulated nights:');
    expect(out.match(/sealed/g)).toHaveLength(2);
    expect(out).not.toMatch(/FALSE ALARM|MISSED/);
    // Nothing was seen in them: the emergencies were missed, and the gate says so.
    expect(out).toMatch(/FELL {3}events found: 0, all [1-9]/);
    expect(code).toBe(1);
  });

  it('once looked into is written down, in a list that stays readable', async () => {
    const list = join(folder, 'spent.json');
    await writeFile(list, '[]');
    await spendSeeds([9, 5], 'looked at', list);
    await spendSeeds([5, 7], 'looked at again', list);
    expect([...(await readSpentSeeds(list))]).toEqual([5, 7, 9]);
    expect(await readFile(list, 'utf8')).toContain('{ "seed": 5, "by": "looked at" }');
    await writeFile(list, '{"seed":5}');
    await expect(readSpentSeeds(list)).rejects.toThrow('take it back from git');
    expect([...(await readSpentSeeds())]).toContain(1);
  });

  it('prints what happened only where it may be seen', () => {
    const night = randomNight(11, 1);
    const told = { kind: 'fall', phase: 'began', code: 'found-lying', at: 400 };
    const score = { outcomes: [], again: [], falseAlarms: [told] };
    const report = { night, score, bed: { right: 9, wrong: 1, unknown: 0 }, pictures: 1, seconds: 1 };
    expect(linesOf(report).join('\n')).toContain('0:06:40  FALSE ALARM: fall found-lying');
    expect(linesOf(report, true).join('\n')).not.toMatch(/found-lying|0:06/);
    expect(linesOf(report, true)[1]).toBe(
      '  1 false alarms, 0 of 0 found; bed: 90.0 % of the minutes right, 10.0 % wrong, 0.0 % unknown',
    );
  });
});

/** Runs the tests of one promise and reads their report: passed, failed, skipped, and the printed evidence. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Files among the failed that could not be loaded, and so prove nothing about a wall. */
  readonly unloaded: number;
  /** Lines that the tests print on what was captured, traced, searched and skipped. */
  readonly evidence: readonly string[];
  readonly failures: readonly string[];
}

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().optional(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

const evident = /^(captured|traced|searched|SKIPPED|Core dumps|Skipped)\b/;

/** @param folder this repository, or a copy of it */
export async function runProof(folder: string, files: readonly string[]): Promise<Outcome> {
  const own = mkdtempSync(join(tmpdir(), 'nattfrid-prove-'));
  try {
    const report = join(own, 'report.json');
    const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
    const args = [
      vitest,
      'run',
      '--root',
      folder,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...files,
    ];
    const child = spawn(process.execPath, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    const [printed, complained] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { ...read(report, complained), evidence: evidenceIn(printed) };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

function read(report: string, complained: string): Omit<Outcome, 'evidence'> {
  let results: z.infer<typeof Report>['testResults'];
  try {
    results = Report.parse(JSON.parse(readFileSync(report, 'utf8'))).testResults;
  } catch {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      unloaded: 1,
      failures: [`the tests could not be run: ${lastLine(complained)}`],
    };
  }
  const tests = results.flatMap(({ assertionResults }) => assertionResults);
  const of = (...states: readonly string[]) => tests.filter(({ status }) => states.includes(status));
  // A file that cannot be loaded counts as failed, though it has no tests.
  const broken = results.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
  return {
    passed: of('passed').length,
    failed: of('failed').length + broken.length,
    unloaded: broken.length,
    skipped: of('skipped', 'pending', 'todo', 'disabled').length,
    failures: [
      ...of('failed').map(
        (one) => `${one.fullName}: ${(one.failureMessages?.[0] ?? '').split('\n')[0]?.slice(0, 160)}`,
      ),
      ...broken.map((one) => `${one.name}: ${(one.message ?? '').split('\n')[0]}`),
    ],
  };
}

const evidenceIn = (printed: string): readonly string[] => [
  ...new Set(
    printed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => evident.test(line)),
  ),
];
const lastLine = (words: string): string => words.trim().split('\n').at(-1) ?? '';

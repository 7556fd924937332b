/** The last line of a test run, out of vitest's report: N passed, N failed, N skipped. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const [file = '', checksFailed = '0'] = process.argv.slice(2);
try {
  const report = Report.parse(JSON.parse(readFileSync(file, 'utf8')));
  // A file that does not even load has no failed test of its own: it counts as one.
  const unloaded = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + unloaded;
  if (checksFailed !== '0' && failed === 0) console.error('A check before the tests failed: see above.');
  const skipped = report.numPendingTests + report.numTodoTests;
  console.log(
    `${report.numPassedTests} passed, ${failed + (checksFailed !== '0' && failed === 0 ? 1 : 0)} failed, ${skipped} skipped`,
  );
  process.exitCode = failed > 0 || checksFailed !== '0' ? 1 : 0;
} catch (error) {
  console.error(`The test runner wrote no report: ${error instanceof Error ? error.message : String(error)}`);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exitCode = 1;
}

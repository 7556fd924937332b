/** `npm run prove`: runs the proof of each promise about pictures; with --break, breaks a wall in a copy, where its proof must fail. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openProgress } from '../simulator/progress.ts';
import { breaks, brokenCopy } from './breaks.ts';
import { type Promise_, promises } from './promises.ts';
import { type Outcome, runProof } from './run-proof.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const help = `Usage: npm run -s prove -- [--list] [--only N[,N…]] [--break NAME|all]

  (nothing)      proves every promise on this machine; takes some minutes
  --list         the promises and the walls that can be broken, without running anything
  --only 2,5     these promises only
  --break NAME   breaks one wall in a copy of this folder (nothing here is changed) and runs its proof there, which must fail

Exit: 0 proven (or: the broken wall was noticed), 1 not, 2 wrong arguments.
A promise of which something could not be tried here (no Chromium, no strace, not root) is told as PARTLY, with the reason.`;

const { values } = parseArgs({
  options: {
    list: { type: 'boolean' },
    only: { type: 'string' },
    break: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

function list(): void {
  for (const { number, words, files } of all()) console.log(`${number}  ${words}\n   ${files.join(' ')}`);
  console.log('\nWalls that --break can break:');
  for (const { name, words } of breaks) console.log(`  ${name.padEnd(18)} ${words}`);
}

/** The listed promises, and every further test of test/privacy as one more, so that none is forgotten. */
function all(): readonly Promise_[] {
  const listed = new Set(promises.flatMap(({ files }) => files));
  const others = readdirSync(join(root, 'test/privacy'))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/privacy/${name}`)
    .filter((file) => !listed.has(file));
  const more = others.map((file, index) => ({
    number: promises.length + index + 1,
    words: /^\/\*\* (.*?) ?\*?\/?$/m.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? file,
    files: [file],
  }));
  return [...promises, ...more];
}

async function prove(): Promise<number> {
  const wanted = values.only?.split(',').map(Number);
  const chosen = all().filter(({ number }) => !wanted || wanted.includes(number));
  if (chosen.length === 0) throw new TypeError(`There is no promise ${values.only}. See --list.`);
  const outcomes: Outcome[] = [];
  using progress = openProgress();
  for (const [index, { number, words, files }] of chosen.entries()) {
    console.log(`\n${number}  ${words}`);
    progress.report(`proof ${index + 1} of ${chosen.length}: ${files.join(' ')}`);
    const outcome = await runProof(root, files);
    progress.clear();
    outcomes.push(outcome);
    console.log(
      `   ${verdictOf(outcome)}  ${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped`,
    );
    for (const line of outcome.evidence) console.log(`   · ${line}`);
    for (const line of outcome.failures) console.log(`   ! ${line}`);
  }
  const failed = outcomes.filter((one) => verdictOf(one) === 'FAIL').length;
  const partly = outcomes.filter((one) => verdictOf(one) === 'PARTLY').length;
  console.log(`\n${outcomes.length - failed - partly} promises proven, ${partly} partly, ${failed} not.`);
  return failed === 0 ? 0 : 1;
}

const verdictOf = ({ passed, failed, skipped }: Outcome): 'PASS' | 'PARTLY' | 'FAIL' =>
  failed > 0 || passed === 0 ? 'FAIL' : skipped > 0 ? 'PARTLY' : 'PASS';

async function breakWalls(name: string): Promise<number> {
  const chosen = breaks.filter((one) => name === 'all' || one.name === name);
  if (chosen.length === 0) throw new TypeError(`There is no wall «${name}». See --list.`);
  let unnoticed = 0;
  using progress = openProgress();
  for (const [index, one] of chosen.entries()) {
    console.log(`\n${one.name}: ${one.words}`);
    progress.report(`broken wall ${index + 1} of ${chosen.length}: ${one.files.join(' ')}`);
    using copy = brokenCopy(root, one);
    const { failed, passed, unloaded, failures } = await runProof(copy.folder, one.files);
    progress.clear();
    const noticed = failed > 0 && unloaded === 0;
    if (!noticed) unnoticed++;
    const verdict = noticed ? 'NOTICED' : unloaded > 0 ? 'COULD NOT BE RUN' : 'NOT NOTICED';
    console.log(`   ${verdict}  ${failed} of ${failed + passed} tests fail in ${one.files.join(' ')}`);
    for (const line of failures.slice(0, 3)) console.log(`   · ${line}`);
  }
  console.log(`\n${chosen.length - unnoticed} of ${chosen.length} broken walls were noticed.`);
  return unnoticed === 0 ? 0 : 1;
}

try {
  if (values.help) console.log(help);
  else if (values.list) list();
  else process.exitCode = values.break ? await breakWalls(values.break) : await prove();
} catch (error) {
  console.error(`prove: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}

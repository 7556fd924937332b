/** `npm run score`: plays a folder of labelled clips through the agent's own stages and counts what was found, by condition and kind. */
import { readFile, writeFile } from 'node:fs/promises';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { elapsed } from '@nattfrid/shared/time/clock';
import { holdSeconds, persistenceSeconds } from './score/agreed-plan.ts';
import { type Asked, readArguments } from './score/arguments.ts';
import { lights } from './score/condition.ts';
import { decideAllAgain } from './score/decide-all-again.ts';
import { withFigures } from './score/doc.ts';
import { drawRun } from './score/draw-run.ts';
import { help } from './score/help.ts';
import { gateFell } from './score/hold-gate.ts';
import { keepFixtures } from './score/keep-fixtures.ts';
import { conditionsLeftOut, leaveAllOut } from './score/leave-all-out.ts';
import type { LeftOut } from './score/leave-out.ts';
import { playAll } from './score/play-all.ts';
import { printCounts, printVariations } from './score/print-counts.ts';
import { printLeftOut } from './score/print-left-out.ts';
import { printLines, printTables } from './score/print-run.ts';
import { holdsRecords, keepFigures, readFigures } from './score/records-folder.ts';
import { figuresOf } from './score/regression-gate.ts';
import { plain, type ScoreRun } from './score/score-run.ts';

async function main(): Promise<void> {
  const asked = readArguments(process.argv.slice(2));
  if (!asked) return console.log(help(holdSeconds, persistenceSeconds));
  const began = elapsed();
  const before = asked.gate === undefined ? undefined : await readFigures(asked.gate);
  const run = (await holdsRecords(asked.folder)) ? await decideAllAgain(asked) : await playAll(asked);
  const seconds = Math.round((elapsed() - began) / 1000);
  if (asked.json) printLines(run, seconds);
  else printTables(run, asked, seconds);
  const left = leaveAllOut(run, asked);
  if (left.length > 0 && !asked.json) console.log(`\n${printLeftOut(left)}`);
  if (asked.curve !== undefined) await drawRun(run, asked.curve, asked.json);
  // Limits chosen in some of the lights cannot be compared with what was chosen in all.
  const compared = asked.lights.length === lights.length && asked.only.source === '(?:)' ? left : [];
  const figures = figuresOf(new Map([...run.scored, ...conditionsLeftOut(compared)]));
  if (asked.figures !== undefined) await keepFigures(asked.figures, figures);
  if (asked.doc !== undefined) await writeInto(asked.doc, run, left, asked);
  if (asked.recordInto !== undefined) await keepFixtures(run, asked.recordInto);
  const fell = before !== undefined && gateFell(before, figures, asked);
  const notPlayed = [...run.scored.values()].flat().some(({ fall }) => fall.outcome === 'not-played');
  process.exitCode = fell ? 1 : notPlayed ? 3 : 0;
}

async function writeInto(path: string, { scored }: ScoreRun, left: readonly LeftOut[], { vary }: Asked): Promise<void> {
  const document = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('file-missing', `There is no ${path}.`, { cause });
  });
  const written = vary
    ? withFigures(document, 'varied', printVariations(scored))
    : withFigures(document, 'score', printCounts(plain(scored), persistenceSeconds));
  await writeFile(path, left.length > 0 ? withFigures(written, 'left-out', printLeftOut(left)) : written);
}

try {
  await main();
} catch (error) {
  console.error(asFault(error).message.replaceAll('\n', ' '));
  process.exitCode = 2;
}

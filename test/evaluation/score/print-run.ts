/** Prints what one run has scored, as tables or as lines of JSON. */
import { holdSeconds, persistenceSeconds } from './agreed-plan.ts';
import type { Asked } from './arguments.ts';
import { lightWords } from './condition.ts';
import { countOutcomes } from './outcome-counts.ts';
import { printAssumptions, printCounts, printVariations } from './print-counts.ts';
import { plain, type ScoreRun } from './score-run.ts';
import { wilson } from './wilson.ts';

export function printTables({ scored, clips, nameless }: ScoreRun, { lights, vary }: Asked, seconds: number): void {
  const shown = lights.map((light) => `${light} = ${lightWords[light]}`).join(', ');
  console.log(
    `\n${clips.length} clips; ${shown}; told after ${persistenceSeconds} s on the floor, held for ${holdSeconds} s`,
  );
  console.log(printCounts(plain(scored), persistenceSeconds));
  if (vary) console.log(printVariations(scored));
  const marked = (outline: 'bed_polygon_norm' | 'exit_polygon_norm') => clips.filter((clip) => clip[outline]).length;
  const marks = { exits: marked('exit_polygon_norm'), beds: marked('bed_polygon_norm') };
  console.log(printAssumptions([...scored.values()].flat(), marks));
  if (nameless > 0) console.log(`\n${nameless} entries of the index name no file and were left out`);
  for (const [name, all] of scored)
    for (const { file, why } of all) if (why) console.log(`\nNOT PLAYED (${name}) ${file}: ${why}`);
  console.log(`\n${seconds} s of work`);
}

export function printLines({ scored }: ScoreRun, seconds: number): void {
  for (const [light, all] of scored) {
    const sums = countOutcomes(all);
    const { falls, falseAlarms } = sums;
    const held = { persistenceSeconds, holdSeconds };
    const shares = {
      falls: { ...falls, ...wilson(falls.found, falls.of) },
      falseAlarms: { ...falseAlarms, ...wilson(falseAlarms.found, falseAlarms.of) },
    };
    console.log(JSON.stringify({ type: 'sum', light, ...held, ...sums, ...shares, seconds }));
  }
}

/** Draws the operating curves of one run, and prints them as tables. */
import { writeFile } from 'node:fs/promises';
import { openProgress } from '@nattfrid/simulator/progress';
import { drawCurves } from './curve-svg.ts';
import { curveOf } from './operating-curve.ts';
import { printCurves, printLimits } from './print-curve.ts';
import type { ScoreRun } from './score-run.ts';
import { asAgreedOnly, limitSweeps, thresholdSweeps } from './threshold-sweeps.ts';

/** How far each limit of posture is moved alone. */
const limitsBy = 0.2;

/** @param path of the SVG @param quiet prints no tables */
export async function drawRun({ records }: ScoreRun, path: string, quiet: boolean): Promise<void> {
  const lights = [...records];
  const limits = limitSweeps(limitsBy);
  const count = thresholdSweeps.length + (quiet ? 0 : limits.length);
  let done = 0;
  using progress = openProgress();
  const all = (tried: typeof thresholdSweeps) =>
    tried.map((sweep) => {
      progress.report(`operating curves: ${done} of ${count} sweeps`, done / count);
      done++;
      return { sweep, curves: lights.map(([light, kept]) => curveOf(sweep, light, kept)) };
    });
  const drawn = all(thresholdSweeps);
  const moved = quiet ? [] : all(limits);
  progress.clear();
  if (!quiet) {
    const asItIs = lights.map(([light, kept]) => curveOf(asAgreedOnly, light, kept));
    console.log('\nOperating curves: decided anew on what was seen; what was seen last is taken to stay so');
    console.log(printCurves(drawn));
    console.log(printLimits(moved, asItIs, limitsBy));
  }
  const clips = lights[0]?.[1].length ?? 0;
  await writeFile(path, drawCurves(drawn, `Falls found against false alarms, ${clips} clips`));
  console.error(`\nDrawn in ${path}`);
}

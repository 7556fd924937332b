/** Prints the cost of perception: stage by stage, the whole pipeline in real time, and beside a public pipeline. */
import { join } from 'node:path';
import { openProgress, type Progress } from '@nattfrid/simulator/progress';
import { environment, nodeFlags } from '@nattfrid/stand-ins/home/as-on-the-unit';
import type { Case } from './case.ts';
import { drawnCases, mostMegabytes } from './case.ts';
import type { Compared, CompareTask } from './compare.ts';
import { inOwnProcess } from './own-process.ts';
import type { RealTimeCost, RealTimeTask } from './real-time.ts';
import type { StageCosts, StageCostsTask } from './stage-costs.ts';

const scenes = join(import.meta.dirname, '../../fixtures/scenes');
const within = (value: number, budget: number | undefined): string =>
  budget === undefined ? '' : value <= budget ? `within ${budget}` : `OVER ${budget}`;

/** @param clips recordings: each is measured after its first three seconds, without a budget */
export async function benchPerceive(clips: readonly string[], seconds: number): Promise<void> {
  const cases = perceiveCases(clips, seconds);
  using progress = openProgress();
  await printStageCosts(join(scenes, 'night-fall.mp4'), progress);
  await printRealTime(cases, progress);
  await printSideBySide(
    cases.filter((one) => one.shows !== undefined),
    progress,
  );
}

/** The drawn stretches, and so many seconds of each clip after its first three. */
export const perceiveCases = (clips: readonly string[], seconds: number): readonly Case[] => [
  ...drawnCases.map((one) => ({ ...one, file: join(scenes, one.file) })),
  ...clips.map((file) => ({ name: file.split('/').at(-1)!, file, from: 3, to: 3 + seconds })),
];

async function printStageCosts(file: string, progress: Progress): Promise<void> {
  progress.report('each part, once through the drawn night');
  const { parts, pictures } = await inOwnProcess<StageCosts>('./stage-costs.ts', { file } satisfies StageCostsTask);
  progress.clear();
  console.log(
    `each part, processor milliseconds, over ${pictures} pictures of the drawn night, all of them looked at\n`,
  );
  console.log(row('part', 'median', '95 %', 'runs a picture', 'mean a picture'));
  for (const [name, times] of Object.entries(parts)) {
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share: number) => (sorted[Math.floor(share * sorted.length)] ?? 0).toFixed(1);
    const all = times.reduce((sum, one) => sum + one, 0);
    // The kernel counts the decoder's time in hundredths of a second, too coarse for single pictures.
    const each = name === 'decode' ? ['', ''] : [at(0.5), at(0.95)];
    console.log(row(name, ...each, (times.length / pictures).toFixed(2), (all / pictures).toFixed(1)));
  }
}

async function printRealTime(cases: readonly Case[], progress: Progress): Promise<void> {
  console.log(`\nat the speed of life, nobody looking; the agent's process and its decoder, in percent of one core
resident memory: VmRSS of both added up, the median of one reading a second; started with\n${[...Object.entries(environment).map(([name, value]) => `${name}=${value}`), 'node', ...nodeFlags].join(' ')}\n`);
  console.log(
    row('case', 'decoded/s', 'looked at/s', 'agent %', 'decoder %', 'sum %', 'budget', 'MB', 'peak', 'budget'),
  );
  for (const [file, own] of Map.groupBy(cases, (one) => one.file)) {
    progress.report(
      `at the speed of life: ${own.map((one) => one.name).join(', ')}; ${Math.max(...own.map((one) => one.to))} s`,
    );
    const task: RealTimeTask = { file, cases: own, loop: true };
    const costs = await inOwnProcess<readonly RealTimeCost[]>('./real-time.ts', task);
    progress.clear();
    for (const cost of costs) {
      const { name, decoded, analysed, agent, decoder, megabytes, peak, dropped } = cost;
      const sum = agent + decoder;
      const budget = own.find((one) => one.name === name)?.budget;
      console.log(
        row(
          ...[name, decoded.toFixed(1), analysed.toFixed(1), agent.toFixed(0), decoder.toFixed(0), sum.toFixed(0)],
          ...[within(sum, budget), megabytes.toFixed(0), peak.toFixed(0), within(megabytes, mostMegabytes)],
          dropped > 0 ? `  too slow ${dropped} times` : '',
        ),
      );
    }
  }
}

async function printSideBySide(cases: readonly Case[], progress: Progress): Promise<void> {
  console.log(`\nthe same pictures, five a second, as fast as it goes, without the decoder\n`);
  console.log(row('pipeline', 'case', 'clock ms', 'cpu ms', 'pictures/s', 'MB', 'pictures', 'person found'));
  for (const [file, own] of Map.groupBy(cases, (one) => one.file))
    for (const [name, program] of [
      ['ours', './our-perception.ts'],
      ['Human', './human-pipeline.ts'],
    ] as const) {
      progress.report(`side by side: ${name}, ${file}`);
      // An empty room counts from its first picture, as there is no person to track.
      const counted = own.map((one) => (one.shows ? one : { ...one, from: 0 }));
      const task: CompareTask = { file, cases: counted, perSecond: 5 };
      const compared = await inOwnProcess<Compared>(program, task);
      progress.clear();
      const { wall, cpu, megabytes } = compared;
      for (const one of compared.cases)
        console.log(
          row(
            ...[name, one.name, wall.toFixed(0), cpu.toFixed(0), (1000 / wall).toFixed(1), megabytes.toFixed(0)],
            ...[`${one.pictures}`, `${one.found}`],
          ),
        );
    }
}

const row = (first: string, ...cells: readonly string[]): string =>
  [first.padEnd(22), ...cells.map((cell) => cell.padStart(14))].join('').trimEnd();

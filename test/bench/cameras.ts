/** Plays every manner of a camera to the unit and to ffmpeg, a few at a time, and prints and writes the table of what came of it. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { systemClock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { openProgress } from '@nattfrid/simulator/progress';
import { quickClock } from '@nattfrid/stand-ins/quick-clock';
import type { Manner } from '@nattfrid/stand-ins/test-camera/manners/manner';
import { type ServedManner, serveManner } from '@nattfrid/stand-ins/test-camera/manners/serve';
import { manners } from '@nattfrid/stand-ins/test-camera/manners/table/manners';
import { writeDoc } from './cameras/doc.ts';
import { ffmpegSees } from './cameras/ffmpeg-sees.ts';
import { playNights } from './cameras/nights.ts';
import { head, lineOf, sayIt, sayNights, summaryOf } from './cameras/table.ts';
import { type SeeOptions, type UnitSeen, unitSees } from './cameras/unit-sees.ts';
import { judgeRow, type Row } from './cameras/verdict.ts';

export interface CamerasWish {
  /** Names of manners, or beginnings of them; none: all. */
  readonly only: readonly string[];
  /** The page that is written; only with all manners. */
  readonly out?: string | undefined;
}

/** At a time, beside one on a quick clock: each has two decoders, on two cores. */
const inLifeAtOnce = 3;
const usualSeconds = 8;

export const mannersNamed = (only: readonly string[]): readonly Manner[] =>
  only.length === 0 ? manners : manners.filter(({ name }) => only.some((one) => name.startsWith(one)));

/** @returns the exit code: 0 all came as it must, 1 some fell short */
export async function benchCameras({ only, out }: CamerasWish): Promise<number> {
  const ffmpeg = await findFfmpeg(process.env);
  const chosen = mannersNamed(only);
  const rows = new Map<string, Row>();
  using progress = openProgress();
  const work = async (waiting: Manner[]) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      progress.report(`${rows.size} of ${chosen.length} manners, ${next.name}`);
      rows.set(next.name, await playRow(next, ffmpeg));
    }
  };
  // Those on a quick clock one by one: several at once, and the machine would be the measure.
  const inLife = chosen.filter(({ quick = 1 }) => quick === 1);
  const quickly = chosen.filter(({ quick = 1 }) => quick > 1);
  await Promise.all([work(quickly), ...Array.from({ length: inLifeAtOnce }, () => work(inLife))]);
  // Beside others, on a machine that has more to do, a row may fall short for that alone.
  const short = [...rows.values()].filter((row) => judgeRow(row).how === 'short' || judgeRow(row).behind);
  for (const [index, { manner }] of short.entries()) {
    progress.report(`${index} of ${short.length} once more and alone, ${manner.name}`);
    rows.set(manner.name, await playRow(manner, ffmpeg));
  }
  const played = chosen.flatMap(({ name }) => rows.get(name) ?? []);
  // After all rows: a night takes a whole core, which would be the measure of a row beside it.
  const nights = await playNights(
    played.map(({ unit }) => unit.course),
    (over) => progress.report(`${over} of ${played.length} nights`),
  );
  progress.clear();
  const found = played.map((row, index): Row => ({ ...row, night: nights[index] }));
  console.log([...head, ...found.map(lineOf)].join('\n'));
  console.log(`\n${sayIt(summaryOf(found))}; ffmpeg alone has pictures in ${summaryOf(found).behind}`);
  console.log(
    `${short.length} fell short beside others and were played once more alone: ${short.map(({ manner }) => manner.name).join(', ') || 'none'}`,
  );
  console.log(sayNights(summaryOf(found)));
  const { stdout } = await promisify(execFile)(ffmpeg, ['-version']);
  if (out !== undefined) await writeFile(out, writeDoc(found, stdout.split(' ').slice(0, 3).join(' ')));
  return summaryOf(found).short > 0 ? 1 : 0;
}

/** One manner, to the unit and to ffmpeg at the same time. */
export const playRow = (manner: Manner, ffmpeg: string): Promise<Row> =>
  served(manner, ffmpeg, async (camera, options, signal) => {
    const watching = [unitSees(camera.url, options, signal), ffmpegSees(camera.strictUrl, options, signal)] as const;
    const [unit, seen] = await Promise.all(watching);
    return { manner, unit, ffmpeg: seen };
  });

/** One manner, to the unit alone. */
export const playUnit = (manner: Manner, ffmpeg: string): Promise<UnitSeen> =>
  served(manner, ffmpeg, (camera, options, signal) => unitSees(camera.url, options, signal));

/** @param watch ends with the signal, after as long as the manner is watched */
async function served<Found>(
  manner: Manner,
  ffmpeg: string,
  watch: (camera: ServedManner, options: SeeOptions, signal: AbortSignal) => Promise<Found>,
): Promise<Found> {
  const { seconds: length = usualSeconds, quick = 1 } = manner;
  const clock = quick === 1 ? systemClock : quickClock(quick);
  await using camera = await serveManner(manner, { ffmpeg, clock });
  const over = new AbortController();
  const watching = watch(camera, { ffmpeg, clock, quick, certificate: camera.certificate }, over.signal);
  await clock.sleep(seconds(length));
  over.abort();
  return await watching;
}

/** Prints the quality of what an operator would see of recordings: legible persons, detected faces, bit rate and SSIM. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ClearedPicture } from '@nattfrid/agent/anonymise/cleared';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { builtModels } from '@nattfrid/agent/perceive/built-models';
import { openModels, type VisionModels } from '@nattfrid/agent/perceive/models';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { Room, unknownRoom } from '@nattfrid/shared/domain/room';
import { openProgress } from '@nattfrid/simulator/progress';
import { type CodedFigures, codedFigures } from './picture/coded.ts';
import { type FaceFinder, type FaceScores, findsFace, openFaceFinder } from './picture/faces.ts';
import { type Light, lights, modes, type Played, playInModes } from './picture/play-in-modes.ts';
import { pixelsOf, rgbOf } from './picture/rgb.ts';
import { sheetOf } from './picture/sheet.ts';

export interface PictureTask {
  readonly clips: readonly string[];
  /** Times that each clip is played; only the last counts. */
  readonly rounds: number;
  /** One picture in so many is searched for faces; 0: none. */
  readonly facesEvery: number;
  /** A folder for contact sheets, as PNG. */
  readonly sheet?: string | undefined;
}

interface Sum {
  pictures: number;
  withPerson: number;
  drawn: number;
  legible: number;
  searched: number;
  faces: number;
  /** Highest score of each detector. */
  highest: FaceScores;
  coded: CodedFigures[];
}
const nothing = (): Sum => ({
  ...{ pictures: 0, withPerson: 0, drawn: 0, legible: 0, searched: 0, faces: 0 },
  highest: { faceboxes: 0, blazeface: 0 },
  coded: [],
});

export async function benchPicture(task: PictureTask): Promise<void> {
  await using models = await openModels(await builtModels());
  const ffmpeg = await findFfmpeg(process.env);
  const finder = task.facesEvery > 0 ? await openFaceFinder() : undefined;
  if (task.sheet) await mkdir(task.sheet, { recursive: true });
  using progress = openProgress();
  const all = lights.length * task.clips.length;
  let done = 0;
  for (const light of lights) {
    const sums = new Map<Mode, Sum>(modes.map((mode) => [mode, nothing()]));
    for (const file of task.clips) {
      progress.report(`${basename(file)}, ${light}: ${done + 1} of ${all}`, done / all);
      done++;
      const shown = await playOnce({ ...task, file, light, models, finder, sums });
      for (const mode of modes) {
        if (shown[mode].length === 0) continue;
        sums.get(mode)!.coded.push(await codedFigures(each(shown[mode]), mode, ffmpeg));
      }
      if (task.sheet) await keepSheet(join(task.sheet, `${basename(file, '.mp4')}-${light}.png`), shown);
      progress.clear();
      // An interrupted run has printed its counts up to the last clip.
      printSums(`${light}, so far`, sums, console.error);
    }
    printSums(light, sums, console.log);
  }
  finder?.[Symbol.dispose]();
}

type Shown = Record<Mode, ClearedPicture[]>;

async function playOnce({
  file,
  light,
  rounds,
  facesEvery,
  models,
  finder,
  sums,
}: PictureTask & {
  readonly file: string;
  readonly light: Light;
  readonly models: VisionModels;
  readonly finder: FaceFinder | undefined;
  readonly sums: ReadonlyMap<Mode, Sum>;
}): Promise<Shown> {
  const shown: Shown = { silhouette: [], blur: [], blocks: [], clear: [] };
  const room = await roomOf(file);
  let count = 0;
  for await (const one of playInModes({ file, light, room, rounds, models }, new AbortController().signal)) {
    if (one.round < rounds - 1) continue;
    const searching = finder && count++ % facesEvery === 0;
    for (const mode of modes) {
      const cleared = one.shown[mode];
      if (cleared.type !== 'picture') continue;
      shown[mode].push(cleared);
      countPicture(sums.get(mode)!, one, mode);
      if (!searching) continue;
      // A picture in mode «clear» is the raw one with a stamp on it.
      const scores = await finder.look(mode === 'clear' ? rgbOf(one.raw) : rgbOf(pixelsOf(cleared)));
      countFaces(sums.get(mode)!, scores);
    }
  }
  return shown;
}

function countPicture(sum: Sum, { observation, legibility }: Played, mode: Mode): void {
  sum.pictures++;
  if (observation.persons.length === 0) return;
  sum.withPerson++;
  if (!legibility[mode]) return;
  sum.drawn++;
  if (legibility[mode].legible) sum.legible++;
}

function countFaces(sum: Sum, scores: FaceScores): void {
  sum.searched++;
  if (findsFace(scores)) sum.faces++;
  sum.highest = {
    faceboxes: Math.max(sum.highest.faceboxes, scores.faceboxes),
    blazeface: Math.max(sum.highest.blazeface, scores.blazeface),
  };
}

function printSums(light: string, sums: ReadonlyMap<Mode, Sum>, say: (line: string) => void): void {
  say(`\n${light}\n`);
  say(row('mode', 'pictures', 'with person', 'drawn', 'legible', 'faces', 'highest', 'kbit/s', 'SSIM', 'worst clip'));
  for (const [mode, sum] of sums) {
    const { coded } = sum;
    const all = coded.reduce((many, one) => many + one.pictures, 0);
    const mean = (of: (one: CodedFigures) => number) =>
      coded.reduce((total, one) => total + of(one) * one.pictures, 0) / Math.max(1, all);
    const drawn = mode === 'clear' ? ['', ''] : [share(sum.drawn, sum.withPerson), share(sum.legible, sum.drawn)];
    say(
      row(
        ...[mode, `${sum.pictures}`, `${sum.withPerson}`, ...drawn, `${sum.faces} of ${sum.searched}`],
        `${sum.highest.faceboxes.toFixed(2)} ${sum.highest.blazeface.toFixed(2)}`,
        ...[mean((one) => one.kbits).toFixed(0), mean((one) => one.ssim).toFixed(4)],
        Math.min(...coded.map((one) => one.ssim)).toFixed(4),
      ),
    );
  }
}

const share = (some: number, all: number): string => (all === 0 ? '–' : `${((100 * some) / all).toFixed(1)} %`);

async function keepSheet(path: string, shown: Shown): Promise<void> {
  const many = shown.silhouette.length;
  const rows = [0.12, 0.4, 0.65, 0.93].map((at) => modes.flatMap((mode) => shown[mode][Math.floor(at * many)] ?? []));
  await writeFile(path, await sheetOf(rows));
}

/** The room from the index beside a recording; an unknown room without one. */
async function roomOf(file: string): Promise<Room> {
  const text = await readFile(join(dirname(file), 'index.json'), 'utf8').catch(() => '[]');
  const entry = JSON.parse(text).find((one: { file: string }) => one.file === basename(file));
  const bed = entry?.bed_polygon_norm;
  return bed ? Room.parse({ ...unknownRoom, beds: [bed] }) : unknownRoom;
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

const row = (first: string, ...cells: readonly string[]): string =>
  [first.padEnd(12), ...cells.map((cell) => cell.padStart(13))].join('').trimEnd();

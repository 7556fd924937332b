/** Soak: agent and relay as they are, on a camera that plays drawn scenes without end; their memory, descriptors and threads over time. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { openProgress } from '@nattfrid/simulator/progress';
import { type Home, openHome } from '@nattfrid/stand-ins/home/home';
import { startTestCamera } from '@nattfrid/stand-ins/test-camera/server';
import { median } from './median.ts';
import { bars, plot } from './soak/plot.ts';
import { decoderOf, type Reading, readProcess } from './soak/reading.ts';

const folder = join(import.meta.dirname, '../../fixtures/scenes');
/** Mostly an empty room, as in a night. */
const scenes = [
  ...Array.from({ length: 10 }, () => 'empty-room.mp4'),
  ...['to-bed.mp4', 'night-fall.mp4', 'walk-out.mp4', 'two-people.mp4', 'sits-down.mp4'],
];
const readEvery = seconds(5);
const tellEvery = seconds(300);
/** Until then caches and pools fill. */
const settling = 1 / 3;
const flat = 0.05;
/** Of its threads the figure counts all; «files» are open descriptors; «%» is of one core. */
const columns = ['MB', 'own MB', 'files', 'threads', '%'];

const names = ['agent', 'decoder', 'relay'] as const;
type Name = (typeof names)[number];
type Row = Readonly<Record<Name, Reading>>;

/** @param minutes of real time; the first third is for settling @param plotFile where the plot is written, as SVG @returns exit code: 0, whatever the figures */
export async function soak(minutes: number, plotFile: string | undefined): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const temporary = mkdtempSync(join(tmpdir(), 'nattfrid-soak-'));
  stack.defer(() => rmSync(temporary, { recursive: true, force: true }));
  const film = await inOne(temporary);
  const camera = stack.use(await startTestCamera({ file: film, port: 0, user: 'unit', password: 'night' }));
  const alarms = { raised: 0 };
  const home = stack.use(
    await openHome({
      folder: join(temporary, 'home'),
      camera: camera.url,
      room: unknownRoom,
      port: 0,
      show: (_, { sentence }) => void (sentence === 'Alarm raised' && alarms.raised++),
    }),
  );
  await home.agent.said('Camera connected');
  using progress = openProgress();
  console.log(`minute  ${names.map((name) => `${name}:`.padEnd(42)).join('')}`);
  console.log(
    `        ${names
      .map(() =>
        columns
          .map((column) => column.padStart(8))
          .join('')
          .padEnd(42),
      )
      .join('')}`,
  );
  const rows: Row[] = [];
  const began = elapsed();
  let toldAt = began;
  while (elapsed() - began < minutes * 60_000) {
    await clock.sleep(readEvery);
    const row = readAll(home);
    if (row) rows.push(row);
    progress.report(`${rows.length} readings`, (elapsed() - began) / (minutes * 60_000));
    if (!row || elapsed() - toldAt < tellEvery) continue;
    progress.clear();
    tell((elapsed() - began) / 60_000, row, rows[Math.max(0, rows.length - tellEvery / readEvery)] ?? row);
    toldAt = elapsed();
  }
  progress.clear();
  conclude(rows, alarms.raised);
  if (plotFile) {
    writeFileSync(plotFile, drawn(rows, minutes));
    console.log(`\nThe plot is in ${plotFile}`);
  }
  return 0;
}

/** Undefined while a decoder is being exchanged. @throws Error where agent or relay has ended */
function readAll({ agent, relay }: Home): Row | undefined {
  const decoder = decoderOf(agent.pid);
  if (decoder === undefined) return undefined;
  return { agent: readProcess(agent.pid), decoder: readProcess(decoder), relay: readProcess(relay.pid) };
}

function tell(minute: number, now: Row, before: Row): void {
  const cells = names.map((name) => {
    const { megabytes, own, descriptors, threads, processor } = now[name];
    const share = ((processor - before[name].processor) / (tellEvery / 1000)) * 100;
    const figures = [megabytes.toFixed(1), own.toFixed(1), descriptors, threads, share.toFixed(0)];
    return figures
      .map((figure) => String(figure).padStart(8))
      .join('')
      .padStart(42);
  });
  console.log(`${minute.toFixed(0).padEnd(8)}${cells.join('')}`);
}

function conclude(rows: readonly Row[], alarms: number): void {
  const settled = rows.slice(Math.floor(rows.length * settling));
  console.log(`\nafter the first third: ${settled.length} readings; ${alarms} alarms were raised in all`);
  for (const name of names) {
    const of = (what: keyof Reading) => settled.map((row) => row[name][what]);
    const few = Math.max(1, Math.min(60, Math.floor(settled.length / 3)));
    const [first, last] = [of('megabytes').slice(0, few), of('megabytes').slice(-few)].map(median) as [number, number];
    const change = (last - first) / first;
    const span = (what: keyof Reading) => `${Math.min(...of(what))} to ${Math.max(...of(what))}`;
    const words = Math.abs(change) <= flat ? 'flat within 5 %' : 'not flat';
    console.log(
      `${name.padEnd(9)}${first.toFixed(1)} to ${last.toFixed(1)} MB (median at the beginning, at the end, ${(change * 100).toFixed(1)} %, ${words}); ` +
        `descriptors ${span('descriptors')}, threads ${span('threads')}`,
    );
    console.log(`  ${bars(rows.map((row) => row[name].megabytes))}`);
  }
}

function drawn(rows: readonly Row[], minutes: number): string {
  const group = (title: string, what: keyof Reading) => ({
    title,
    lines: names.map((name) => ({ name, values: rows.map((row) => row[name][what]) })),
  });
  const groups = [group('resident memory, MB', 'megabytes'), group('descriptors', 'descriptors')];
  return plot([...groups, group('threads', 'threads')], minutes);
}

/** The scenes one behind the other as one film, so that the camera's loop is as long as they are. */
async function inOne(temporary: string): Promise<string> {
  const list = join(temporary, 'scenes.txt');
  writeFileSync(list, scenes.map((scene) => `file '${join(folder, scene)}'\n`).join(''));
  const film = join(temporary, 'night.mp4');
  const args = ['-loglevel', 'error', '-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', film];
  execFileSync(await findFfmpeg(process.env), args);
  return film;
}

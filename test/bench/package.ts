/** What the packaged agent holds of the machine, the clone's beside it in the same run: as its service starts it, and with the package's own options of Node. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { openProgress } from '@nattfrid/simulator/progress';
import { openHome } from '@nattfrid/stand-ins/home/home';
import { startTestCamera } from '@nattfrid/stand-ins/test-camera/server';
import { inMegabytes, sizesLine, sizesOf } from '../../packaging/sizes.ts';
import { median } from './median.ts';
import { type Reading, readProcess } from './soak/reading.ts';

const built = join(import.meta.dirname, '../../build/packages');
const film = join(import.meta.dirname, '../../fixtures/scenes/night-fall.mp4');
const machine = process.arch === 'arm64' ? 'arm64' : 'amd64';
/** Until then caches and pools fill. */
const settling = 1 / 3;
const readEvery = seconds(2);
const goals = { share: 0.85, bytes: 150e6 };

/** @param minutes of real time, of which the last two thirds count @returns exit code: 0, whatever the figures; 3 where nothing is built */
export async function benchPackage(minutes: number): Promise<number> {
  const folder = packagedAgent();
  if (!folder) {
    console.error('There is no packaged agent for this machine. Build it first: scripts/package agent');
    return 3;
  }
  await using stack = new AsyncDisposableStack();
  const temporary = mkdtempSync(join(tmpdir(), 'nattfrid-package-'));
  stack.defer(() => rmSync(temporary, { recursive: true, force: true }));
  const camera = stack.use(await startTestCamera({ file: film, port: 0, user: 'unit', password: 'night' }));
  const open = async (name: string, agent: string | undefined) =>
    stack.use(
      await openHome({
        ...{ folder: join(temporary, name), camera: camera.url, room: unknownRoom, port: 0, programs: { agent } },
      }),
    );
  const homes = [
    ['clone', await open('clone', join(import.meta.dirname, '../../agent/bin/nattfrid-agent'))],
    ['clone, with the options of the package', await open('options', undefined)],
    ['package', await open('package', join(folder, 'bin/nattfrid-agent'))],
  ] as const;
  await Promise.all(homes.map(([, { agent }]) => agent.said('Camera connected')));
  const rows: (readonly Reading[])[] = [];
  using progress = openProgress();
  const began = elapsed();
  for (let done = 0; done < 1; done = (elapsed() - began) / (minutes * 60_000)) {
    await clock.sleep(readEvery);
    rows.push(homes.map(([, { agent }]) => readProcess(agent.pid)));
    progress.report(`${rows.length} readings`, done);
  }
  progress.clear();
  const counted = rows.slice(Math.floor(rows.length * settling));
  const of = (which: number, what: keyof Reading) => median(counted.map((row) => row[which]![what]));
  console.log(
    `resident memory of the agent's process without ffmpeg, median of ${counted.length} readings after settling`,
  );
  for (const [which, [name]] of homes.entries())
    console.log(
      `  ${name.padEnd(40)} ${of(which, 'megabytes').toFixed(1)} MB, of it its own ${of(which, 'own').toFixed(1)} MB`,
    );
  const share = of(2, 'megabytes') / of(0, 'megabytes');
  const reached = share <= goals.share ? 'reached' : 'missed';
  console.log(`  package / clone: ${share.toFixed(3)} (goal: at most ${goals.share}: ${reached})`);
  console.log(`  package / clone with its options: ${(of(2, 'megabytes') / of(1, 'megabytes')).toFixed(3)}`);
  const sizes = await sizesOf(folder);
  console.log(`size of the packaged agent: ${sizesLine(sizes)}`);
  console.log(`  goal: at most ${inMegabytes(goals.bytes)}: ${sizes.bytes <= goals.bytes ? 'reached' : 'missed'}`);
  return 0;
}

function packagedAgent(): string | undefined {
  try {
    const name = readdirSync(built).find((one) => one.startsWith('nattfrid-agent_') && one.endsWith(`_${machine}`));
    return name === undefined ? undefined : join(built, name);
  } catch {
    // Nothing was built yet.
    return undefined;
  }
}

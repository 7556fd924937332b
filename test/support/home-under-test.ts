/** A home for a test: the test camera, agent and relay as processes of their own, and an operator at the desk. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Desk } from '@nattfrid/shared/desk/live-event';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { type Home, type HomeSettings, openHome } from '../stand-ins/home/home.ts';
import { roomOfScene } from '../stand-ins/home/room-of-scene.ts';
import { type DeskClient, signIn } from '../stand-ins/staff/desk-client.ts';
import { startTestCamera, type TestCamera } from '../stand-ins/test-camera/server.ts';

const night = fileURLToPath(new URL('../../fixtures/scenes/night-fall.mp4', import.meta.url));

export interface HomeUnderTest extends AsyncDisposable {
  readonly home: Home;
  readonly camera: TestCamera;
  readonly desk: DeskClient;
  readonly folder: string;
  /** Resolves with the first result of `find` on the desk that is not undefined; the test's own time limit ends the wait. */
  until<Result>(find: (desk: Desk) => Result | undefined): Promise<Result>;
}

/** The drawn night from shortly before the fall, ending in an endless loop of the person on the floor. Seconds of the scene. */
const theFall = { fromSecond: 22, lyingAgainFrom: 34 };

export async function openHomeUnderTest(
  settings: Partial<HomeSettings> & {
    readonly cut?: typeof theFall | 'whole';
    /** Puts a tapped wire between unit and camera. @returns the address for the unit's settings */
    readonly cameraWire?: (url: string) => Promise<string>;
  } = {},
): Promise<HomeUnderTest> {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-home-'));
  stack.defer(() => removed(folder));
  const { cut = theFall } = settings;
  const file = cut === 'whole' ? night : cutOut(join(folder, 'scene.mp4'), cut.fromSecond);
  const tailFromSeconds = cut === 'whole' ? theFall.lyingAgainFrom : cut.lyingAgainFrom - cut.fromSecond;
  const camera = stack.use(await startTestCamera({ file, port: 0, user: 'unit', password: 'night', tailFromSeconds }));
  const home = stack.use(
    await openHome({
      folder,
      camera: settings.cameraWire ? await settings.cameraWire(camera.url) : camera.url,
      room: roomOfScene('night-fall.mp4'),
      port: 0,
      ...settings,
      plan: { alarms: { fall: { persistenceSeconds: 3 } }, ...settings.plan },
    }),
  );
  let desk = await signIn(home.address, home.logIns[0]);
  const owned = stack.move();
  return {
    home,
    camera,
    folder,
    get desk() {
      return desk;
    },
    async until(find) {
      for (;;) {
        try {
          const found = find(await desk.call('desk', {}, {}));
          if (found !== undefined) return found;
        } catch {
          // The relay is down: after its return a new session may be needed.
          desk = await signIn(home.address, home.logIns[0]).catch(() => desk);
        }
        await systemClock.sleep(milliseconds(200));
      }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function cutOut(target: string, fromSecond: number): string {
  execFileSync('ffmpeg', ['-v', 'error', '-ss', String(fromSecond), '-i', night, '-c', 'copy', '-y', target]);
  return target;
}

/** @returns why these tests cannot run here, which is printed too; undefined where they can */
export function homeMissing(): string | undefined {
  const models = fileURLToPath(new URL('../../models/built/nanodet.onnx', import.meta.url));
  const why = existsSync(models) ? undefined : 'the models are not built (npm run build:models)';
  if (why) console.log(`SKIPPED: a real home is not tried: ${why}`);
  return why;
}

/** Repeats rm, which stops half way where a program that is closing its database removes files at the same time. */
async function removed(folder: string): Promise<void> {
  for (let tries = 0; existsSync(folder) && tries < 50; tries++) {
    rmSync(folder, { recursive: true, force: true });
    if (existsSync(folder)) await systemClock.sleep(milliseconds(100));
  }
}

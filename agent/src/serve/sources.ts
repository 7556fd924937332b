/** Where each check of this unit comes from: its own parts, its disk, the computer that it runs on. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HaltState, PlanState, Vitals } from '@nattfrid/shared/wire/vitals';
import { readRtspUrl } from '../camera/rtsp/url.ts';
import { cameraCheck } from '../check/camera.ts';
import type { Sources } from '../check/diagnose.ts';
import { type CertificateState, relayCheck } from '../check/link.ts';
import { diskCheck, lampCheck, loadCheck, modelsCheck } from '../check/machine.ts';
import { planCheck, switchCheck } from '../check/plan.ts';
import { readDiskRoom, readTemperature } from '../check/read-machine.ts';
import { askSignal } from '../check/read-signal.ts';
import { type RoomReading, roomCheck, viewCheck } from '../check/room.ts';
import { signalCheck } from '../check/signal.ts';
import { timeCheck } from '../check/time.ts';
import type { Config } from '../config/schema.ts';
import type { HomeLamp } from '../look/lamp.ts';
import type { RelayTime } from '../obey/relay-time.ts';
import { builtModels } from '../perceive/built-models.ts';
import { isFactoryLogin } from '../technician/factory-login.ts';

export interface SourceParts {
  readonly config: Pick<Config, 'data' | 'models' | 'privacySwitch' | 'lamp' | 'board'> & {
    readonly camera?: Pick<Config['camera'], 'url'> | undefined;
  };
  readonly vitals: () => Vitals;
  readonly relayTime: Pick<RelayTime, 'ahead'>;
  readonly isClockSure: () => boolean;
  readonly isUp: () => boolean;
  readonly certificate?: (() => CertificateState) | undefined;
  readonly room: () => Omit<RoomReading, 'vitals'>;
  readonly plan: () => PlanState;
  readonly waitsUntilReady: () => boolean;
  readonly dark: () => HaltState | undefined;
  readonly lamp: Pick<HomeLamp, 'dark'>;
  readonly lookOpen: () => boolean;
  readonly cannotKeep: () => Vitals['cannotKeep'];
  readonly updateFailed: () => boolean;
}

/** Where the kernel tells of its devices and routes. */
const [sys, proc] = ['/sys', '/proc'];

export function sources(parts: SourceParts): Omit<Sources, 'power' | 'infrared'> {
  const { config, vitals } = parts;
  const url = config.camera?.url;
  return {
    signal: async () => signalCheck(await askSignal({ modem: config.board.modem, proc })),
    time: () => timeCheck(parts.isClockSure(), parts.relayTime.ahead()),
    relay: () => relayCheck(parts.isUp(), parts.certificate?.()),
    camera: () =>
      cameraCheck({
        isChosen: url !== undefined,
        hasFactoryPassword: url !== undefined && opensToAnybody(url),
        vitals: vitals(),
      }),
    view: () => viewCheck({ ...parts.room(), vitals: vitals() }),
    room: () => roomCheck({ ...parts.room(), vitals: vitals() }),
    plan: () => planCheck(parts.plan(), parts.waitsUntilReady()),
    lamp: async () => lampCheck(await tried(parts)),
    switch: () => switchCheck(config.privacySwitch !== undefined, parts.dark()),
    models: async () => modelsCheck(await areWhole(config.models)),
    disk: async () => diskCheck(parts.cannotKeep(), await readDiskRoom(config.data)),
    load: async () => loadCheck(vitals(), await readTemperature(sys)),
    // Whether there is a newer one only the relay knows.
    software: () => (parts.updateFailed() ? { name: 'software', state: 'fault', code: 'update-failed' } : undefined),
  };
}

/** A recording has no login. */
function opensToAnybody(url: string): boolean {
  if (!/^rtsps?:/i.test(url)) return false;
  const { credentials } = readRtspUrl(url);
  return isFactoryLogin(credentials?.user ?? '', credentials?.password ?? '');
}

/** Set to what it shows already: a lamp whose program fails then would fail when somebody looks. */
async function tried({ config, lamp, dark, lookOpen }: SourceParts) {
  if (config.lamp === undefined) return 'none';
  if (lookOpen()) return 'untold';
  return lamp.dark(dark() !== undefined).then(
    () => 'works' as const,
    () => 'fails' as const,
  );
}

/** Each model that is built, against the digest of the manifest. */
async function areWhole(folder: string | undefined): Promise<boolean> {
  const place = await builtModels(folder);
  const whole = await Promise.all(
    place.manifest.models.map(async ({ name, sha256 }) => {
      const bytes = await readFile(join(place.folder, `${name}.onnx`));
      return createHash('sha256').update(bytes).digest('hex') === sha256;
    }),
  ).catch(() => [false]);
  return whole.every((one) => one);
}

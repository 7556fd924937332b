/** Opens the camera of an address: a network camera or a recording. */
import { fileURLToPath } from 'node:url';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { CameraAdvice } from '@nattfrid/shared/wire/vitals';
import type { Camera } from './camera.ts';
import type { ProfileName } from './profiles.ts';
import { replayCamera } from './replay.ts';
import { rtspCamera } from './rtsp.ts';

export interface CameraConfig {
  /** `rtsp://user:password@host:port/path`, `rtsps://…`, `file:///path`, or the path of a recording. */
  readonly url: string;
  /** SHA-256 of the certificate of an `rtsps` camera, in hexadecimal; undefined: a known authority must have signed it. */
  readonly certificate?: string | undefined;
  /** What cameras of its make want otherwise. */
  readonly profile?: ProfileName | undefined;
  /** It is the camera's large stream: of a profile the other path. */
  readonly large?: boolean;
  /** A recording begins again when it ends. */
  readonly loop?: boolean;
}

export interface CameraSurroundings {
  readonly clock: Clock;
  readonly log: Logger;
  /** Path of the program. */
  readonly ffmpeg: string;
  /** Told what should be set in a network camera: all of it, at each change. */
  readonly advised?: (all: readonly CameraAdvice[]) => void;
}

/** A recording plays in real time, from the moment at which it is opened. @throws Fault `config-invalid`, without the address in its words. */
export function openCamera(config: CameraConfig, surroundings: CameraSurroundings): Camera {
  const { url, certificate, profile, large, loop = false } = config;
  const { clock, log, ffmpeg, advised } = surroundings;
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'rtsp' || scheme === 'rtsps')
    return rtspCamera({ url, certificate, profile, large, clock, log, advised });
  if (scheme !== undefined && scheme !== 'file')
    throw new Fault(
      'config-invalid',
      `A camera cannot be reached by ${scheme}: give rtsp://, rtsps:// or the path of a recording.`,
    );
  const file = scheme === 'file' ? fileURLToPath(url) : url;
  const play = () => replayCamera({ file, clock, start: clock.now(), speed: 'life', loop, ffmpeg, log });
  return { name: play().name, open: (signal) => play().open(signal) };
}

/** A technician's own camera, tried before a home is built round it: what it sends, or in words what was seen and what to set. */

import { firstPicture } from '@nattfrid/agent/camera/first-picture';
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { withLogin } from '@nattfrid/agent/camera/rtsp/with-login';
import { codecNames } from '@nattfrid/agent/codec/codec';
import { asFault, Fault, type FaultCode } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';

export interface OwnCamera {
  readonly url: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** SHA-256 of an rtsps camera's own certificate. */
  readonly certificate?: string | undefined;
}

/** What to type otherwise, where it is not the camera that has to be set. */
const hints: Partial<Record<FaultCode, string>> = {
  'config-invalid':
    'Give --camera rtsp://HOST:PORT/PATH or rtsps://…, as the camera’s own page or its manual has it; a recording is played by --video FILE.',
  'camera-refused-login':
    'Give the right ones by --camera-user and --camera-password, in the address, or as NATTFRID_CAMERA_USER and NATTFRID_CAMERA_PASSWORD. Do not try often: many cameras lock the user.',
  'camera-not-trusted': 'Here that setting is --camera-certificate.',
};

/** A whole picture is waited for so long; a camera with a smart codec may send one only once a minute. */
const patience = seconds(70);

/** @param told what should be set although it can be watched @returns its address with the login in it @throws Fault in words for whoever stands beside the camera */
export async function tryCamera(
  own: OwnCamera,
  told: (line: string) => void,
  within: Duration = patience,
): Promise<string> {
  try {
    const url = withLogin(own.url, own);
    const log = telling(told);
    const camera = rtspCamera({ url, certificate: own.certificate, clock, log });
    told(`Connecting to the camera ${camera.name}`);
    const { codec } = await firstPicture(camera, { clock, within }, new AbortController().signal);
    told(`The camera ${camera.name} sends ${codecNames[codec]}`);
    return url;
  } catch (error) {
    const fault = asFault(error);
    const hint = hints[fault.code];
    throw new Fault(fault.code, hint ? `${fault.message}\n  ${hint}` : fault.message, { cause: error });
  }
}

/** What the camera client warns of, as a line. */
const telling = (told: (line: string) => void): Logger => ({
  debug() {},
  info() {},
  warn: (sentence, { seconds: length } = {}) =>
    told(`Note: ${sentence}${length === undefined ? '' : ` (${length} s)`}`),
  error: (sentence) => told(sentence),
  child: () => telling(told),
});

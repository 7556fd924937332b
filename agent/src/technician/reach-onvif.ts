/** Reaches a camera's ONVIF service from whatever address a technician has: of the service itself, or of a stream. */
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { profileNames, profiles } from '../camera/profiles.ts';
import { readRtspUrl } from '../camera/rtsp/url.ts';
import type { GivenLogin } from '../camera/rtsp/with-login.ts';
import { type CameraStream, type DescribedCamera, describeCamera } from '../onvif/describe.ts';
import type { OnvifTarget } from '../onvif/messages.ts';
import { factoryWords, isFactoryLogin } from './factory-login.ts';

export interface ReachedCamera {
  readonly target: OnvifTarget;
  readonly described: DescribedCamera;
}

export interface ToReach {
  /** `rtsp://…` of a stream, or `http://…` of the ONVIF service. */
  readonly url: string;
  /** Of the service, where the address is of a stream. */
  readonly onvif?: string | undefined;
  readonly login: GivenLogin;
}

const servicePath = '/onvif/device_service';

/** The usual one, and those of the makers. */
const ports: readonly number[] = [
  ...new Set([80, ...profileNames.flatMap((name) => profiles[name].onvifPort ?? []), 8080, 8899]),
];

/** @param trying told of each port that is tried. @throws Fault as `describeCamera`, `config-invalid`, and `camera-refused-login` for a factory password */
export async function reachOnvif(
  given: ToReach,
  { clock, trying }: { readonly clock: Clock; readonly trying: (name: string) => void },
  signal: AbortSignal,
): Promise<ReachedCamera> {
  const targets = targetsOf(given);
  const [first] = targets;
  if (first && isFactoryLogin(first.user ?? '', first.password ?? ''))
    throw new Fault('camera-refused-login', factoryWords(first.host));
  let fault: Fault | undefined;
  for (const target of targets) {
    trying(`${target.host}:${target.port}`);
    try {
      return { target, described: await describeCamera(target, clock, signal) };
    } catch (error) {
      fault = moreTelling(fault, asFault(error));
      // A wrong password is not tried at the next port: many cameras lock the user.
      if (fault.code === 'camera-refused-login' || signal.aborted) throw fault;
    }
  }
  throw fault ?? new Fault('config-invalid', 'This address names no camera.');
}

/** Whoever answers something else than ONVIF says less than nobody at all. */
const moreTelling = (before: Fault | undefined, now: Fault): Fault =>
  before === undefined || now.code !== 'camera-not-video' ? now : before;

function targetsOf({ url, onvif, login }: ToReach): readonly OnvifTarget[] {
  const service = /^https?:/i.test(url) ? url : onvif;
  const stream = /^https?:/i.test(url) ? undefined : readRtspUrl(url);
  const known = {
    user: login.user ?? stream?.credentials?.user,
    password: login.password ?? stream?.credentials?.password,
  };
  if (service !== undefined) return [serviceTarget(service, known)];
  return ports.map((port) => ({ host: stream?.host ?? '', port, path: servicePath, ...known }));
}

function serviceTarget(text: string, known: GivenLogin): OnvifTarget {
  if (!URL.canParse(text) || !/^http:/i.test(text))
    throw new Fault(
      'config-invalid',
      `The address of an ONVIF service is of the form http://192.0.2.5:80${servicePath}. Encrypted ONVIF (https) is not spoken here.`,
    );
  const { hostname, port, pathname, username, password } = new URL(text);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 80),
    path: pathname === '/' ? servicePath : pathname,
    user: known.user ?? (username === '' ? undefined : decodeURIComponent(username)),
    password: known.password ?? (password === '' ? undefined : decodeURIComponent(password)),
  };
}

/**
 * The stream that is meant: by its name, by the address's path, or the only one.
 * @throws Fault `request-invalid`, naming the streams that there are
 */
export function streamMeant(
  { streams }: DescribedCamera,
  { url, name }: { readonly url: string; readonly name?: string | undefined },
): CameraStream {
  const wanted = /^rtsps?:/i.test(url) ? pathOf(url) : undefined;
  const found =
    name === undefined
      ? (streams.find((one) => one.url !== undefined && wanted !== undefined && pathOf(one.url) === wanted) ??
        (streams.length === 1 ? streams[0] : undefined))
      : streams.find((one) => one.name === name || one.profile === name);
  if (found) return found;
  const names = streams.map((one) => `«${one.name || one.profile}»`).join(', ');
  throw new Fault(
    'request-invalid',
    streams.length === 0
      ? 'The camera tells no streams by ONVIF.'
      : `Which of its streams? Name one with --stream: ${names}.`,
  );
}

/** Without what a camera adds for ONVIF alone. */
function pathOf(url: string): string {
  const { url: plain, name } = readRtspUrl(url);
  const path = plain.slice(plain.indexOf(name) + name.length);
  return path.replace(/[?&](unicast|proto|profile|transportmode)=[^&]*/gi, '').replace(/\/$/, '');
}

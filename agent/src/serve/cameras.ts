/**
 * Finds the cameras in the home, and takes one: signs in with the login that a console has sealed for this unit, puts its clock and its
 * stream right, and keeps the choice. A camera on a password that it came with is refused: whoever is in its network sees the room.
 */
import { networkInterfaces } from 'node:os';
import type { Check } from '@nattfrid/shared/domain/check';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { OperatorKey } from '@nattfrid/shared/seal/hpke';
import { openLogin } from '@nattfrid/shared/seal/sealed-login';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { FoundCamera as Told, WhyNotServed } from '@nattfrid/shared/wire/service-call';
import { profileOf } from '../camera/profiles.ts';
import { withLogin } from '../camera/rtsp/with-login.ts';
import type { Config } from '../config/schema.ts';
import { type DescribedCamera, describeCamera } from '../onvif/describe.ts';
import { discoverCameras, type FoundCamera } from '../onvif/discover.ts';
import { setEncoder, setTime } from '../onvif/set.ts';
import { isFactoryLogin } from '../technician/factory-login.ts';
import { proposedStreams } from '../technician/proposed-streams.ts';
import { type ReachedCamera, reachOnvif } from '../technician/reach-onvif.ts';
import { type Deeds, refused } from './deed.ts';
import { changeFor, streamCheck } from './right-settings.ts';

/** What of the unit's settings a choice sets; the rest of the camera's stays as it is. */
export type ChosenCamera = Pick<Config['camera'], 'url'> & Partial<Pick<Config['camera'], 'lookUrl' | 'profile'>>;

export interface CameraParts {
  readonly unit: UnitId;
  /** For which consoles seal a login. */
  readonly sealingKey: OperatorKey;
  /** Keeps it, and watches it from then on. */
  readonly keep: (camera: ChosenCamera) => Promise<void> | void;
  /** Asked again before it is kept: somebody may have begun to look, or have fallen, while the camera was asked. */
  readonly whyNotNow: () => WhyNotServed | undefined;
  /** Names of the networks that are asked; all but the loopback by default. */
  readonly through?: (() => readonly string[]) | undefined;
  readonly searchFor?: Duration;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

const usualSearch = seconds(5);
const most = { cameras: 16, name: 60, make: 40 } as const;
/** A camera's clock may be off by so much; what it dates is dated by the unit. */
const timeOff = seconds(2);

export function cameraDeeds(parts: CameraParts): Pick<Deeds, 'find-cameras' | 'choose-camera'> {
  const { unit, sealingKey, keep, clock, log, signal, searchFor = usualSearch } = parts;
  let found: ReadonlyMap<string, FoundCamera> = new Map();

  async function find(): Promise<readonly Told[]> {
    const all = await discoverCameras((parts.through ?? ownNetworks)(), { clock, length: searchFor }, signal);
    const spoken = all.filter((one) => httpAddress(one) !== undefined).slice(0, most.cameras);
    found = new Map(spoken.map((one) => [one.endpoint.slice(0, most.name), one]));
    return [...found].map(([camera, one]) => ({
      camera,
      ...(one.name !== undefined && { make: one.name.slice(0, most.make) }),
      ...(one.hardware !== undefined && { model: one.hardware.slice(0, most.name) }),
      address: new URL(httpAddress(one) ?? '').host.slice(0, most.name),
      // One that wants none is open to the whole network, and is not taken.
      needsLogin: true,
    }));
  }

  return {
    async 'find-cameras'() {
      const cameras = await find();
      log.info('Cameras found', { many: cameras.length });
      return { type: 'cameras', cameras };
    },
    async 'choose-camera'({ camera, login: sealed }) {
      if (!found.has(camera)) await find();
      const one = found.get(camera);
      const url = one && httpAddress(one);
      if (url === undefined) return refused('not-found');
      const login = sealed ? await openLogin(unit, sealingKey, sealed) : { user: '', password: '' };
      if (login instanceof Fault) return refused('login-refused');
      if (isFactoryLogin(login.user, login.password)) return refused('factory-password');
      let reached: ReachedCamera;
      try {
        reached = await reachOnvif({ url, login }, { clock, trying: () => {} }, signal);
      } catch (error) {
        const fault = asFault(error);
        log.warn('A camera could not be taken', { code: fault.code });
        return refused(fault.code === 'camera-refused-login' ? 'login-refused' : 'failed');
      }
      const { described, checks } = await putRight(reached, { clock, log, signal });
      const { url: stream, lookUrl } = proposedStreams(described.streams);
      if (stream === undefined) return refused('failed');
      const profile = profileOf(described.maker);
      const why = parts.whyNotNow();
      if (why) return refused(why);
      await keep({
        url: withLogin(stream, login),
        ...(lookUrl !== undefined && { lookUrl: withLogin(lookUrl, login) }),
        ...(profile && { profile }),
      });
      return { type: 'camera-chosen', checks };
    },
  };
}

/** The camera's clock and the stream that will be watched; what it does not take is left, and told. */
async function putRight(
  { target, described: before }: ReachedCamera,
  around: Pick<CameraParts, 'clock' | 'log' | 'signal'>,
): Promise<{ readonly described: DescribedCamera; readonly checks: readonly Check[] }> {
  const { clock, log, signal } = around;
  const meant = ({ streams }: DescribedCamera) => {
    const { url } = proposedStreams(streams);
    return streams.find((one) => one.url === url);
  };
  const stream = meant(before);
  const change = stream && changeFor(stream);
  const isLate = before.clockOffset !== undefined && Math.abs(before.clockOffset) > timeOff;
  const tried = async (what: string, deed: () => Promise<unknown>) => {
    try {
      await deed();
    } catch (error) {
      log.warn('A camera does not take a setting', { what, code: asFault(error).code });
    }
  };
  if (isLate) await tried('time', () => setTime(target, clock, signal));
  const encoder = stream?.encoder;
  if (encoder !== undefined && change) await tried('stream', () => setEncoder(target, encoder, change, clock, signal));
  const described = isLate || change ? await describeCamera(target, clock, signal) : before;
  const now = meant(described);
  return { described, checks: now ? [streamCheck(now, change !== undefined)] : [] };
}

const httpAddress = ({ addresses }: FoundCamera): string | undefined =>
  addresses.find((one) => /^http:/i.test(one) && URL.canParse(one));

function ownNetworks(): readonly string[] {
  const all = Object.entries(networkInterfaces()).filter(([, addresses = []]) =>
    addresses.some(({ family, internal }) => family === 'IPv4' && !internal),
  );
  return all.map(([name]) => name);
}

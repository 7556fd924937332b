/**
 * THE DOOR to the library `onvif`: a thread that speaks to one camera and ends. The library throws in the middle of its callbacks where an
 * answer is not as it expects, and keeps all that comes: here that ends a thread, and not the program.
 */
import { Agent } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import onvif from 'onvif';
import { changedEncoder, escaped } from './changed-encoder.ts';
import type { OnvifAsk, OnvifReply, OnvifTarget } from './messages.ts';

const { Cam, Discovery } = onvif;

/** Without a byte of an answer. */
const patience = 5000;
/** Bytes of one answer, streams of one camera. */
const most = { answer: 2_000_000, streams: 8 } as const;

type Back<Value> = (error: Error | null, value?: Value) => void;
const call = <Value>(ask: (back: Back<Value>) => void): Promise<Value | undefined> =>
  new Promise((resolve, reject) => ask((error, value) => (error ? reject(error) : resolve(value))));
const perhaps = <Value>(asked: Promise<Value>): Promise<Value | undefined> => asked.catch(() => undefined);

/** A connection that brings more than any camera has to say is cut. */
function boundedAgent(): Agent {
  const agent = new Agent({ keepAlive: false });
  systemClock.every(milliseconds(50), () => {
    for (const sockets of Object.values(agent.sockets))
      for (const socket of sockets ?? [])
        if (socket.bytesRead > most.answer) socket.destroy(new Error('an answer without end'));
  });
  return agent;
}

/** What the camera said last: the library keeps its reasons to itself where something could not be set. */
let lastSaid = '';
const said = (element: string): string | undefined =>
  new RegExp(`<(?:\\w+:)?${element}\\b[^>]{0,200}>([^<]{1,200})<`).exec(lastSaid)?.[1];

/** @param login as a token in the envelope, where the library puts the name between tags as it is and takes the password for Latin 1; or by HTTP */
function openCamera({ host, port, path, user, password }: OnvifTarget, login: 'token' | 'http') {
  const cam = new Cam({
    ...{ hostname: host, port, path, timeout: patience, autoconnect: false, preserveAddress: true },
    ...{ agent: boundedAgent(), useWSSecurity: login === 'token' },
    ...(user !== undefined && { username: login === 'token' ? escaped(user) : user }),
    ...(password !== undefined && { password: login === 'token' ? utf8AsLatin1(password) : password }),
  });
  cam.on('rawResponse', (text: string) => {
    lastSaid = text.slice(0, most.answer);
  });
  return cam;
}

const utf8AsLatin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/**
 * Asks the time without a token, as the standard wants it, and from then on counts by the camera's clock: a camera whose clock is off
 * refuses every other token. The services' addresses are taken for paths on the host that was asked: nobody is sent elsewhere.
 */
async function connect(target: OnvifTarget) {
  const byToken = openCamera(target, 'token');
  try {
    return await begin(byToken);
  } catch (error) {
    const { user = '', password = '' } = target;
    const differs = escaped(user) !== user || utf8AsLatin1(password) !== password;
    if (!differs || !/Digest authentication failed/.test(String(error))) throw error;
    return begin(openCamera(target, 'http'));
  }
}

async function begin(cam: ReturnType<typeof openCamera>) {
  const askTime = () => call<Date>((back) => cam.getSystemDateAndTime(back));
  const time = await askTime().catch((error: unknown) => {
    if (!/not ?authori[sz]ed|unauthori[sz]ed/i.test(lastSaid)) throw error;
    // Its time needs a login as well: then this machine's time has to do. The library would count from 1970.
    cam.timeShift = systemClock.now() - process.uptime() * 1000;
    return askTime();
  });
  const offset = time instanceof Date ? time.getTime() - systemClock.now() : undefined;
  await call((back) => cam.getServices(false, back)).catch(() => call((back) => cam.getCapabilities(back)));
  return { cam, offset };
}

type Connected = Awaited<ReturnType<typeof connect>>['cam'];

/** Media2 knows H.265; some cameras announce it, and do not have it. */
async function profilesOf(cam: Connected): Promise<unknown> {
  try {
    return await call((back) => cam.getProfiles(back));
  } catch (error) {
    if (!cam.media2Support) throw error;
    cam.media2Support = false;
    return call((back) => cam.getProfiles(back));
  }
}

const tokenOf = (raw: unknown): string | undefined => {
  const token: unknown = (raw as { readonly $?: { readonly token?: unknown } } | undefined)?.$?.token;
  return token === undefined ? undefined : String(token);
};

async function describeCamera(target: OnvifTarget) {
  const { cam, offset } = await connect(target);
  const told = await call<object>((back) => cam.getDeviceInformation(back));
  // The library takes «5.70» for a number.
  const firmwareVersion = said('FirmwareVersion');
  const information = { ...told, ...(firmwareVersion !== undefined && { firmwareVersion }) };
  const profiles = await profilesOf(cam);
  const streams: { profile: unknown; uri: unknown }[] = [];
  for (const profile of Array.isArray(profiles) ? profiles.slice(0, most.streams) : []) {
    const profileToken = escaped(tokenOf(profile) ?? '');
    const uri = await perhaps(call((back) => cam.getStreamUri({ protocol: 'RTSP', profileToken }, back)));
    streams.push({ profile, uri });
  }
  const source = streams.map(({ profile }) => sourceOf(profile)).find((one) => one !== undefined);
  const imaging =
    source === undefined
      ? undefined
      : await perhaps(call((back) => cam.getImagingSettings({ token: escaped(source) }, back)));
  return { offset, information, streams, source, imaging };
}

function sourceOf(profile: unknown): string | undefined {
  const found: unknown = (profile as { videoSourceConfiguration?: { sourceToken?: unknown } }).videoSourceConfiguration
    ?.sourceToken;
  return found === undefined ? undefined : String(found);
}

async function setEncoder({ target, encoder, change }: OnvifAsk & { type: 'set-encoder' }) {
  const { cam } = await connect(target);
  // Whether Media2 works shows when it is used.
  await profilesOf(cam);
  const all = await call<unknown>((back) => cam.getVideoEncoderConfigurations(back));
  const before = Array.isArray(all) ? all.find((one) => tokenOf(one) === encoder) : undefined;
  const changed = changedEncoder(before, change);
  if (!changed) throw new Error('the camera no longer knows this stream');
  await call((back) => cam.setVideoEncoderConfiguration({ ...changed, token: escaped(encoder) } as never, back));
  return {};
}

async function setTime({ target }: OnvifAsk & { type: 'set-time' }) {
  const { cam } = await connect(target);
  const dateTime = new Date(systemClock.now());
  await call((back) => cam.setSystemDateAndTime({ dateTimeType: 'Manual', dateTime }, back));
  return {};
}

async function setIrCut({ target, source, mode }: OnvifAsk & { type: 'set-ir-cut' }) {
  const { cam } = await connect(target);
  await call((back) => cam.setImagingSettings({ token: escaped(source), irCutFilter: mode }, back));
  return call((back) => cam.getImagingSettings({ token: escaped(source) }, back));
}

async function discover({ through, milliseconds: timeout }: OnvifAsk & { type: 'discover' }) {
  // Whoever answers rubbish is no camera, and no reason to stop; without a listener it would be thrown.
  Discovery.on('error', () => {});
  return new Promise((resolve) =>
    Discovery.probe({ timeout, device: through, resolve: false }, (_error, found) => resolve(found)),
  );
}

function answer(ask: OnvifAsk): Promise<unknown> {
  switch (ask.type) {
    case 'discover':
      return discover(ask);
    case 'describe':
      return describeCamera(ask.target);
    case 'set-encoder':
      return setEncoder(ask);
    case 'set-time':
      return setTime(ask);
    case 'set-ir-cut':
      return setIrCut(ask);
  }
}

const say = (reply: OnvifReply) => parentPort?.postMessage(reply);
await answer(workerData as OnvifAsk).then(
  (value) => say({ type: 'told', value }),
  (error: unknown) => {
    const words = error instanceof Error ? error.message : String(error);
    say({ type: 'failed', words: said('Text') ?? words });
  },
);

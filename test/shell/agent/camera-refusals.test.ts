/** Cameras that want a login, send the unit on, or say no: how far it goes, and what it tells the technician. */
import { createHash, randomUUID } from 'node:crypto';
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { describe, expect, it } from 'vitest';
import {
  type Asked,
  answer,
  type Manner,
  type Manners,
  sdp,
  startManneredCamera,
} from '../../support/mannered-camera.ts';
import { watchCamera } from '../../support/watch-camera.ts';

const password = `hemligt-${randomUUID()}/?#% 1`;
const challenge = 'WWW-Authenticate: Digest realm="r", nonce="n1", qop="auth", algorithm=SHA-512-256';
const hash = (text: string) => createHash('sha512-256').update(text).digest('hex');

/** Computed beside the product. */
function mayPass({ method, headers }: Asked, wanted: string): boolean {
  const given = headers.get('authorization') ?? '';
  const get = (name: string) => new RegExp(`\\b${name}="?([^",]*)`).exec(given)?.[1] ?? '';
  const [own, asked] = [hash(`anna:r:${wanted}`), hash(`${method}:${get('uri')}`)];
  return get('response') === hash(`${own}:n1:${get('nc')}:${get('cnonce')}:auth:${asked}`);
}
const locked =
  (
    wanted: string,
    manner: Manner,
    refuse: Manner = (asked) => answer(asked, '401 Unauthorized', [challenge]),
  ): Manner =>
  (asked, socket) =>
    mayPass(asked, wanted) ? manner(asked, socket) : refuse(asked, socket);
const describes: Manner = (asked) => answer(asked, '200 OK', [], sdp);
const at = (url: string, credentials: string) => url.replace('rtsp://', `rtsp://${credentials}@`);

describe('a camera that wants a login', () => {
  it('is told one by SHA-512/256, also where the password is pasted as it is', async () => {
    using camera = await startManneredCamera({ DESCRIBE: locked(password, describes) });
    expect(await watchCamera(at(camera.url, `anna:${password}`))).toBe(3);
  });

  it('is told the password as it stands, where that reads like something encoded', async () => {
    using camera = await startManneredCamera({ DESCRIBE: locked('a%41', describes) });
    expect(await watchCamera(at(camera.url, 'anna:a%41'))).toBe(3);
  });

  it('is told one by the way that it can check, where it offers a stronger one that it cannot', async () => {
    const broken = 'WWW-Authenticate: Digest realm="r", nonce="n1", algorithm=SHA-256';
    using camera = await startManneredCamera({
      DESCRIBE: (asked, socket) =>
        asked.headers.get('authorization') === `Basic ${Buffer.from('anna:x').toString('base64')}`
          ? describes(asked, socket)
          : answer(asked, '401 Unauthorized', [broken, 'WWW-Authenticate: Basic realm="r"']),
    });
    expect(await watchCamera(at(camera.url, 'anna:x'))).toBe(3);
  });

  for (const [name, close] of [
    ['and says so', ['Connection: close']],
    ['without a word', []],
  ] as const)
    it(`is called again where it hangs up after its 401, ${name}`, async () => {
      using camera = await startManneredCamera({
        DESCRIBE: locked(
          password,
          describes,
          (asked, socket) => void socket.end(answer(asked, '401 Unauthorized', [challenge, ...close])),
        ),
      });
      expect(await watchCamera(at(camera.url, `anna:${password}`))).toBe(3);
      expect(camera.asked.at(-1)?.connection).toBe(2);
    });

  it('is not called without end where it always hangs up after its 401', async () => {
    using camera = await startManneredCamera({
      DESCRIBE: (asked, socket) => void socket.end(answer(asked, '401 Unauthorized', [challenge])),
    });
    expect(await watchCamera(at(camera.url, `anna:${password}`))).toMatchObject({ code: 'camera-refused-login' });
    expect(camera.asked.length).toBeLessThan(8);
  });

  it('is said to have locked the user, perhaps, after several tries', async () => {
    using camera = await startManneredCamera({ DESCRIBE: locked('another', describes) });
    const kept = rtspCamera({ url: at(camera.url, 'anna:secret'), clock });
    const words: string[] = [];
    for (let turn = 0; turn < 3; turn++)
      try {
        for await (const _ of kept.open(AbortSignal.timeout(5000)));
      } catch (error) {
        words.push(asFault(error).message);
      }
    expect(words.map((text) => text.includes('locked'))).toEqual([false, false, true]);
    expect(words.join()).not.toContain('secret');
  });

  it('of a kind that nobody knows is told by its name', async () => {
    using camera = await startManneredCamera({
      DESCRIBE: (asked) => answer(asked, '401 Unauthorized', ['WWW-Authenticate: Digest realm="r", algorithm=MD9']),
    });
    const fault = await watchCamera(at(camera.url, 'anna:x'));
    expect(fault).toMatchObject({ code: 'camera-refused-login', message: expect.stringContaining('Digest MD9') });
  });
});

describe('a camera that sends the unit on', () => {
  const moved =
    (location: string): Manner =>
    (asked) =>
      answer(asked, '302 Found', [`Location: ${location}`]);

  it('to another path of its own is followed, with the login', async () => {
    using camera = await startManneredCamera({
      DESCRIBE: locked(password, (asked, socket) =>
        asked.url.endsWith('/new') ? describes(asked, socket) : moved(asked.url.replace('live', 'new'))(asked, socket),
      ),
    });
    expect(await watchCamera(at(camera.url, `anna:${password}`))).toBe(3);
  });

  it('to another port of its own is followed', async () => {
    using other = await startManneredCamera();
    using camera = await startManneredCamera({ DESCRIBE: moved(other.url) });
    expect(await watchCamera(camera.url)).toBe(3);
  });

  it('to a neighbour is followed, and the neighbour gets no password', async () => {
    using other = await startManneredCamera({
      DESCRIBE: (asked) => answer(asked, '401 Unauthorized', [challenge]),
    });
    using camera = await startManneredCamera({
      DESCRIBE: locked(password, moved(other.url.replace('127.0.0.1', '127.0.0.2'))),
    });
    const elsewhere = await startScriptedNeighbour(other.port);
    const fault = await watchCamera(at(camera.url, `anna:${password}`));
    elsewhere.close();
    expect(fault).toMatchObject({ code: 'camera-refused-login', message: expect.stringContaining('127.0.0.2') });
    expect(other.asked.map((one) => one.headers.get('authorization'))).toEqual([undefined]);
  });

  for (const where of [
    'rtsp://192.0.2.1/x',
    'rtsp://10.0.0.1/',
    'rtsp://[::1]:22/',
    'http://127.0.0.1/',
    '',
    'rtsp://relay.invalid/',
  ])
    it(`to «${where}» is not followed, and it says where to`, async () => {
      using camera = await startManneredCamera({ DESCRIBE: moved(where) });
      const fault = await watchCamera(camera.url);
      expect(fault).toMatchObject({
        code: 'camera-not-video',
        message: expect.stringContaining('sends the unit on to'),
      });
    });

  it('in circles is left', async () => {
    using camera = await startManneredCamera({ DESCRIBE: (asked, socket) => moved(asked.url)(asked, socket) });
    expect(await watchCamera(camera.url)).toMatchObject({ code: 'camera-not-video' });
    expect(camera.asked.filter((one) => one.method === 'DESCRIBE')).toHaveLength(4);
  });
});

/** The same camera under a neighbour's address. */
async function startScriptedNeighbour(port: number) {
  const { connect, createServer } = await import('node:net');
  const server = createServer((socket) => {
    const on = connect(port, '127.0.0.1');
    for (const one of [socket, on]) one.on('error', () => {});
    socket.pipe(on).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.2', resolve));
  return server;
}

describe('a camera that says no tells the technician what to set', () => {
  const refuses = (method: string, status: string, more: readonly string[] = []): Manners => ({
    [method]: (asked: Asked) => answer(asked, status, more),
  });
  const offers = (...lines: string[]): Manners => ({
    DESCRIBE: (asked) => answer(asked, '200 OK', [], ['v=0', ...lines, ''].join('\r\n')),
  });
  for (const [name, manners, code, words] of [
    ['no room for one more', refuses('SETUP', '453 Not Enough Bandwidth'), 'camera-busy', 'Close other programs'],
    ['no room at DESCRIBE', refuses('DESCRIBE', '503 Service Unavailable'), 'camera-busy', 'Close other programs'],
    ['no room at PLAY', refuses('PLAY', '453 Not Enough Bandwidth'), 'camera-busy', 'viewers'],
    ['a path that it does not know', refuses('DESCRIBE', '404 Not Found'), 'camera-not-video', 'Correct the path'],
    ['a user who may not', refuses('DESCRIBE', '403 Forbidden'), 'camera-refused-login', 'right to the live picture'],
    ['neither TCP nor UDP', refuses('SETUP', '461 Unsupported Transport'), 'camera-not-video', 'RTSP over TCP'],
    [
      'multicast alone',
      refuses('SETUP', '200 OK', ['Transport: RTP/AVP;multicast;destination=239.0.0.1']),
      'camera-not-video',
      'multicast',
    ],
    ['a codec that nobody decodes', offers('m=video 0 RTP/AVP 97', 'a=rtpmap:97 VP9/90000'), 'camera-not-video', 'VP9'],
    ['sound alone', offers('m=audio 0 RTP/AVP 0'), 'camera-not-video', 'no video at all'],
    ['a trouble of its own', refuses('DESCRIBE', '500 Internal Server Error'), 'camera-unreachable', '500'],
  ] as readonly (readonly [string, Manners, string, string])[])
    it(name, async () => {
      using camera = await startManneredCamera(manners);
      const fault = await watchCamera(camera.url);
      expect(fault).toBeInstanceOf(Fault);
      expect(fault).toMatchObject({ code, message: expect.stringContaining(words) });
    });
});

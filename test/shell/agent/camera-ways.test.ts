/** The ways on which a camera's pictures come: UDP where it gives nothing else, and TLS with a certificate that somebody vouches for. */
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { hasGstCamera, startGstCamera } from '@nattfrid/stand-ins/gst-camera/gst-camera';
import { afterAll, describe, expect, it } from 'vitest';
import { openClipFolder } from '../../support/counted-clip.ts';
import { type Asked, answer, keyPicture, type Manners, startManneredCamera } from '../../support/mannered-camera.ts';
import { watchCamera } from '../../support/watch-camera.ts';

async function port(address = '127.0.0.1'): Promise<Datagrams> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  return socket;
}

/** Sends pictures to the ports of the SETUP; [RTP, RTCP] are its own. */
function udpManners(media: Datagrams, control: Datagrams, refusal: string, from = media): Manners {
  let to = 0;
  return {
    SETUP: (asked: Asked) => {
      const wanted = /client_port=(\d+)/.exec(asked.headers.get('transport') ?? '')?.[1];
      if (wanted === undefined)
        return refusal === ''
          ? answer(asked, '200 OK', ['Transport: RTP/AVP;unicast', 'Session: 6'])
          : answer(asked, refusal);
      to = Number(wanted);
      const own = `server_port=${media.address().port}-${control.address().port}`;
      return answer(asked, '200 OK', [
        `Transport: ${asked.headers.get('transport')};${own};source=192.0.2.9`,
        'Session: 7',
      ]);
    },
    PLAY: (asked: Asked, socket: Socket) => {
      let turn = 0;
      const timer = setInterval(() => {
        for (const packet of keyPicture(turn)) from.send(packet, to, '127.0.0.1');
        turn++;
      }, 40);
      socket.once('close', () => clearInterval(timer));
      return answer(asked);
    },
  };
}

describe('a camera that gives its pictures over UDP only', () => {
  for (const [name, refusal] of [
    ['that says so', '461 Unsupported Transport'],
    ['that does not understand TCP', '400 Bad Request'],
    ['that answers TCP with UDP', ''],
  ] as const)
    it(`${name} is watched over UDP, and gets reports there`, async () => {
      const [media, control] = [await port(), await port()];
      const heard: Buffer[] = [];
      const opened: Buffer[] = [];
      control.on('message', (packet) => heard.push(packet));
      media.on('message', (packet) => opened.push(packet));
      using camera = await startManneredCamera(udpManners(media, control, refusal));
      expect(await watchCamera(camera.url, 80)).toBe(80);
      expect(heard.map((packet) => packet[1])).toEqual(expect.arrayContaining([201]));
      expect(opened).toHaveLength(1);
      media.close();
      control.close();
    });

  it('is not believed where the packets come from somebody else', async () => {
    const [media, control, stranger] = [await port(), await port(), await port('127.0.0.3')];
    using camera = await startManneredCamera(udpManners(media, control, '461 Unsupported Transport', stranger));
    const fault = await watchCamera(camera.url);
    expect(fault).toMatchObject({ code: 'camera-silent', message: expect.stringContaining('UDP') });
    for (const socket of [media, control, stranger]) socket.close();
  });
});

const openssl = spawnSync('openssl', ['version']).status === 0;
if (!openssl) console.log('SKIPPED: rtsps is not tried: openssl is missing');
describe.skipIf(!openssl)('a camera that encrypts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-rtsps-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const made = (name: string, key: string) => {
    const [keyFile, certFile] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
    const args = `req -x509 -nodes -newkey ${key} -keyout ${keyFile} -out ${certFile} -subj /CN=camera -days 2`;
    execFileSync('openssl', args.split(' '), { stdio: 'ignore' });
    const cert = readFileSync(certFile);
    const both = join(folder, `${name}-both.pem`);
    writeFileSync(both, Buffer.concat([cert, readFileSync(keyFile)]));
    return { key: readFileSync(keyFile), cert, both, print: new X509Certificate(cert).fingerprint256 };
  };
  const { key, cert, both, print } = openssl ? made('new', 'rsa:2048') : { key: '', cert: '', both: '', print: '' };
  const start = () => startManneredCamera({}, (take) => createServer({ key, cert }, take));
  const secure = (url: string) => url.replace('rtsp:', 'rtsps:');

  it('is watched where the settings name its certificate', async () => {
    using camera = await start();
    expect(await watchCamera(secure(camera.url), 3, print)).toBe(3);
    expect(await watchCamera(secure(camera.url), 3, print.replaceAll(':', '').toLowerCase())).toBe(3);
  });

  it.skipIf(!hasGstCamera)('is watched where somebody else has written it', async () => {
    await using clips = await openClipFolder();
    await using camera = await startGstCamera(await clips.draw(), { user: 'anna', password: 'x' }, `tls:${both}`);
    expect(await watchCamera(camera.url, 10, print)).toBe(10);
  });

  it('is refused where nobody vouches for it, and its certificate is told', async () => {
    using camera = await start();
    const fault = await watchCamera(secure(camera.url).replace('//', '//anna:secret@'));
    expect(fault).toMatchObject({ code: 'camera-not-trusted', message: expect.stringContaining(print) });
    expect(camera.asked).toEqual([]);
  });

  it('is refused where it shows another certificate than the settings name', async () => {
    using camera = await start();
    const fault = await watchCamera(
      secure(camera.url),
      3,
      print.startsWith('0') ? `1${print.slice(1)}` : `0${print.slice(1)}`,
    );
    expect(fault).toMatchObject({
      code: 'camera-not-trusted',
      message: expect.stringContaining('another certificate'),
    });
    expect(camera.asked).toEqual([]);
  });

  it('is asked whether it encrypts at all, where it does not', async () => {
    using camera = await startManneredCamera();
    const fault = await watchCamera(secure(camera.url), 3, print);
    expect(fault).toMatchObject({ code: 'camera-not-trusted', message: expect.stringContaining('RTSPS port') });
  });
});

/** Cameras that take RTSP otherwise than the standard: their pictures come, and what the unit says to them is what they need. */
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { describe, expect, it } from 'vitest';
import {
  type Asked,
  answer,
  interleaved,
  keyPicture,
  type ManneredCamera,
  type Manners,
  play,
  sdp,
  startManneredCamera,
} from '../../support/mannered-camera.ts';
import { watchCamera } from '../../support/watch-camera.ts';

const described = (asked: Asked, headers: readonly string[], body: string): string =>
  [`RTSP/1.0 200 OK`, `CSeq: ${asked.headers.get('cseq')}`, 'Content-Type: application/sdp', ...headers, '', body].join(
    '\r\n',
  );
const describes = (headers: readonly string[], body = sdp): Manners => ({
  DESCRIBE: (asked) => described(asked, headers, body),
});
const counted = (size: number, body = sdp): Manners => describes([`Content-Length: ${size}`], body);
const shifted = (asked: Asked, by: number): Asked => ({
  ...asked,
  headers: new Map([...asked.headers, ['cseq', String(Number(asked.headers.get('cseq')) + by)]]),
});
const withoutCseq = (text: string): string => text.replace(/CSeq: \d+\r\n/, '');
const controlled = (control: string): string => sdp.replace('track1', control);
/** Knows its track under one address only. */
const onlyAt = (url: RegExp, manners: Manners): Manners => ({
  ...manners,
  SETUP: (asked) =>
    url.test(asked.url)
      ? answer(asked, '200 OK', [`Transport: ${asked.headers.get('transport')}`, 'Session: 7'])
      : answer(asked, '404 Not Found'),
});
const transport = (header: string, channel: number): Manners => ({
  SETUP: (asked) => answer(asked, '200 OK', [header, 'Session: 7']),
  PLAY: (asked, socket) => {
    play(socket, channel);
    return answer(asked);
  },
});
const size = Buffer.byteLength(sdp);

describe('a camera gives its pictures', () => {
  for (const [name, manners] of [
    [
      'with Content-Base',
      onlyAt(/^rtsp:\/\/[^/]+\/base\/track1$/, describes(['Content-Base: /base/', `Content-Length: ${size}`])),
    ],
    ['with an empty Content-Base', onlyAt(/\/live\/track1$/, describes(['Content-Base: ', `Content-Length: ${size}`]))],
    [
      'with a Content-Base without scheme',
      onlyAt(
        /^rtsp:\/\/127.0.0.1:1\/b\/track1$/,
        describes(['Content-Base: 127.0.0.1:1/b/', `Content-Length: ${size}`]),
      ),
    ],
    [
      'with a Content-Base that is wrong',
      onlyAt(/\/live\/track1$/, describes(['Content-Base: rtsp://10.9.9.9/other/', `Content-Length: ${size}`])),
    ],
    [
      'with a control that is a path from the root',
      onlyAt(/^rtsp:\/\/[^/]+\/t1$/, counted(size - 3, controlled('/t1'))),
    ],
    [
      'with a control that is an address',
      onlyAt(/^rtsp:\/\/10.0.0.1\/x$/, counted(size + 11, controlled('rtsp://10.0.0.1/x'))),
    ],
    [
      'with a description of three lines',
      counted(66, 'm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:track1\r\n'),
    ],
    ['with a description that is counted too short', onlyAt(/track1$/, counted(size - 6))],
    ['with a description that is counted too long', counted(size + 40)],
    ['with a description that is counted as 0', counted(0)],
    ['with a description that nobody counts', describes([])],
    [
      'with a description that nobody counts or names',
      { DESCRIBE: (asked: Asked) => described(asked, [], sdp).replace(/Content-Type.*\r\n/, '') },
    ],
    ['with a description without a last line break', onlyAt(/track1$/, counted(size - 2, sdp.trimEnd()))],
    [
      'with a description in two halves',
      {
        DESCRIBE: (asked: Asked, socket) => {
          const text = described(asked, [], sdp);
          socket.write(text.slice(0, text.indexOf('v=0')));
          setTimeout(() => socket.write(text.slice(text.indexOf('v=0'))), 300);
          return undefined;
        },
      },
    ],
    [
      'with headers in capitals',
      {
        DESCRIBE: (asked: Asked) =>
          answer(asked, '200 OK', [], sdp).replace('Content-Length', 'CONTENT-LENGTH').replace('CSeq', 'CSEQ'),
      },
    ],
    [
      'with line feeds alone',
      {
        OPTIONS: (asked: Asked) => answer(asked).replaceAll('\r', ''),
        DESCRIBE: (asked: Asked) => answer(asked, '200 OK', [], sdp).replaceAll('\r', ''),
      },
    ],
    [
      'with answers that count one too few',
      {
        DESCRIBE: (asked: Asked) => answer(shifted(asked, -1), '200 OK', [], sdp),
        SETUP: (asked: Asked) => answer(shifted(asked, -1), '200 OK', ['Session: 7']),
      },
    ],
    [
      'with answers that count one too many',
      {
        DESCRIBE: (asked: Asked) => answer(shifted(asked, 1), '200 OK', [], sdp),
        SETUP: (asked: Asked) => answer(shifted(asked, 1), '200 OK', ['Session: 7']),
      },
    ],
    [
      'with answers without a count',
      {
        OPTIONS: (asked: Asked) => withoutCseq(answer(asked)),
        DESCRIBE: (asked: Asked) => withoutCseq(answer(asked, '200 OK', [], sdp)),
        SETUP: (asked: Asked) => withoutCseq(answer(asked, '200 OK', ['Session: 7'])),
      },
    ],
    [
      'without a session',
      { SETUP: (asked: Asked) => answer(asked, '200 OK', ['Transport: RTP/AVP/TCP;interleaved=0-1']) },
    ],
    ['without a Transport', { SETUP: (asked: Asked) => answer(asked, '200 OK', ['Session: 7']) }],
    ['on channels that it chooses', transport('Transport: RTP/AVP/TCP;unicast;interleaved=4-5', 4)],
    ['on channels beyond the usual', transport('Transport: RTP/AVP/TCP;unicast;interleaved=200-201', 200)],
    ['on odd channels', transport('Transport: RTP/AVP/TCP;unicast;interleaved=1-2', 1)],
    ['on another channel than it says', transport('Transport: RTP/AVP/TCP;unicast;interleaved=0-1', 2)],
    ['though it never answers OPTIONS', { OPTIONS: () => undefined }],
    ['though it hangs up on OPTIONS', { OPTIONS: (_: Asked, socket) => void socket.destroy() }],
    [
      'though it hangs up after each answer',
      {
        OPTIONS: (asked: Asked, socket) => void socket.end(answer(asked)),
        DESCRIBE: (asked: Asked, socket) => void socket.end(answer(asked, '200 OK', [], sdp)),
      },
    ],
    [
      'though it takes two seconds to describe them',
      {
        DESCRIBE: (asked: Asked, socket) => {
          setTimeout(() => socket.write(answer(asked, '200 OK', [], sdp)), 2000);
          return undefined;
        },
      },
    ],
    [
      'though it takes PLAY under the address of the track alone',
      {
        PLAY: (asked: Asked, socket) => {
          if (!asked.url.endsWith('track1')) return answer(asked, '460 Only aggregate operation allowed');
          play(socket);
          return answer(asked);
        },
      },
    ],
    [
      'though it wants a Range',
      {
        PLAY: (asked: Asked, socket) => {
          if (asked.headers.get('range') !== 'npt=0.000-') return answer(asked, '457 Invalid Range');
          play(socket);
          return answer(asked);
        },
      },
    ],
    ['though it never answers PLAY', { PLAY: (_: Asked, socket) => void fast(socket) }],
    [
      'though it answers twice',
      {
        OPTIONS: (asked: Asked) => answer(asked).repeat(2),
        DESCRIBE: (asked: Asked) => answer(asked, '200 OK', [], sdp).repeat(2),
      },
    ],
    [
      'though it says something before each answer',
      { DESCRIBE: (asked: Asked) => `RTSP/1.0 100 Continue\r\n\r\nblah\n\n${answer(asked, '200 OK', [], sdp)}` },
    ],
  ] as readonly (readonly [string, Manners])[])
    it(name, async () => {
      using camera = await startManneredCamera(manners);
      expect(await watchCamera(camera.url)).toBe(3);
    });

  it('that came before it answered PLAY', async () => {
    using camera = await startManneredCamera({
      PLAY: (asked, socket) => {
        for (let turn = 0; turn < 3; turn++)
          for (const packet of keyPicture(turn)) socket.write(interleaved(0, packet));
        setTimeout(() => socket.write(answer(asked)), 200);
        return undefined;
      },
    });
    expect(await watchCamera(camera.url)).toBe(3);
  });

  it('though it sends sound first, for which nobody has asked', async () => {
    using camera = await startManneredCamera({
      PLAY: (asked, socket) => {
        for (let turn = 0; turn < 20; turn++)
          for (const packet of keyPicture(turn, 0)) socket.write(interleaved(2, packet));
        setTimeout(() => play(socket), 100);
        return answer(asked);
      },
    });
    expect(await watchCamera(camera.url)).toBe(3);
  });

  it('without being asked for a Range, which would make others lose pictures', async () => {
    using camera = await startManneredCamera();
    expect(await watchCamera(camera.url)).toBe(3);
    expect(camera.asked.find((one) => one.method === 'PLAY')?.headers.has('range')).toBe(false);
  });
});

/** Pictures at ten times the usual rate: 750 packets a second. */
function fast(socket: import('node:net').Socket): void {
  play(socket, 0, 4);
}

const methods = (camera: ManneredCamera): readonly string[] => camera.asked.map((one) => one.method);

describe('what the unit says to a camera that plays', () => {
  it('tells it every few seconds what it has received', async () => {
    using camera = await startManneredCamera();
    expect(await watchCamera(camera.url, 80)).toBe(80);
    const reports = camera.packets.filter(([channel, bytes]) => channel === 1 && bytes[1] === 201);
    expect(reports.length).toBeGreaterThanOrEqual(2);
    const last = reports.at(-1)?.[1];
    expect([last?.readUInt32BE(8), last?.readUInt8(12)]).toEqual([77, 0]);
  });

  it('finds another way to keep it alive where the first is refused', async () => {
    using camera = await startManneredCamera({
      SETUP: (asked) => answer(asked, '200 OK', ['Session: 7;timeout=2']),
      GET_PARAMETER: (asked) => answer(asked, '501 Not Implemented'),
    });
    expect(await watchCamera(camera.url, 60)).toBe(60);
    const after = methods(camera).slice(methods(camera).indexOf('PLAY') + 1);
    expect(after.slice(0, 3)).toEqual(['GET_PARAMETER', 'OPTIONS', 'OPTIONS']);
    expect(
      camera.asked
        .filter((one) => one.method === 'OPTIONS')
        .at(-1)
        ?.headers.get('session'),
    ).toBe('7');
  });

  it('says goodbye, so that the camera has room for the next', async () => {
    using camera = await startManneredCamera();
    expect(await watchCamera(camera.url)).toBe(3);
    await expect.poll(() => methods(camera).at(-1)).toBe('TEARDOWN');
  });

  it('keeps it alive in another way, where it has hung up', async () => {
    using camera = await startManneredCamera({
      SETUP: (asked) => answer(asked, '200 OK', ['Session: 7;timeout=2']),
      GET_PARAMETER: (_, socket) => void socket.destroy(),
    });
    const kept = rtspCamera({ url: camera.url, clock });
    const open = async (enough: number) => {
      const stop = new AbortController();
      let pictures = 0;
      for await (const _ of kept.open(stop.signal)) if (++pictures === enough) stop.abort();
      return pictures;
    };
    await expect(open(60)).rejects.toMatchObject({ code: 'camera-dropped' });
    expect(await open(60)).toBe(60);
  });

  it('answers what the camera asks, by its number', async () => {
    using camera = await startManneredCamera({
      PLAY: (asked, socket) => {
        play(socket);
        const own = (method: string, number: number) => `${method} rtsp://unit/ RTSP/1.0\r\nCSeq: ${number}\r\n\r\n`;
        return `${answer(asked)}${own('OPTIONS', 7)}${own('GET_PARAMETER', 8)}${own('SET_PARAMETER', 9)}${own('RECORD', 10)}`;
      },
    });
    expect(await watchCamera(camera.url, 10)).toBe(10);
    expect(camera.answered.map((text) => /^RTSP\/1.0 (\d+)(?:.|\s)*CSeq: (\d+)/.exec(text)?.slice(1).join())).toEqual([
      '200,7',
      '200,8',
      '200,9',
      '501,10',
    ]);
  });

  for (const [name, request, code, words] of [
    ['has ended the session', 'TEARDOWN rtsp://u/ RTSP/1.0\r\nCSeq: 1\r\n\r\n', 'camera-dropped', 'ended the session'],
    [
      'sends it elsewhere',
      'REDIRECT rtsp://u/ RTSP/1.0\r\nCSeq: 1\r\nLocation: rtsp://10.0.0.7/x\r\n\r\n',
      'camera-dropped',
      '10.0.0.7',
    ],
    [
      'sends something else from now on',
      `ANNOUNCE rtsp://u/ RTSP/1.0\r\nCSeq: 1\r\nContent-Length: ${size}\r\n\r\n${sdp.replaceAll('H264', 'H265')}`,
      'camera-dropped',
      'changed',
    ],
  ] as const)
    it(`heeds a camera that ${name}`, async () => {
      using camera = await startManneredCamera({
        PLAY: (asked, socket) => {
          play(socket);
          setTimeout(() => socket.write(request), 200);
          return answer(asked);
        },
      });
      const fault = await watchCamera(camera.url, 100);
      expect(fault).toMatchObject({ code, message: expect.stringContaining(words) });
      await expect.poll(() => camera.answered[0]).toContain('200 OK');
    });

  it('lets a camera that asks without end and never listens fill no memory', async () => {
    using camera = await startManneredCamera({
      PLAY: (asked, socket) => {
        socket.pause();
        const flood = 'OPTIONS rtsp://unit/ RTSP/1.0\r\nCSeq: 7\r\n\r\n'.repeat(2000);
        const pour = () => {
          while (!socket.destroyed && socket.write(flood));
        };
        socket.on('drain', pour);
        setTimeout(pour, 10);
        return answer(asked);
      },
    });
    const before = process.memoryUsage.rss();
    expect(await watchCamera(camera.url)).toMatchObject({ code: expect.stringMatching('camera-(dropped|silent)') });
    expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 1024 * 1024);
  });
});

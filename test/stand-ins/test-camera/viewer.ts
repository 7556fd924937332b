/** One connection to the test camera: answers requests and, while it plays, sends due pictures. */
import type { Socket } from 'node:net';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { FaultKind } from './faults.ts';
import { challenge, type Login, mayPass } from './login.ts';
import type { Film } from './recording.ts';
import { describeFilm, describeOther, interleavedReport, interleavedRtp, payloads } from './rtp-writer.ts';
import { newestKey, shown } from './timeline.ts';

export interface Stage {
  readonly film: Film;
  readonly clock: Clock;
  readonly random: () => number;
  readonly login: Login | undefined;
  readonly fault: () => FaultKind | undefined;
  /** Milliseconds on the film's timeline; the first call starts it. */
  readonly time: () => number;
  /** How many pictures there are; infinite for a loop. */
  readonly pictures: number;
  /** Called with the method of each request. */
  readonly asked: (method: string) => void;
}

export interface Viewer {
  readonly playing: boolean;
  /** Sends all that is due. @returns true when the film is over for this viewer. */
  send(): boolean;
  close(): void;
}

/** Bytes of backlog at which a viewer that does not read is disconnected. */
const longestBacklog = 16 * 1024 * 1024;

export function openViewer(socket: Socket, stage: Stage): Viewer {
  const { film, random } = stage;
  const nonce = Math.floor(random() * 2 ** 48).toString(16);
  const source = Math.floor(random() * 2 ** 32);
  const base = Math.floor(random() * 2 ** 32);
  let sequence = Math.floor(random() * 2 ** 16);
  let playing = false;
  let channel = 0;
  let number: number | undefined;
  let text = '';

  const answer = (request: string): void => {
    const [line = '', ...headers] = request.split('\r\n');
    const [method = '', url = ''] = line.split(' ');
    const header = (name: string) => {
      const found = headers.find((one) => one.toLowerCase().startsWith(`${name}:`));
      return found?.slice(name.length + 1).trim();
    };
    const reply = (status: string, more: readonly string[] = [], body = '') => {
      const size = body ? [`Content-Length: ${Buffer.byteLength(body)}`] : [];
      socket.write([`RTSP/1.0 ${status}`, `CSeq: ${header('cseq')}`, ...more, ...size, '', body].join('\r\n'));
    };
    stage.asked(method);
    const free = !stage.login || method === 'OPTIONS';
    if (stage.login && !free && !mayPass(stage.login, nonce, method, header('authorization'))) {
      reply('401 Unauthorized', [`WWW-Authenticate: ${challenge(stage.login, nonce)}`]);
      return;
    }
    switch (method) {
      case 'OPTIONS':
        reply('200 OK', ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN']);
        break;
      case 'DESCRIBE': {
        const body = stage.fault() === 'wrong-content' ? describeOther() : describeFilm(film.sps, film.pps);
        reply('200 OK', ['Content-Type: application/sdp', `Content-Base: ${url.replace(/\/?$/, '/')}`], body);
        break;
      }
      case 'SETUP': {
        const wanted = /interleaved=(\d+)-(\d+)/.exec(header('transport') ?? '');
        channel = Number(wanted?.[1] ?? 0);
        if (!wanted) reply('461 Unsupported Transport');
        else reply('200 OK', [`Transport: RTP/AVP/TCP;unicast;${wanted[0]}`, 'Session: 1;timeout=10']);
        break;
      }
      case 'PLAY':
        reply('200 OK', ['Session: 1', 'Range: npt=now-']);
        playing = true;
        send();
        break;
      case 'GET_PARAMETER':
        reply('200 OK', ['Session: 1']);
        break;
      case 'TEARDOWN':
        reply('200 OK');
        socket.end();
        break;
      default:
        reply('501 Not Implemented');
    }
  };
  socket.on('error', () => {});
  socket.on('close', () => (playing = false));
  socket.on('data', async (chunk: Buffer) => {
    if (stage.fault() === 'silent') return;
    text += chunk.toString('latin1');
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      const request = text.slice(0, end);
      text = text.slice(end + 4);
      if (stage.fault() === 'slow') await stage.clock.sleep(milliseconds(500));
      answer(request);
    }
    if (text.length > 16_384) socket.destroy();
  });

  const rubbish = (size: number) => Uint8Array.from({ length: size }, () => Math.floor(random() * 256));
  const sendPicture = (index: number, corrupt: boolean): void => {
    const { picture, time } = shown(film, index);
    const parts = payloads(picture.units);
    parts.forEach((payload, part) => {
      const marker = part === parts.length - 1;
      const timestamp = base + Math.round(time * 90);
      const packet = interleavedRtp(channel, payload, { sequence: sequence++, timestamp, source, marker });
      if (corrupt) packet.set(rubbish(Math.max(0, packet.length - 40) >> 2), 32);
      socket.write(packet);
      if (corrupt && random() < 0.3) socket.write(rubbish(200));
    });
  };
  const send = (): boolean => {
    const now = stage.time();
    const fault = stage.fault();
    number ??= newestKey(film, now);
    for (; number < stage.pictures && shown(film, number).time <= now; number++) {
      if (fault === 'stall') socket.write(interleavedReport(channel + 1));
      else if (fault === 'junk') socket.write(rubbish(2000));
      else sendPicture(number, fault === 'corrupt');
    }
    if (socket.writableLength > longestBacklog) socket.destroy();
    return number >= stage.pictures;
  };
  return {
    get playing() {
      return playing;
    },
    send,
    close: () => socket.destroy(),
  };
}

/** One connection to the mannered camera: it reads the viewer's requests, answers in its manner, and shows the film. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { type Answer, type Request, readRequest, writeAnswer } from './answer.ts';
import { describeManner, payloadType } from './describe.ts';
import type { CodedFilm } from './film.ts';
import type { Guard } from './guard.ts';
import { heardFrom, type Life, openLife } from './life.ts';
import type { Manner, Said } from './manner.ts';
import { rtpRow, type Sent } from './rtp-row.ts';
import { show } from './showing.ts';

export interface Stage {
  readonly manner: Manner;
  readonly film: CodedFilm;
  readonly nightFilm: CodedFilm | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  /** When the camera was started, on its clock. */
  readonly started: Duration;
  readonly guard: Guard | undefined;
  readonly origin: string;
  /** How often a viewer of this kind has asked this; each call counts one more. */
  readonly asked: (viewer: string, method: string) => number;
  readonly note: (request: Request) => void;
}

const nothing: Said = {};

export function talk(socket: Socket, stage: Stage): void {
  const { manner, film, clock, random, guard, origin } = stage;
  const { session = {} } = manner;
  const gone = new AbortController();
  let rest: Buffer = Buffer.alloc(0);
  let [rtp, rtcp] = session.channels?.said ?? [0, 1];
  let udp: { readonly socket: UdpSocket; readonly port: number } | undefined;
  let life: Life | undefined;
  let busy: Promise<void> = Promise.resolve();
  const quiet = new AbortController();
  socket.on('error', () => {});
  socket.on('close', () => {
    gone.abort();
    udp?.socket.close();
  });

  const put = (bytes: string | Uint8Array): void => {
    if (!socket.destroyed && socket.writable) socket.write(bytes);
  };
  const send = (sent: readonly Sent[]): void => {
    const frames = sent.flatMap((one) => {
      if (one.type === 'raw') return [one.bytes];
      const channel = one.control ? rtcp : (one.channel ?? session.channels?.used ?? rtp);
      if (udp && session.udp?.silent) return [];
      if (udp) {
        udp.socket.send(one.bytes, udp.port + (one.control ? 1 : 0), '127.0.0.1', () => {});
        return [];
      }
      return [Uint8Array.of(0x24, channel, one.bytes.length >> 8, one.bytes.length & 255), one.bytes];
    });
    const bytes = Buffer.concat(frames);
    const size = manner.packets?.chopped ?? bytes.length;
    for (let at = 0; at < bytes.length; at += size) put(bytes.subarray(at, at + size));
  };
  const play = (): void => {
    const row = rtpRow(
      session.udp?.swapEvery ? { ...manner.packets, swapEvery: session.udp.swapEvery } : (manner.packets ?? {}),
      payloadType(manner),
      random,
    );
    void show(
      { manner, film, nightFilm: stage.nightFilm, row, clock, random, started: stage.started, send },
      AbortSignal.any([gone.signal, quiet.signal]),
    );
    life = openLife(
      session,
      clock,
      { put, send, hangUp: () => socket.destroy(), fallSilent: () => quiet.abort() },
      gone.signal,
    );
  };
  const good = (request: Request): Answer => {
    const own = { Session: `7c5a;timeout=${session.timeout ?? 60}` };
    switch (request.method) {
      case 'OPTIONS':
        return {
          status: '200 OK',
          headers: { Public: 'OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY, GET_PARAMETER, SET_PARAMETER' },
        };
      case 'DESCRIBE': {
        const headers = { 'Content-Type': 'application/sdp', 'Content-Base': `${request.url.replace(/\/?$/, '/')}` };
        return { status: '200 OK', headers, body: describeManner(manner, film, origin) };
      }
      case 'SETUP':
        return {
          status: session.udp && !udp ? session.udp.status : '200 OK',
          headers: { Transport: transport(request), ...own },
        };
      default:
        return { status: '200 OK', headers: { Session: '7c5a' } };
    }
  };
  /** Also takes what was agreed. */
  const transport = (request: Request): string => {
    const wanted = request.header('transport') ?? '';
    const ports = /client_port=(\d+)/.exec(wanted)?.[1];
    if (session.udp && ports)
      return `RTP/AVP;unicast;client_port=${ports}-${Number(ports) + 1};server_port=${udp?.socket.address().port}-${(udp?.socket.address().port ?? 0) + 1}`;
    const channels = /interleaved=(\d+)-(\d+)/.exec(wanted);
    if (!session.channels && channels) [rtp, rtcp] = [Number(channels[1]), Number(channels[2])];
    return `RTP/AVP/TCP;unicast;interleaved=${rtp}-${rtcp}`;
  };
  const openUdp = async (request: Request): Promise<void> => {
    const port = Number(/client_port=(\d+)/.exec(request.header('transport') ?? '')?.[1]);
    if (!session.udp || !port || udp) return;
    const opened = createSocket('udp4');
    await new Promise<void>((resolve) => opened.bind(0, '127.0.0.1', resolve));
    opened.on('message', () => heardFrom(life, 'reports'));
    udp = { socket: opened, port };
  };
  const admit = (request: Request): Answer | undefined => {
    if (!guard || (request.method === 'OPTIONS' && !manner.login?.optionsToo)) return undefined;
    const now = clock.steady() / 1000;
    const verdict = guard.judge(request.method, request.header('authorization'), now);
    if (verdict === 'pass') return undefined;
    if (verdict === 'wrong' && manner.login?.wrong) return { status: manner.login.wrong, headers: {} };
    const [first = '', ...others] = guard.challenges(now);
    const more = Object.fromEntries(others.map((text, index) => [`WWW-Authenticate${' '.repeat(index + 1)}`, text]));
    return { status: '401 Unauthorized', headers: { 'WWW-Authenticate': first, ...more } };
  };
  const answer = async (request: Request): Promise<void> => {
    const { method, url } = request;
    stage.note(request);
    heardFrom(life, method);
    const viewer = /Lavf/.test(request.header('user-agent') ?? '') ? 'ffmpeg' : 'unit';
    const times = stage.asked(viewer, method);
    await openUdp(request);
    const refused = admit(request);
    let said = refused ? nothing : (manner.answers?.[method] ?? manner.answers?.['*'] ?? nothing);
    const applies =
      (said.only === undefined || times <= said.only) &&
      (said.where?.test(url) ?? true) &&
      !(said.unless?.test(url) ?? false) &&
      !(said.lacks?.test(request.head) ?? false) &&
      (said.has?.test(request.head) ?? true);
    if (!applies) said = nothing;
    if (method === 'PLAY' && said.showsFirst) play();
    if (said.after) await clock.sleep(milliseconds(said.after * 1000), gone.signal);
    if (gone.signal.aborted || said.silent) return;
    if (said.hangUp === 'instead') return void socket.destroy();
    const busyStill = method === 'SETUP' && session.busyFor !== undefined && times <= session.busyFor;
    const right = refused ?? (busyStill ? { status: '453 Not Enough Bandwidth', headers: {} } : good(request));
    const { head, body } = writeAnswer(request, right, said, {
      url,
      origin,
      host: origin.slice('rtsp://'.length),
      other: `${origin}/moved`,
    });
    if (said.halves && body) {
      put(head);
      await clock.sleep(milliseconds(said.halves * 1000), gone.signal);
      put(body);
    } else put(`${head}${body}`);
    if (said.twice) put(`${head}${body}`);
    if ((refused && manner.login?.closes) || said.hangUp === 'behind' || method === 'TEARDOWN') socket.end();
    const status = said.status ?? right.status;
    if (method === 'PLAY' && !said.showsFirst && /^2/.test(status)) play();
  };
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length > 4) {
      const size = rest[0] === 0x24 ? 4 + rest.readUInt16BE(2) : rest.indexOf('\r\n\r\n') + 4;
      if (size < 4 || rest.length < size) return;
      const one = rest.subarray(0, size);
      rest = rest.subarray(size);
      if (one[0] === 0x24) heardFrom(life, 'reports');
      else if (one.toString('latin1').startsWith('RTSP/')) heardFrom(life, 'answer');
      else {
        const request = readRequest(one.toString('utf8').trimEnd());
        busy = busy.then(() => answer(request));
      }
    }
  });
}

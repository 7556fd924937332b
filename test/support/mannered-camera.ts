/** A camera of a few lines whose manners a test writes itself: each answer can be said otherwise, and what the unit sent can be read. */
import { createServer, type Server, type Socket } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  /** Number of the connection, from 1. */
  readonly connection: number;
}

/** The bytes of an answer; undefined: none. It may do to the socket what it likes. */
export type Manner = (asked: Asked, socket: Socket) => string | undefined;

export interface Manners {
  readonly [method: string]: Manner;
}

export interface ManneredCamera extends Disposable {
  readonly port: number;
  readonly url: string;
  /** Requests of the unit. */
  readonly asked: readonly Asked[];
  /** Its answers to the camera's own requests. */
  readonly answered: readonly string[];
  /** Its interleaved packets: channel and payload. */
  readonly packets: readonly (readonly [number, Buffer])[];
  /** Sends to all connections. */
  say(bytes: string | Uint8Array): void;
}

export const sdp = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=x',
  't=0 0',
  'm=video 0 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  'a=control:track1',
  '',
].join('\r\n');

/** An answer as it should be. */
export function answer(asked: Asked, status = '200 OK', headers: readonly string[] = [], body = ''): string {
  const size = body === '' ? [] : ['Content-Type: application/sdp', `Content-Length: ${Buffer.byteLength(body)}`];
  return [`RTSP/1.0 ${status}`, `CSeq: ${asked.headers.get('cseq')}`, ...headers, ...size, '', body].join('\r\n');
}

const good: Manners = {
  OPTIONS: (asked) => answer(asked, '200 OK', ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER']),
  DESCRIBE: (asked) => answer(asked, '200 OK', [], sdp),
  SETUP: (asked) => answer(asked, '200 OK', [`Transport: ${asked.headers.get('transport')}`, 'Session: 7;timeout=60']),
  PLAY: (asked, socket) => {
    play(socket);
    return answer(asked);
  },
};

/** Parameter sets as x264 writes them, 320x240. */
const sets = ['Z0LAHtkAoD2hAAADAAEAAAMAFA8WLkg=', 'aMuDyyA='].map((text) => Buffer.from(text, 'base64'));

/** RTP packets of one key picture after the other: each begins as an IDR picture does, and nobody could decode the rest. */
export function keyPicture(turn: number, payloadType = 96): readonly Buffer[] {
  // First macroblock 0, an I slice, PPS 0, picture number 0, another IDR picture each time (ITU-T H.264 §7.3.3).
  const slice = Buffer.concat([Buffer.from([0x65, 0x88, turn % 2 === 0 ? 0x84 : 0x82]), Buffer.alloc(200, 0x55)]);
  const units = [...sets, slice];
  return units.map((unit, index) => {
    const head = Buffer.alloc(12);
    head.writeUInt8(0x80, 0);
    head.writeUInt8(payloadType | (index === 2 ? 128 : 0), 1);
    head.writeUInt16BE((turn * 3 + index) & 0xffff, 2);
    head.writeUInt32BE(turn * 3600, 4);
    head.writeUInt32BE(77, 8);
    return Buffer.concat([head, unit]);
  });
}

export const interleaved = (channel: number, payload: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0x24, channel, payload.length >> 8, payload.length & 255]), payload]);

/** Pictures until the socket closes. @param every milliseconds between two */
export function play(socket: Socket, channel = 0, every = 40): void {
  let turn = 0;
  const timer = setInterval(() => {
    for (const packet of keyPicture(turn)) socket.write(interleaved(channel, packet));
    turn++;
  }, every);
  socket.once('close', () => clearInterval(timer));
}

/** @param manners instead of the good ones. @param open what takes calls: a TLS server, say */
export async function startManneredCamera(
  manners: Manners = {},
  open: (take: (socket: Socket) => void) => Server = (take) => createServer({ noDelay: true }, take),
): Promise<ManneredCamera> {
  const [asked, answered, packets]: [Asked[], string[], (readonly [number, Buffer])[]] = [[], [], []];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = open((socket) => {
    const connection = ++connections;
    let rest = Buffer.alloc(0);
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk as Buffer]);
      while (rest.length > 4) {
        const size = rest[0] === 0x24 ? 4 + rest.readUInt16BE(2) : rest.indexOf('\r\n\r\n') + 4;
        if (size < 4 || rest.length < size) return;
        const one = rest.subarray(0, size);
        rest = rest.subarray(size);
        if (one[0] === 0x24) packets.push([one[1] as number, one.subarray(4)]);
        else if (one.toString().startsWith('RTSP/')) answered.push(one.toString());
        else hear(one.toString(), connection, socket);
      }
    });
  });
  const hear = (text: string, connection: number, socket: Socket): void => {
    const [line = '', ...lines] = text.trim().split('\r\n');
    const [method = '', url = ''] = line.split(' ');
    const headers = new Map(
      lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 1).trim()]),
    );
    const one: Asked = { method, url, headers, connection };
    asked.push(one);
    const manner = manners[method] ?? good[method] ?? ((given: Asked) => answer(given));
    const said = manner(one, socket);
    if (said !== undefined && !socket.destroyed) socket.write(said);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    port,
    url: `rtsp://127.0.0.1:${port}/live`,
    asked,
    answered,
    packets,
    say: (bytes) => sockets.forEach((socket) => void socket.write(bytes)),
    [Symbol.dispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

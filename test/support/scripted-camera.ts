/** A camera whose pictures a test sends one by one, to one viewer at a time: RTSP and RTP are real, what it sends is the test's. */
import { createServer, type Socket } from 'node:net';
import type { Film } from '../stand-ins/test-camera/recording.ts';
import { describeFilm, interleavedRtp, payloads } from '../stand-ins/test-camera/rtp-writer.ts';

export interface Viewing {
  /** Sends the film's picture with this number. @param seconds its time on the camera's count */
  send(number: number, seconds: number): void;
  hangUp(): void;
  readonly gone: boolean;
}

export interface ScriptedCamera extends AsyncDisposable {
  readonly url: string;
  readonly calls: number;
}

/** @param play called at each PLAY */
export async function startScriptedCamera(film: Film, play: (viewing: Viewing) => void): Promise<ScriptedCamera> {
  let calls = 0;
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    calls++;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    let [text, sequence] = ['', 0];
    const viewing: Viewing = {
      get gone() {
        return socket.destroyed;
      },
      hangUp: () => socket.destroy(),
      send(number, seconds) {
        const { units } = film.pictures[number % film.pictures.length]!;
        payloads(units).forEach((payload, index, all) => {
          const marker = index === all.length - 1;
          const timestamp = 4_294_000_000 + Math.round(seconds * 90_000);
          if (!socket.destroyed)
            socket.write(interleavedRtp(0, payload, { sequence: sequence++, timestamp, source: 7, marker }));
        });
      },
    };
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const request = text.slice(0, end);
        text = text.slice(end + 4);
        const number = /CSeq: (\d+)/i.exec(request)?.[1];
        const method = request.split(' ')[0] ?? '';
        const body = method === 'DESCRIBE' ? describeFilm(film.sps, film.pps) : '';
        const more = method === 'SETUP' ? ['Transport: RTP/AVP/TCP;unicast;interleaved=0-1'] : [];
        const length = body ? [`Content-Length: ${body.length}`] : [];
        socket.write(['RTSP/1.0 200 OK', `CSeq: ${number}`, 'Session: 1', ...more, ...length, '', body].join('\r\n'));
        if (method === 'PLAY') play(viewing);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `rtsp://127.0.0.1:${(server.address() as { port: number }).port}/x`,
    get calls() {
      return calls;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

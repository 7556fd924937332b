/** A telephone gateway at the other end of the fallback: it answers, refuses, hangs, or is dead, as it is told. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type GatewayManner = 'answers' | 'refuses' | 'hangs';

export interface HeardCall {
  readonly body: string;
  readonly call: string;
  readonly time: string;
  readonly signature: string;
}

export interface Gateway extends AsyncDisposable {
  readonly url: string;
  manner: GatewayManner;
  /** Every attempt that has come, in order. */
  readonly heard: HeardCall[];
  /** Nothing listens any more. */
  die(): Promise<void>;
  /** At the same address. */
  rise(): Promise<void>;
}

export async function openGateway(): Promise<Gateway> {
  const heard: HeardCall[] = [];
  const state: { manner: GatewayManner } = { manner: 'answers' };
  let server: Server | undefined;
  let port = 0;
  async function rise(): Promise<void> {
    const one = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (piece: string) => {
        body += piece;
      });
      request.on('end', () => {
        const head = (name: string) => String(request.headers[name] ?? '');
        const [call, time] = [head('nattfrid-call'), head('nattfrid-time')];
        heard.push({ body, call, time, signature: head('nattfrid-signature') });
        if (state.manner !== 'hangs') response.writeHead(state.manner === 'answers' ? 202 : 503).end();
      });
    });
    await new Promise<void>((resolve) => one.listen(port, '127.0.0.1', resolve));
    port = (one.address() as AddressInfo).port;
    server = one;
  }
  async function die(): Promise<void> {
    const one = server;
    server = undefined;
    one?.closeAllConnections();
    await new Promise<void>((resolve) => (one ? one.close(() => resolve()) : resolve()));
  }
  await rise();
  return {
    url: `http://127.0.0.1:${port}/call`,
    get manner() {
      return state.manner;
    },
    set manner(next) {
      state.manner = next;
    },
    heard,
    die,
    rise,
    [Symbol.asyncDispose]: die,
  };
}

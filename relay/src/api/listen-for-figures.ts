/** The figures on a listener of their own, for whoever runs the machine: no proxy in front of the relay leads to it. */
import { createServer } from 'node:http';
import { listenOn } from '../socket/listen-on.ts';

export interface FiguresListener extends AsyncDisposable {
  readonly port: number;
}

/** @throws Fault `config-invalid` where nothing can listen there */
export async function listenForFigures(
  host: string,
  port: number,
  print: () => Promise<{ readonly type: string; readonly text: string }>,
): Promise<FiguresListener> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    print().then(
      ({ type, text }) => response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  return {
    port: await listenOn(server, host, port, 'figures'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Where units hand their labels over: one address, one path, short letters. */
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { benchPath, longestBenchLetter } from '@nattfrid/shared/wire/bench';
import type { Taken } from './take-letter.ts';

export interface Door extends AsyncDisposable {
  /** As units reach it. */
  readonly url: string;
}

/**
 * One letter after the other.
 * @param port 0: any
 * @throws Error where nothing can listen there
 */
export async function openDoor(
  place: { readonly address: string; readonly port: number },
  take: (text: string, from: string) => Promise<Taken>,
): Promise<Door> {
  let last: Promise<unknown> = Promise.resolve();
  const server = createServer({ requestTimeout: 20_000, headersTimeout: 10_000 }, (request, response) => {
    const say = (status: number, body: object) => {
      const words = JSON.stringify(body);
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(words);
    };
    if (request.method !== 'POST' || request.url !== benchPath)
      return say(404, { words: 'Here units hand their labels over, and nothing else is here.' });
    const from = request.socket.remoteAddress ?? 'unknown';
    bodyOf(request).then(
      (text) => {
        if (text === undefined) return say(413, { words: 'No label is as long as that.' });
        last = last.then(async () => {
          try {
            const taken = await take(text, from);
            if (taken.type === 'refused') say(taken.status, { words: taken.words });
            else say(200, { receipt: taken.receipt });
          } catch {
            say(500, { words: 'The bench cannot keep the label.' });
          }
        });
      },
      () => response.destroy(),
    );
  });
  server.maxConnections = 200;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new Error(`nothing can listen on ${place.address}:${place.port}: ${cause.message}`, { cause })),
    );
    server.listen(place.port, place.address, resolve);
  });
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${isIPv6(address) ? `[${address}]` : address}:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      // Receipts on their way arrive.
      await last;
      server.closeIdleConnections();
      await closed;
    },
  };
}

/** @returns undefined where it is too long; the rest is read and thrown away, so that the answer is heard */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > 64 * longestBenchLetter) return undefined;
    if (size <= longestBenchLetter) pieces.push(piece);
  }
  return size > longestBenchLetter ? undefined : Buffer.concat(pieces).toString('utf8');
}

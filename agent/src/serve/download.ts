/** Fetches a file from the relay over the unit's own way in: with its certificate, or with its token where it was set up by hand. */
import { request as askPlain } from 'node:http';
import { request as askSecure } from 'node:https';
import { Fault } from '@nattfrid/shared/fault/fault';
import { seconds } from '@nattfrid/shared/time/duration';
import { certificateFault } from '../trust/certificate-fault.ts';
import { type Certified, tlsOf } from '../trust/certified.ts';

/** @returns its bytes, part by part @throws Fault `link-lost` where the relay does not give it */
export type Download = (path: string, signal: AbortSignal) => AsyncIterable<Uint8Array>;

/** So long without a byte, and it is tried again another time. */
const quiet = seconds(60);

export function downloadFrom(
  relay: string,
  shown: {
    readonly unit: string;
    readonly token: string | undefined;
    readonly certified: (() => Certified) | undefined;
  },
): Download {
  return async function* (path, signal) {
    const url = new URL(path, `${relay}/`);
    // What the relay names is a path of its own, never another place.
    if (url.origin !== new URL(relay).origin)
      throw new Fault('link-refused', 'An update is fetched from the relay alone.');
    const { client = {}, ca } = tlsOf(shown.certified) as { client?: object; ca?: string };
    const authorization = shown.token === undefined ? {} : { authorization: `Bearer ${shown.unit}:${shown.token}` };
    const ask = url.protocol === 'https:' ? askSecure : askPlain;
    const asked = ask(url, {
      ...{ method: 'GET', headers: authorization, signal, agent: false, timeout: quiet },
      ...{ ...client, ...(ca !== undefined && { ca }) },
    });
    const answer = Promise.withResolvers<AsyncIterable<Uint8Array>>();
    asked.on('timeout', () => asked.destroy(new Error('no byte for a minute')));
    asked.on('error', (cause) =>
      answer.reject(
        certificateFault(relay, cause) ?? new Fault('link-lost', `No relay answers at ${relay}.`, { cause }),
      ),
    );
    asked.on('response', (response) => {
      if (response.statusCode === 200) return answer.resolve(response);
      response.resume();
      answer.reject(new Fault('link-lost', `The relay does not give the file: it answers ${response.statusCode}.`));
    });
    asked.end();
    yield* await answer.promise;
  };
}

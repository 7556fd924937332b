/** Fetches a file from the relay over the unit's own way in. */
import { Fault } from '@nattfrid/shared/fault/fault';

/** @returns its bytes, part by part @throws Fault `link-lost` where the relay does not give it */
export type Download = (path: string, signal: AbortSignal) => AsyncIterable<Uint8Array>;

/** @param authorization as the sockets of the unit show it */
export function downloadFrom(relay: string, authorization: string): Download {
  return async function* (path, signal) {
    // Of this relay alone: what it names is a path, never another place.
    const url = new URL(path, `${relay}/`);
    if (url.origin !== new URL(relay).origin)
      throw new Fault('link-refused', 'An update is fetched from the relay alone.');
    const response = await fetch(url, { headers: { authorization }, signal, redirect: 'error' });
    if (!response.ok || !response.body)
      throw new Fault('link-lost', `The relay does not give the file: it answers ${response.status}.`);
    yield* response.body;
  };
}

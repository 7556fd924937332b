/** Gives a unit the file of a release: over its own listener, to one that has shown who it is. */
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type Releases, releasePath } from './releases.ts';

/** @returns whether it has answered */
export function giveRelease(releases: Releases) {
  return async (_unit: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (request.method !== 'GET') return false;
    const release = (await releases.all()).find(({ version }) => releasePath(version) === request.url);
    if (!release) return false;
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': release.bytes });
    // A unit that goes away meanwhile asks again.
    await pipeline(createReadStream(release.file), response).catch(() => response.destroy());
    return true;
  };
}

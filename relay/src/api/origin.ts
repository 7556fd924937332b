/** Pure. Does a request come from our own page? Others may neither act nor listen with somebody's session. */
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Browsers always say where a POST or a WebSocket comes from; programs that are no browsers say nothing, and have nobody's
 * cookies but their own.
 * @param publicOrigin as browsers see us, where that is not the Host header
 */
export function isOurOwn(headers: IncomingHttpHeaders, publicOrigin: string | undefined): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (origin === undefined) return true;
  if (publicOrigin !== undefined) return origin === new URL(publicOrigin).origin;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Pure. URL and credentials of the relay's picture socket for a unit. */

import type { UnitId } from '@nattfrid/shared/domain/ids';
import { sockets } from '@nattfrid/shared/wire/sockets';

/** @param token none: it shows its certificate @param query with its «?»; without it the connection is a standby */
export function unitPlace(relayUrl: string, unit: UnitId, token: string | undefined, query = '') {
  const url = new URL(`${sockets.unit}${query}`, relayUrl);
  url.protocol = url.protocol.replace('http', 'ws');
  return { url: url.href, headers: token === undefined ? {} : { authorization: `Bearer ${unit}:${token}` } };
}

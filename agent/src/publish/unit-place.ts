/** Pure. URL and credentials of the relay's picture socket for a unit. */

import type { UnitId } from '@nattfrid/shared/domain/ids';
import { sockets } from '@nattfrid/shared/wire/sockets';

/** @param query with its «?»; without it the connection is a standby */
export function unitPlace(relayUrl: string, unit: UnitId, token: string, query = '') {
  const url = new URL(`${sockets.unit}${query}`, relayUrl);
  url.protocol = url.protocol.replace('http', 'ws');
  return { url: url.href, headers: { authorization: `Bearer ${unit}:${token}` } };
}
